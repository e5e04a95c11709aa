from analyzers.team.leavers_share import leavers_share
from scanner.core.outcomes import Basis, NotApplicable
from tests.builders_checks_a import across, contributors, measured, person


def test_who_is_active_elsewhere_has_not_left() -> None:
    facts = across(
        a=contributors(person("ann", 5, ever=60), person("old", 0, ever=30)),
        b=contributors(person("ann", 5, recent=5, ever=10)),
    )
    outcome = measured(leavers_share(facts))
    assert (outcome.value, outcome.sample, outcome.basis) == (30, 100, Basis.INFERRED)


def test_too_little_history() -> None:
    assert measured(leavers_share(across(a=contributors(person("ann", 5, ever=20))))).value == 100
    assert isinstance(leavers_share(across(a=contributors(person("ann", 5, ever=19)))), NotApplicable)
