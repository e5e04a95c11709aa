from analyzers.budget.cost_figures import cost_figures
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Basis
from scanner.facts.engagement import Engagement, Money
from tests.builders_checks_a import measured


def test_a_declared_zero_is_an_answer() -> None:
    money = Money(cloud_per_month=0, day_rate=800, revenue_per_year=1e6)
    outcome = measured(cost_figures(Engagement("acme", money=money)))
    assert (outcome.value, outcome.basis) == (2, Basis.DECLARED)


def test_nothing_told_is_unknown_not_zero() -> None:
    assert isinstance(cost_figures(Engagement("acme", money=Money(revenue_per_year=1e6))), Unknown)
