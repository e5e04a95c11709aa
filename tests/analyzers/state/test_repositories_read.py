from analyzers.state.repositories_read import repositories_read
from scanner.core.evidence import Unknown
from scanner.facts.engagement import ScanLedger
from tests.builders_checks_a import measured


def test_share_of_those_found() -> None:
    assert measured(repositories_read(ScanLedger(8, 6, 5, 100, 20, 3))).value == 75


def test_nothing_found_is_unknown() -> None:
    assert isinstance(repositories_read(ScanLedger(0, 0, 0, 0, 0, 0)), Unknown)
