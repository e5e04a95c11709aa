from analyzers.team.newcomer_retention import newcomer_retention
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, ago, contributors, measured, person


def test_newcomers_are_new_to_the_estate_and_no_passers_by() -> None:
    facts = across(
        a=contributors(
            person("stays", 20, recent=2, first_at=ago(200)),
            person("left", 5, first_at=ago(90)),
            person("passer-by", 4, first_at=ago(200)),
            person("fresh", 20, recent=20, first_at=ago(89)),
            person("year", 20, first_at=ago(365)),
            person("moved", 20, first_at=ago(100)),
            person("last year", 20, first_at=ago(366)),
        ),
        b=contributors(person("moved", 0, ever=9, first_at=ago(700))),
    )
    outcome = measured(newcomer_retention(facts))
    assert (outcome.value, outcome.sample) == (50, 2)


def test_nobody_joined() -> None:
    assert isinstance(newcomer_retention(across(a=contributors(person("ann", 50)))), NotApplicable)
