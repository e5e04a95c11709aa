from analyzers.team.leavers_share import leavers_share
from scanner.core.outcomes import Basis, NotApplicable
from tests.builders_checks_a import across, ago, contributors, measured, person


def test_who_is_active_elsewhere_has_not_left() -> None:
    facts = across(
        a=contributors(person("ann", 5, ever=60), person("old", 0, ever=30, last_at=ago(0))),
        b=contributors(person("ann", 5, recent=5, ever=10)),
    )
    outcome = measured(leavers_share(facts))
    assert (outcome.value, outcome.sample, outcome.basis) == (30, 100, Basis.INFERRED)


def test_the_work_of_leavers_halves_each_three_years() -> None:
    gone = [person("old", 0, ever=80, last_at=ago(3 * 365)), person("older", 0, ever=80, last_at=ago(6 * 365))]
    outcome = measured(leavers_share(across(a=contributors(person("ann", 9, recent=9, ever=40), *gone))))
    assert outcome.value == 60, "40 and 20 of theirs against 40"


def test_too_little_history() -> None:
    assert measured(leavers_share(across(a=contributors(person("ann", 5, ever=20))))).value == 100
    assert isinstance(leavers_share(across(a=contributors(person("ann", 5, ever=19)))), NotApplicable)
