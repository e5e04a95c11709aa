from datetime import date

from analyzers.vendors.renewals_known import renewals_known
from scanner.core.evidence import Unknown
from scanner.facts.engagement import Engagement, Moment, Vendor
from tests.builders import AS_OF
from tests.builders_checks_b import measured


def test_a_past_renewal_is_not_the_next_one() -> None:
    dates = (date(2026, 6, 30), date(2026, 6, 29), None, date(2027, 1, 1))
    vendors = tuple(Vendor(f"v{i}", renewal=d) for i, d in enumerate(dates))
    outcome = measured(renewals_known(Engagement("Acme", vendors=vendors), Moment(AS_OF)))
    assert outcome.value == 50
    assert outcome.because.endswith("1 dates are past")


def test_nothing_declared_is_unanswered() -> None:
    assert isinstance(renewals_known(Engagement("Acme"), Moment(AS_OF)), Unknown)
