from analyzers.team.repository_absence_factor import repository_absence_factor
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import contributors, measured, person


def test_one_person_alone_is_a_place_without_a_name() -> None:
    outcome = measured(repository_absence_factor(contributors(person("ann", 30), person("bob", 20))))
    assert (outcome.value, outcome.sample, len(outcome.places)) == (1, 50, 1)
    assert "ann" not in outcome.because + outcome.places[0].message + outcome.places[0].anchor


def test_several_people_and_too_little_work() -> None:
    outcome = measured(repository_absence_factor(contributors(person("ann", 20), person("bob", 20), person("c", 20))))
    assert (outcome.value, outcome.places) == (2, ())
    assert measured(repository_absence_factor(contributors(person("ann", 20)))).value == 1
    assert isinstance(repository_absence_factor(contributors(person("ann", 19, ever=900))), NotApplicable)
