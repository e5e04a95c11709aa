"""Deployment records of the last year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Deployment, Deployments
from scanner.http.forge import ABSENT
from scanner.http.github.plans import DEPLOYMENT_RECORDS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

WINDOW_DAYS = 365
State = Literal["success", "failure", "pending", "inactive"]
_ENDS: dict[str, State] = {"SUCCESS": "success", "FAILURE": "failure", "ERROR": "failure"}
_PRODUCTION = frozenset({"prod", "production", "live", "prd"})


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """The newest 1,000 deployments at most; none is asked for again while the listing shows no change."""
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    listed = ask.source.series(DEPLOYMENT_RECORDS, since, lambda node: parse((node,), ask.as_of))
    yield found(
        parse(listed.nodes, ask.as_of),
        f"POST /graphql Deployments({ask.source.full_name})",
        caveat=f"the newest {len(listed.nodes):,} of {listed.total:,} only" if listed.cut else "",
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
    version="2",
    source=GithubRepositorySource,
    provides=(Deployments,),
    collect=collect,
    permissions=("Deployments: read",),
    absent=ABSENT,
)
