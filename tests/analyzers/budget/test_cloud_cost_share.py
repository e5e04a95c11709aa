import pytest

from analyzers.budget.cloud_cost_share import cloud_cost_share
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.engagement import Engagement, Money
from tests.builders_checks_a import measured


def engagement(cloud: float | None, revenue: float | None) -> Engagement:
    return Engagement("acme", money=Money(cloud_per_month=cloud, revenue_per_year=revenue))


def test_twelve_months_of_cloud_against_a_year_of_revenue() -> None:
    assert measured(cloud_cost_share(engagement(10_000, 1_200_000))).value == 10
    assert measured(cloud_cost_share(engagement(0, 1_200_000))).value == 0


@pytest.mark.parametrize(("cloud", "revenue"), [(None, 1e6), (10.0, None), (None, None)])
def test_what_was_not_told_is_unknown(cloud: float | None, revenue: float | None) -> None:
    assert isinstance(cloud_cost_share(engagement(cloud, revenue)), Unknown)


def test_before_the_first_revenue_there_is_no_share() -> None:
    assert isinstance(cloud_cost_share(engagement(10_000, 0)), NotApplicable)
