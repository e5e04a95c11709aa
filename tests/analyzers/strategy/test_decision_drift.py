from analyzers.strategy.decision_drift import decision_drift
from scanner.core.outcomes import NotApplicable
from scanner.facts.tree import Document
from tests.builders_checks_a import document, documents, measured


def record(path: str, checked: int, *missing: str) -> Document:
    return document(path, "decision-record", links_checked=checked, links_missing=missing)


def test_records_without_references_are_left_out() -> None:
    texts = documents(
        record("1.md", 4, "src/a.py"),
        record("2.md", 2),
        record("3.md", 3, "x", "y"),
        record("4.md", 1),
        record("5.md", 0),
        document("README.md", "readme", links_checked=5, links_missing=("z",)),
    )
    outcome = measured(decision_drift(texts))
    assert (outcome.value, outcome.sample) == (50, 4)
    assert [p.path for p in outcome.places] == ["3.md", "1.md"]


def test_nothing_checked() -> None:
    assert isinstance(decision_drift(documents(record("5.md", 0))), NotApplicable)
