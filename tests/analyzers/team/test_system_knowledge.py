from analyzers.team.system_knowledge import system_knowledge
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.engagement import Engagement, System
from scanner.facts.knowledge import Knowledge
from tests.builders_checks_a import across, contributors, measured, named, person, tree
from tests.builders_people import knowledge, knows

TEAM = across(
    a=contributors(person("ann", 9, 1), person("bob", 9, 1)), shopa=contributors(person("ann", 3), person("bob", 1))
)
SYSTEMS = Engagement(
    "acme", systems=(System("shop", ("shop*",), 1), System("pay", ("pay",), 3), System("toy", ("toy",)))
)


def files(alone: int, both: int) -> Knowledge:
    return knowledge(
        *(knows(f"{n}.py", "ann") for n in range(alone)),
        *(knows(f"{n}.py", "ann", "bob") for n in range(10, 10 + both)),
    )


TREE = tree(*(f"{n}.py" for n in range(30)))


def test_half_in_one_head_is_too_much() -> None:
    known = across(shopa=files(4, 2), shopb=files(1, 3), pay=files(4, 6), toy=files(9, 0))
    trees = across(shopa=TREE, shopb=TREE, pay=TREE, toy=TREE)
    outcome = measured(system_knowledge(SYSTEMS, known, TEAM, trees))
    assert (outcome.value, outcome.sample) == (50, 2)  # the toy has nine files only
    assert [(p.anchor, p.subject, p.severity) for p in outcome.places] == [("shop", named("shopa"), Severity.HIGH)]
    assert outcome.places[0].message == (
        "5 of 10 files in work of system shop are known to one present person only, P1 "
        "(contributor absence factor 1, largest share 75 %, people 0 in 90 and 2 in 365 days)"
    )


def test_unread_is_unknown_and_quiet_does_not_apply() -> None:
    assert isinstance(system_knowledge(Engagement("acme"), across(), TEAM, across()), Unknown)
    quiet = across(pay=files(1, 1))
    assert isinstance(system_knowledge(SYSTEMS, quiet, TEAM, across(pay=TREE)), NotApplicable)
    unread = Across(quiet.known, {named("shop"): Unknown(Why.FORBIDDEN, "x")})
    assert isinstance(system_knowledge(SYSTEMS, unread, TEAM, across(pay=TREE)), Unknown)
