from analyzers.security.two_factor import two_factor
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Severity
from scanner.facts.forge import Organisation
from tests.builders_checks_b import measured, plain


def test_the_switch() -> None:
    assert measured(two_factor(plain(Organisation, two_factor_required=True))).value == 100
    off = measured(two_factor(plain(Organisation, two_factor_required=False)))
    assert off.value == 0
    assert [p.severity for p in off.places] == [Severity.HIGH]


def test_an_unseen_switch_is_not_off() -> None:
    assert isinstance(two_factor(plain(Organisation)), Unknown)
