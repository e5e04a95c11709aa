from datetime import date

from analyzers.risk.waivers_in_date import waivers_in_date
from scanner.core.outcomes import Measured, NotApplicable
from scanner.facts.engagement import Waiver
from tests.builders_checks_c import MOMENT, engagement


def waiver(fingerprint: str, expires: date) -> Waiver:
    return Waiver(fingerprint, "accepted", "cto", expires)


def test_a_waiver_holds_through_its_last_day() -> None:
    waivers = (
        waiver("f1", date(2026, 6, 30)),
        waiver("f2", date(2026, 6, 29)),
        waiver("f3", date(2027, 1, 1)),
        waiver("f4", date(2026, 7, 1)),
    )
    outcome = waivers_in_date(engagement(waivers=waivers), MOMENT)
    assert isinstance(outcome, Measured)
    assert outcome.value == 75
    assert [p.anchor for p in outcome.places] == ["f2"]


def test_no_waiver_is_no_merit() -> None:
    assert isinstance(waivers_in_date(engagement(), MOMENT), NotApplicable)
