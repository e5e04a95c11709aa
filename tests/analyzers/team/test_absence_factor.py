from analyzers.team.absence_factor import absence_factor
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, contributors, measured, person


def test_people_are_summed_over_repositories() -> None:
    facts = across(
        a=contributors(person("ann", 20), person("bob", 10)),
        b=contributors(person("bob", 15), person("cid", 5), person("old", 0, ever=900)),
    )
    outcome = measured(absence_factor(facts))
    assert (outcome.value, outcome.sample) == (2, 50)
    assert "of 3 people" in outcome.because


def test_exactly_half_is_not_over_half() -> None:
    assert measured(absence_factor(across(a=contributors(person("ann", 10), person("bob", 10))))).value == 2
    assert measured(absence_factor(across(a=contributors(person("ann", 11), person("bob", 10))))).value == 1


def test_too_little_work_says_nothing() -> None:
    assert isinstance(absence_factor(across(a=contributors(person("ann", 19)))), NotApplicable)
