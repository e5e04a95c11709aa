from analyzers.security.penetration_test import penetration_test
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.engagement import Answer, Answers
from tests.builders_checks_b import measured


def test_it_reads_its_own_answer() -> None:
    assert measured(penetration_test(Answers((Answer("SEC-027", 0), Answer("SEC-028", 1))))).value == 100
    assert isinstance(penetration_test(Answers((Answer("SEC-028", None),))), Unknown)
    assert isinstance(penetration_test(Answers((Answer("SEC-028", None, applies=False),))), NotApplicable)
