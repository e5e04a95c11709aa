"""The teams of the organisation: how many members and repositories each has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import Team, Teams
from scanner.http.github.graphql import PAGE_SIZE, Query, Variable
from scanner.http.github.permissions import MEMBERS
from scanner.http.github.sources import GithubOrganisationSource
from scanner.http.shape import Node

MOST_PAGES = 10
TEAMS = Query(
    "Teams",
    """
    query Teams($login: String!, $size: Int!, $after: String) {
      organization(login: $login) {
        teams(first: $size, after: $after, orderBy: {field: NAME, direction: ASC}) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { name parentTeam { name } members { totalCount } repositories { totalCount } }
        }
      }
    }
    """,
    MEMBERS,
)


def collect(ask: Ask[GithubOrganisationSource]) -> Iterator[Found]:
    """One query for each 100 teams, at most ten."""
    read: list[Node] = []
    total = 0
    for page in _pages(ask.source):
        read += page.nodes("nodes")
        total = page.number("totalCount")
    caveat = f"the first {len(read):,} of {total:,} teams only" if total > len(read) else ""
    yield found(parse(read), f"POST /graphql {TEAMS.name}({ask.source.login})", caveat=caveat)


def _pages(source: GithubOrganisationSource) -> Iterator[Node]:
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        variables: dict[str, Variable] = {"login": source.login, "size": PAGE_SIZE, "after": cursor}
        data = source.client.query(TEAMS, source.login, variables)
        owner = data.node_or_none("organization")
        if owner is None:
            raise Unreadable(Why.AMBIGUOUS_404, f"{data.where}: no organisation", MEMBERS.closes)
        page = owner.node("teams")
        yield page
        ends = page.node("pageInfo")
        if not ends.flag("hasNextPage"):
            return
        if ends.text("endCursor", 1000) == cursor:
            raise Unreadable(Why.UNPARSABLE, f"the pages of {data.where} lead in a circle")
        cursor = ends.text("endCursor", 1000)


def parse(nodes: Iterable[Node]) -> Teams:
    """Teams by name; members and repositories of child teams are counted as GitHub counts them, with the parent's."""
    teams = []
    for node in nodes:
        parent = node.node_or_none("parentTeam")
        members, repositories = (node.node(key).number("totalCount") for key in ("members", "repositories"))
        teams.append(Team(node.text("name"), members, repositories, parent.text("name") if parent else ""))
    return Teams(tuple(sorted(teams, key=lambda t: (t.name, t.parent))))


COLLECTOR = Collector(
    name="github-teams",
    version="1",
    source=GithubOrganisationSource,
    provides=(Teams,),
    collect=collect,
    permissions=("Organization members: read",),
    absent="no organisation was scanned (give github:ORG)",
)
