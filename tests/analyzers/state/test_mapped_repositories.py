from analyzers.state.mapped_repositories import mapped_repositories
from scanner.core.evidence import Across, Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.engagement import Engagement, System
from tests.builders_checks_a import across, measured, named, profile

ENGAGEMENT = Engagement("acme", systems=(System("shop", ("shop-*", "acme/pay", "repo:acme/full")),))


def test_names_patterns_and_keys_all_map() -> None:
    facts = across(pay=profile(), full=profile(), loose=profile(), empty=profile(head=""))
    facts = Across(dict(facts.known) | {named("shop-api"): profile()})
    outcome = measured(mapped_repositories(ENGAGEMENT, facts))
    assert (outcome.value, outcome.sample) == (75, 4)
    assert [p.subject for p in outcome.places] == [named("loose")]


def test_no_systems_told_is_unknown_and_empty_does_not_apply() -> None:
    assert isinstance(mapped_repositories(Engagement("acme"), across(a=profile())), Unknown)
    assert isinstance(mapped_repositories(ENGAGEMENT, across(a=profile(head=""))), NotApplicable)
