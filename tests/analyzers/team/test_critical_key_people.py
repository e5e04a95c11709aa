from analyzers.team.critical_key_people import critical_key_people
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.engagement import Engagement, System
from tests.builders_checks_a import across, contributors, measured, named, person

SYSTEMS = (
    System("shop", ("shop*",), 1),
    System("pay", ("pay",), 2),
    System("toy", ("toy",), 3),
    System("far", ("far",), 1),
)


def test_people_are_summed_over_the_repositories_of_a_system() -> None:
    alone = contributors(person("ann", 20))
    facts = across(shopa=alone, shopb=contributors(person("bob", 20)), pay=alone, toy=alone)
    outcome = measured(critical_key_people(Engagement("acme", systems=SYSTEMS), facts))
    assert (outcome.value, outcome.sample) == (50, 2)
    assert [(p.anchor, p.subject, p.severity) for p in outcome.places] == [("pay", named("pay"), Severity.HIGH)]


def test_little_work_does_not_apply_but_unread_is_unknown() -> None:
    quiet = contributors(person("ann", 19))
    engagement = Engagement("acme", systems=SYSTEMS)
    assert isinstance(critical_key_people(engagement, across(pay=quiet)), NotApplicable)
    unread = Across({named("pay"): quiet}, {named("shop"): Unknown(Why.FORBIDDEN, "x")})
    assert isinstance(critical_key_people(engagement, unread), Unknown)
    assert isinstance(critical_key_people(Engagement("acme"), across(pay=quiet)), Unknown)
