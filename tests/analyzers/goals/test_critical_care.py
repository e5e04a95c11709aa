import pytest

from analyzers.goals.critical_care import critical_care
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.engagement import Engagement, System
from tests.builders_checks_a import across, activity, measured, named


def test_owner_and_life_are_both_needed() -> None:
    systems = (
        System("shop", ("shop",), 1, owner="team a"),
        System("pay", ("pay",), 1),
        System("book", ("book",), 2, owner="team b"),
        System("toy", ("toy",), 3),
        System("far", ("far",), 1),
    )
    asleep = activity(commits_365_days=0)
    facts = across(shop=activity(), pay=activity(), book=asleep, toy=asleep)
    outcome = measured(critical_care(Engagement("acme", systems=systems), facts))
    assert outcome.value == pytest.approx(100 / 3)
    assert [(p.anchor, p.subject) for p in outcome.places] == [("pay", named("pay")), ("book", named("book"))]


def test_undeclared_is_unknown_and_uncritical_does_not_apply() -> None:
    facts = across(toy=activity())
    assert isinstance(critical_care(Engagement("acme"), facts), Unknown)
    assert isinstance(critical_care(Engagement("acme", systems=(System("toy", ("toy",)),)), facts), NotApplicable)
    assert isinstance(critical_care(Engagement("acme", systems=(System("far", ("far",), 1),)), facts), Unknown)
