from analyzers.strategy.decision_age import decision_age
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.tree import Documents
from tests.builders_checks_a import across, activity, ago, document, documents, measured


def records(*ages: int | None) -> Documents:
    return documents(
        *(document("a.md", "decision-record", last_changed_at=None if a is None else ago(a)) for a in ages)
    )


def test_the_newest_record_of_the_estate_counts() -> None:
    texts = across(a=records(500, 200), b=records(300, None))
    assert measured(decision_age(texts, across(a=activity()))).value == 200


def test_none_and_dormant_do_not_apply_and_undated_is_unknown() -> None:
    assert isinstance(decision_age(across(a=records()), across(a=activity())), NotApplicable)
    assert isinstance(decision_age(across(a=records(9)), across(a=activity(commits_365_days=0))), NotApplicable)
    assert isinstance(decision_age(across(a=records(None)), across(a=activity())), Unknown)
