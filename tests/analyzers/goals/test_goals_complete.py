from datetime import date

from analyzers.goals.goals_complete import goals_complete
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Basis
from scanner.facts.engagement import Engagement, Goal
from tests.builders_checks_a import measured


def test_a_goal_counts_only_with_all_three_parts() -> None:
    goals = (
        Goal("a", "grow", "users", "1000", date(2026, 12, 31)),
        Goal("b", "grow", "users", "1000"),
        Goal("c", "grow", "users", "", date(2026, 12, 31)),
        Goal("d", "grow"),
    )
    outcome = measured(goals_complete(Engagement("acme", goals=goals)))
    assert (outcome.value, outcome.sample, outcome.basis) == (25, 4, Basis.DECLARED)


def test_no_goals_told_is_not_zero() -> None:
    assert isinstance(goals_complete(Engagement("acme")), Unknown)
