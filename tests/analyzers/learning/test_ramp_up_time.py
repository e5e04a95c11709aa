from analyzers.learning.ramp_up_time import ramp_up_time
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable
from scanner.facts.history import PersonActivity
from tests.builders_checks_c import across, ago, contributors, person


def newcomer(name: str, first: float, tenth: float | None) -> PersonActivity:
    return person(name, 20, first_at=ago(first), tenth_at=None if tenth is None else ago(tenth))


def test_newcomers_to_the_estate_by_the_median() -> None:
    api = contributors(
        newcomer("a", 400, 390), newcomer("b", 300, 270), newcomer("c", 200, 100), newcomer("d", 50, None)
    )
    web = contributors(newcomer("a", 420, None), newcomer("old", 300, 299))
    old = contributors(newcomer("old", 731, 700))
    outcome = ramp_up_time(across(api=api, old=old, web=web))
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (30, 3), "a took 30 days over both repositories, b 30, c 100"


def test_nobody_new_and_nobody_there_yet_differ() -> None:
    assert isinstance(ramp_up_time(across(api=contributors(newcomer("a", 800, 790)))), NotApplicable)
    assert isinstance(ramp_up_time(across(api=contributors(newcomer("a", 80, None)))), Unknown)
