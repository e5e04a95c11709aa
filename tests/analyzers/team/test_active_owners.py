from analyzers.team.active_owners import active_owners
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.knowledge import OwnerActivity
from tests.builders_checks_a import measured


def owners(there: int, elsewhere: int, inactive: int, unmatched: int, teams: int = 0) -> OwnerActivity:
    people = there + elsewhere + inactive + unmatched
    return OwnerActivity(True, people, there, elsewhere, inactive, unmatched, teams, 2, ("src/**",))


def test_those_that_can_be_matched_are_judged() -> None:
    outcome = measured(active_owners(owners(3, 1, 1, 5)))
    assert (outcome.value, outcome.sample) == (60, 5)
    assert [(p.rule, p.anchor) for p in outcome.places] == [("src/**", "src/**")]


def test_strangers_are_unknown_not_absent() -> None:
    assert isinstance(active_owners(owners(2, 1, 1, 5)), Unknown)


def test_teams_alone_no_file_and_nobody_do_not_apply() -> None:
    for fact in (owners(0, 0, 0, 0, 2), owners(0, 0, 0, 0), OwnerActivity(False, 0, 0, 0, 0, 0, 0, 0, ())):
        assert isinstance(active_owners(fact), NotApplicable)
