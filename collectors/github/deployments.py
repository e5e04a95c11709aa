"""Deployment records of the last year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Deployment, Deployments
from scanner.http.forge import ABSENT
from scanner.http.github.plans import DEPLOYMENT_RECORDS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

WINDOW_DAYS = 365
STATUSES_READ = 20
State = Literal["success", "failure", "pending", "inactive"]
_ENDS: dict[str, State] = {"SUCCESS": "success", "FAILURE": "failure", "ERROR": "failure"}
_PRODUCTION = frozenset({"prod", "production", "live", "prd"})


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """The newest 1,000 deployments at most; none is asked for again while the listing shows no change."""
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    listed = ask.source.series(DEPLOYMENT_RECORDS, since, lambda node: parse((node,), ask.as_of))
    caveats = [f"the newest {len(listed.nodes):,} of {listed.total:,} only"] if listed.cut else []
    caveats += [listed.short] if listed.short else []
    longer = sum(_statuses(node) > STATUSES_READ for node in listed.nodes)
    caveats += [f"{longer:,} with more than {STATUSES_READ} states: only {STATUSES_READ} of each"] if longer else []
    yield found(
        parse(listed.nodes, ask.as_of),
        f"POST /graphql Deployments({ask.source.full_name})",
        caveat="; ".join(caveats),
    )


def _statuses(node: Node) -> int:
    statuses = node.node_or_none("statuses")
    return statuses.number("totalCount") if statuses else 0


def parse(nodes: Iterable[Node], as_of: datetime) -> Deployments:
    """Deployments made in the 365 days before ``as_of``."""
    since = as_of - timedelta(days=WINDOW_DAYS)
    out = []
    for node in nodes:
        at = node.moment("createdAt")
        if not since < at <= as_of:
            continue
        environment = node.text_or("environment")
        end = _end(node.node_or_none("statuses"), as_of)
        out.append(
            Deployment(
                environment,
                is_production(environment),
                at,
                end.finished_at,
                end.state,
                node.text("commitOid"),
                end.failed_at,
            )
        )
    out.sort(key=lambda d: (d.at, d.environment, d.commit), reverse=True)
    return Deployments(as_of, tuple(out))


@dataclass(frozen=True, slots=True)
class _End:
    """The last verdict and its time, and the time of the first failure."""

    state: State = "pending"
    finished_at: datetime | None = None
    failed_at: datetime | None = None


def _end(statuses: Node | None, as_of: datetime) -> _End:
    """The end as it stood at ``as_of``: later tries may have turned a failure into a success, or the other way round.

    A try that is queued or in progress is no verdict yet. GitHub turns a success to "inactive" once a newer deployment
    takes its place; that it succeeded stays true, so "inactive" is kept only where no verdict came before it.
    """
    seen = sorted((s.moment("createdAt"), s.text("state")) for s in (statuses.nodes("nodes") if statuses else ()))
    end = _End()
    for at, name in seen:
        if at > as_of:
            break
        state = _ENDS.get(name)
        if state is not None and state != end.state:
            end = replace(end, state=state, finished_at=at)
        elif name == "INACTIVE" and end.state == "pending":
            end = replace(end, state="inactive", finished_at=at)
        if state == "failure" and end.failed_at is None:
            end = replace(end, failed_at=at)
    return end


def is_production(environment: str) -> bool:
    """Whether some word of the environment's name says production ("prod-eu", "github-pages" is not)."""
    spaced = "".join(c if c.isalnum() else " " for c in environment.lower())
    return not _PRODUCTION.isdisjoint(spaced.split())


COLLECTOR = Collector(
    name="github-deployments",
    version="3",
    source=GithubRepositorySource,
    provides=(Deployments,),
    collect=collect,
    permissions=("Deployments: read",),
    absent=ABSENT,
)
