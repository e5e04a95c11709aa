from analyzers.goals.effort_focus import effort_focus
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.engagement import Engagement, System
from tests.builders_checks_a import across, activity, measured

ENGAGEMENT = Engagement("acme", systems=(System("shop", ("shop",), 2), System("toy", ("toy",), 4)))


def test_share_of_commits_on_critical_systems() -> None:
    facts = across(
        shop=activity(commits_90_days=30), toy=activity(commits_90_days=10), other=activity(commits_90_days=20)
    )
    assert measured(effort_focus(ENGAGEMENT, facts)).value == 50


def test_nothing_to_tell_apart() -> None:
    assert isinstance(effort_focus(ENGAGEMENT, across(shop=activity())), NotApplicable)
    assert isinstance(effort_focus(ENGAGEMENT, across(toy=activity())), NotApplicable)
    quiet = activity(commits_90_days=0)
    assert isinstance(effort_focus(ENGAGEMENT, across(shop=quiet, toy=quiet)), NotApplicable)
    assert isinstance(effort_focus(Engagement("acme"), across(shop=quiet, toy=quiet)), Unknown)
