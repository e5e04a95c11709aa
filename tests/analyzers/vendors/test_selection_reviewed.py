from analyzers.vendors.selection_reviewed import selection_reviewed
from scanner.core.evidence import Unknown
from scanner.facts.engagement import Answer, Answers
from tests.builders_checks_b import measured


def test_it_reads_its_own_answer() -> None:
    assert measured(selection_reviewed(Answers((Answer("VEN-003", 1), Answer("VEN-004", 0.25))))).value == 25
    assert isinstance(selection_reviewed(Answers((Answer("VEN-003", 1),))), Unknown)
