from collectors.gitlab.teams import parse
from scanner.facts.forge import Team, Teams
from tests.builders_gitlab import node


def test_subgroups_are_teams_by_their_path_below_the_group() -> None:
    rows = [
        node(fullPath="acme/web/api", groupMembersCount=2, projectsCount=1, parent={"fullPath": "acme/web"}),
        node(fullPath="acme/web", groupMembersCount=0, projectsCount=4, parent={"fullPath": "acme"}),
    ]
    assert parse(rows, "acme") == Teams((Team("web", 0, 4, ""), Team("web/api", 2, 1, "web")))
