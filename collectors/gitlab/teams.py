"""The sub-groups of the group, as its teams: how many members and projects each has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import Team, Teams
from scanner.http.gitlab import GROUP_MEMBER, GitlabQuery
from scanner.http.gitlab_sources import GitlabGroupSource
from scanner.http.shape import Node

MOST_PAGES = 10
TEAMS = GitlabQuery(
    "Teams",
    """
    query Teams($path: ID!, $after: String) {
      group(fullPath: $path) {
        descendantGroups(first: 100, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { fullPath groupMembersCount projectsCount parent { fullPath } }
        }
      }
    }
    """,
    GROUP_MEMBER,
)


def collect(ask: Ask[GitlabGroupSource]) -> Iterator[Found]:
    """One query for each 100 sub-groups, at most ten."""
    source = ask.source
    read: list[Node] = []
    cursor: str | None = None
    more = True
    pages = 0
    while more and pages < MOST_PAGES:
        group = source.query(TEAMS, after=cursor)
        listed = group.node_or_none("descendantGroups")
        if listed is None:
            raise Unreadable(Why.AMBIGUOUS_404, f"{group.where}: no sub-groups", TEAMS.right.closes)
        read += listed.nodes("nodes")
        ends = listed.node("pageInfo")
        more, pages = ends.flag("hasNextPage"), pages + 1
        if more and ends.text("endCursor", 1000) == cursor:
            raise Unreadable(Why.UNPARSABLE, f"the pages of {group.where} lead in a circle")
        cursor = ends.text("endCursor", 1000) if more else None
    caveat = f"the first {len(read):,} sub-groups only" if more else ""
    yield found(parse(read, source.login), f"POST /api/graphql {TEAMS.name}({source.login})", caveat=caveat)


def parse(nodes: Iterable[Node], login: str) -> Teams:
    """Sub-groups by their path below the group; members and projects are those of the sub-group itself."""
    top = f"{login}/"
    teams = []
    for node in nodes:
        parent = node.node_or_none("parent")
        above = parent.text("fullPath") if parent else login
        teams.append(
            Team(
                node.text("fullPath").removeprefix(top),
                node.number("groupMembersCount"),
                node.number("projectsCount"),
                "" if above == login else above.removeprefix(top),
            )
        )
    return Teams(tuple(sorted(teams, key=lambda t: (t.name, t.parent))))


COLLECTOR = Collector(
    name="gitlab-teams",
    version="1",
    source=GitlabGroupSource,
    provides=(Teams,),
    collect=collect,
    permissions=("read_api, held by a member of the group",),
    absent="no organisation was scanned (give gitlab:GROUP)",
)
