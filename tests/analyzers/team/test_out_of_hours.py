from analyzers.team.out_of_hours import out_of_hours
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, contributors, measured, person

TEAM = (person("ann", 40), person("bob", 30), person("cid", 30))


def test_share_over_the_estate() -> None:
    facts = across(
        a=contributors(*TEAM, out_of_hours_commits_365_days=15),
        b=contributors(person("ann", 50), out_of_hours_commits_365_days=15),
    )
    outcome = measured(out_of_hours(facts))
    assert (outcome.value, outcome.sample) == (20, 150)


def test_no_figure_of_single_people() -> None:
    facts = across(a=contributors(*TEAM[:2], person("old", 0, ever=50), out_of_hours_commits_365_days=15))
    assert isinstance(out_of_hours(facts), NotApplicable)
