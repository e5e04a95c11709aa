"""Deployment records of the last year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Deployment, Deployments
from scanner.http.forge import ABSENT
from scanner.http.github.graphql import Query
from scanner.http.github.permissions import DEPLOYMENTS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

WINDOW_DAYS = 365
MOST_PAGES = 10

QUERY = Query(
    "Deployments",
    """
    query Deployments($owner: String!, $name: String!, $size: Int!, $after: String) {
      repository(owner: $owner, name: $name) {
        deployments(first: $size, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { environment createdAt commitOid statuses(first: 20) { nodes { state createdAt } } }
        }
      }
    }
    """,
    DEPLOYMENTS,
)
State = Literal["success", "failure", "pending", "inactive"]
_ENDS: dict[str, State] = {"SUCCESS": "success", "FAILURE": "failure", "ERROR": "failure"}
_PRODUCTION = frozenset({"prod", "production", "live", "prd"})


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One query for each 100 deployments of the window, at most ten."""
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    read: list[Node] = []
    total, more = 0, False
    for repository in ask.source.connection(QUERY, "deployments", MOST_PAGES):
        page = repository.node("deployments")
        read += page.nodes("nodes")
        total = page.number("totalCount")
        more = page.node("pageInfo").flag("hasNextPage")
        if read and read[-1].moment("createdAt") < since:
            more = False
            break
    yield found(
        parse(read, ask.as_of),
        f"POST /graphql Deployments({ask.source.full_name})",
        caveat=f"the newest {len(read):,} of {total:,} only" if more else "",
    )


def parse(nodes: Iterable[Node], as_of: datetime) -> Deployments:
    """Deployments made in the 365 days before ``as_of``."""
    since = as_of - timedelta(days=WINDOW_DAYS)
    out = []
    for node in nodes:
        at = node.moment("createdAt")
        if not since < at <= as_of:
            continue
        environment = node.text_or("environment")
        state, finished_at = _end(node.node_or_none("statuses"), as_of)
        out.append(Deployment(environment, is_production(environment), at, finished_at, state, node.text("commitOid")))
    out.sort(key=lambda d: (d.at, d.environment, d.commit), reverse=True)
    return Deployments(as_of, tuple(out))


def _end(statuses: Node | None, as_of: datetime) -> tuple[State, datetime | None]:
    """The last verdict up to ``as_of`` and its time.

    GitHub turns a success to "inactive" once a newer deployment takes its place; that it succeeded
    stays true, so "inactive" is kept only where no verdict came before it.
    """
    seen = sorted(
        ((s.moment("createdAt"), s.text("state")) for s in (statuses.nodes("nodes") if statuses else ())),
    )
    state: State = "pending"
    finished_at = None
    for at, name in seen:
        if at > as_of:
            break
        if name in _ENDS:
            if _ENDS[name] != state:
                finished_at = at
            state = _ENDS[name]
        elif name == "INACTIVE" and state == "pending":
            state, finished_at = "inactive", at
    return state, finished_at


def is_production(environment: str) -> bool:
    """Whether some word of the environment's name says production ("prod-eu", "github-pages" is not)."""
    spaced = "".join(c if c.isalnum() else " " for c in environment.lower())
    return not _PRODUCTION.isdisjoint(spaced.split())


COLLECTOR = Collector(
    name="github-deployments",
    version="1",
    source=GithubRepositorySource,
    provides=(Deployments,),
    collect=collect,
    permissions=("Deployments: read",),
    absent=ABSENT,
)
