"""What a group keeps for all its projects: names and flags of CI/CD variables, and its deploy tokens; never values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from collectors.gitlab.access import parse_deploy_tokens
from collectors.gitlab.automation import parse_variables
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import SharedCredentials, StoredSecret
from scanner.http.gitlab import GROUP_OWNER, GitlabQuery
from scanner.http.gitlab_sources import GitlabGroupSource
from scanner.http.shape import Node

MOST_PAGES = 10
MOST_ABOVE = 20
"""GitLab nests groups no deeper (https://docs.gitlab.com/user/group/subgroups/)."""
_SHOWN = "ciVariables(first: 100) { pageInfo { hasNextPage } nodes { key masked protected } }"
GROUP_VARIABLES = GitlabQuery(
    "GroupVariables",
    f"""
    query GroupVariables($path: ID!, $after: String, $below: Boolean!) {{
      group(fullPath: $path) {{
        fullPath
        parent {{ fullPath }}
        {_SHOWN}
        descendantGroups(first: 100, after: $after) @include(if: $below) {{
          pageInfo {{ hasNextPage endCursor }}
          nodes {{ fullPath {_SHOWN} }}
        }}
      }}
    }}
    """,
    GROUP_OWNER,
)
"""REST would answer with the values: it is never asked."""


def collect(ask: Ask[GitlabGroupSource]) -> Iterator[Found]:
    """One request for the deploy tokens and one query, one more for each 100 sub-groups and each group above."""
    source = ask.source
    said: list[str] = []
    groups = [*_below(source, said)]
    groups += _above(source, groups[0], said)
    if any(_variables(group).node("pageInfo").flag("hasNextPage") for group in groups):
        said.append("the first 100 variables of a group only")
    tokens = source.client.everything(source.path("/deploy_tokens"), GROUP_OWNER)
    yield found(
        parse(source.login, tuple(groups), tokens, ask.as_of),
        f"POST /api/graphql {GROUP_VARIABLES.name}({source.login}), GET {source.path('/deploy_tokens')}",
        caveat="; ".join(said),
    )


def _below(source: GitlabGroupSource, said: list[str]) -> Iterator[Node]:
    """The group itself, then its sub-groups."""
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        group = source.query(GROUP_VARIABLES, after=cursor, below=True)
        if cursor is None:
            yield group
        page = group.node("descendantGroups")
        yield from page.nodes("nodes")
        ends = page.node("pageInfo")
        if not ends.flag("hasNextPage"):
            return
        if ends.text("endCursor", 1000) == cursor:
            raise Unreadable(Why.UNPARSABLE, f"the pages of {group.where} lead in a circle")
        cursor = ends.text("endCursor", 1000)
    said.append(f"the first {MOST_PAGES * 100:,} sub-groups only")


def _above(source: GitlabGroupSource, group: Node, said: list[str]) -> Iterator[Node]:
    """The groups above, whose variables the projects are given as well; those that do not show are said."""
    parent = group.node_or_none("parent")
    for _ in range(MOST_ABOVE):
        if parent is None:
            return
        path = parent.text("fullPath")
        asked = {"path": path, "after": None, "below": False}
        told = source.client.query(GROUP_VARIABLES, path, asked).node_or_none("group")
        if told is None or not told.has("ciVariables"):
            said.append("not shown to this token: variables of the groups above")
            return
        yield told
        parent = told.node_or_none("parent")


def _variables(group: Node) -> Node:
    told = group.node_or_none("ciVariables")
    if told is None:
        raise Unreadable(Why.AMBIGUOUS_404, f"{group.where}: no ciVariables", GROUP_OWNER.closes)
    return told


def parse(login: str, groups: tuple[Node, ...], tokens: tuple[Node, ...], as_of: datetime) -> SharedCredentials:
    """Variables of all ``groups``, those of others than the one asked for with its path before the name."""
    secrets: list[StoredSecret] = []
    for group in groups:
        path = group.text("fullPath")
        prefix = "" if path.lower() == login.lower() else f"{path}/"
        secrets += parse_variables(_variables(group).nodes("nodes"), "group", prefix)
    ordered = sorted(secrets, key=lambda s: (s.name, s.guarded is True))
    return SharedCredentials(as_of, tuple(ordered), parse_deploy_tokens(tokens, as_of))


COLLECTOR = Collector(
    name="gitlab-shared-credentials",
    version="1",
    source=GitlabGroupSource,
    provides=(SharedCredentials,),
    collect=collect,
    permissions=("read_api, held by an Owner of the group",),
    absent="no organisation was scanned (give gitlab:GROUP)",
)
