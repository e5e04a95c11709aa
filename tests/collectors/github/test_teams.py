from dataclasses import replace

import pytest

from collectors.github.teams import COLLECTOR
from scanner.core.evidence import Unreadable, Why
from scanner.demo.forge import ForgeData, TeamRecord
from scanner.facts.forge import Team, Teams
from tests.builders_github import ACME, asking_organisation


def test_teams_come_with_their_sizes_in_one_query() -> None:
    with asking_organisation() as (ask, standin):
        (found,) = COLLECTOR.collect(ask)
        assert standin.seen == ["POST /graphql Teams"]
    assert found.content == Teams((Team("api", 2, 1, "core"), Team("core", 0, 0), Team("web", 0, 0)))
    assert found.caveat == ""


def test_over_a_hundred_teams_are_paged_and_over_a_thousand_cut() -> None:
    many = tuple(TeamRecord(f"team-{n:04}") for n in range(1050))
    with asking_organisation(ForgeData(replace(ACME, teams=(), team_records=many))) as (ask, standin):
        (found,) = COLLECTOR.collect(ask)
        assert len(standin.seen) == 10
    assert isinstance(found.content, Teams)
    assert len({team.name for team in found.content.teams}) == 1000
    assert found.caveat == "the first 1,000 of 1,050 teams only"


def test_a_personal_account_has_no_teams_to_see() -> None:
    with asking_organisation(ForgeData(replace(ACME, login="other"))) as (ask, _), pytest.raises(Unreadable) as caught:
        list(COLLECTOR.collect(ask))
    assert caught.value.hole.why is Why.AMBIGUOUS_404
