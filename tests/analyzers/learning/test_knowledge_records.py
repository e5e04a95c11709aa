from analyzers.learning.knowledge_records import knowledge_records
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import document, documents, measured, size


def test_kinds_are_counted_once() -> None:
    papers = documents(
        document("decision-record", path="adr/1.md"), document("decision-record", path="adr/2.md"),
        document("runbook"), document("readme"),
    )  # fmt: skip
    assert measured(knowledge_records(papers, size(1000))) == 2
    assert measured(knowledge_records(documents(), size(1000))) == 0


def test_small_code_needs_no_records() -> None:
    assert isinstance(knowledge_records(documents(document("runbook")), size(999)), NotApplicable)
