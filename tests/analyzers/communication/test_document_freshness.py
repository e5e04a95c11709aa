from analyzers.communication.document_freshness import document_freshness
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import activity, ago, document, documents, measured


def test_only_guiding_documents_of_known_age_count() -> None:
    texts = documents(
        document("README.md", "readme", last_changed_at=ago(365)),
        document("ops/runbook.md", "runbook", last_changed_at=ago(366)),
        document("API.md", "api", last_changed_at=None),
        document("adr/1.md", "decision-record", last_changed_at=ago(900)),
    )
    outcome = measured(document_freshness(texts, activity()))
    assert (outcome.value, outcome.sample) == (50, 2)
    assert [p.path for p in outcome.places] == ["ops/runbook.md"]


def test_finished_code_needs_no_fresh_documents() -> None:
    texts = documents(document("README.md", "readme", last_changed_at=None))
    assert isinstance(document_freshness(texts, activity(commits_365_days=19)), NotApplicable)
    assert isinstance(document_freshness(texts, activity(commits_365_days=20)), Unknown)
    assert isinstance(document_freshness(documents(), activity()), NotApplicable)
    assert isinstance(document_freshness(texts, activity()), Unknown)


def test_a_readme_of_one_part_does_not_count() -> None:
    texts = documents(
        document("README.md", "readme"), document("examples/README.md", "readme", last_changed_at=ago(900))
    )
    assert measured(document_freshness(texts, activity())).value == 100
