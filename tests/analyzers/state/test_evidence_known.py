from analyzers.state.evidence_known import evidence_known
from scanner.core.evidence import Unknown
from scanner.facts.engagement import ScanLedger
from tests.builders_checks_a import measured


def test_what_nobody_asked_for_is_left_out() -> None:
    assert measured(evidence_known(ScanLedger(2, 2, 2, 60, 20, 500))).value == 75


def test_nothing_asked_is_unknown() -> None:
    assert isinstance(evidence_known(ScanLedger(2, 2, 2, 0, 0, 500)), Unknown)
