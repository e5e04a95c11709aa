from analyzers.team.working_teams import working_teams
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Team, Teams
from tests.builders_checks_b import measured


def test_a_team_needs_two_members_and_a_repository() -> None:
    teams = (Team("a", 5, 3), Team("b", 2, 1), Team("c", 1, 4), Team("d", 3, 0), Team("e", 0, 0))
    outcome = measured(working_teams(Teams(teams)))
    assert (outcome.value, outcome.sample) == (40, 5)
    assert outcome.because == "of 5 teams 2 have fewer than two members, 1 more have no repository"


def test_a_team_that_only_holds_teams_is_left_out() -> None:
    nested = (Team("all", 9, 0), Team("core", 4, 2, "all"), Team("lead", 1, 1, "core"))
    assert measured(working_teams(Teams(nested))).value == 50
    assert isinstance(working_teams(Teams(())), NotApplicable)
