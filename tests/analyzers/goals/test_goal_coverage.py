from analyzers.goals.goal_coverage import goal_coverage
from scanner.core.evidence import Across, Unknown, Why
from scanner.facts.engagement import Engagement, Goal
from tests.builders_checks_a import activity, measured, named

QUIET = activity(commits_90_days=0)


def test_goals_by_pattern_name_and_without_link() -> None:
    goals = (
        Goal("a", "served", repos=("shop-*",)),
        Goal("b", "idle", repos=("acme/old",)),
        Goal("c", "linked to nothing"),
        Goal("d", "only a label: cannot be told", labels=("growth",)),
        Goal("f", "idle too", repos=("old", "elsewhere")),
        Goal("e", "outside the scan: cannot be told", repos=("elsewhere",)),
    )
    facts = Across({named("shop-api"): activity(), named("old"): QUIET})
    outcome = measured(goal_coverage(Engagement("acme", goals=goals), facts))
    assert outcome.sample == 4
    assert outcome.value == 25


def test_an_unread_repository_leaves_its_goal_open() -> None:
    facts = Across({named("old"): QUIET}, {named("new"): Unknown(Why.FORBIDDEN, "x")})
    goals = (Goal("a", "who knows", repos=("old", "new")),)
    assert isinstance(goal_coverage(Engagement("acme", goals=goals), facts), Unknown)
    assert isinstance(goal_coverage(Engagement("acme"), facts), Unknown)
