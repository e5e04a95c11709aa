"""Deployment records of the last year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from collectors.github.deployments import is_production
from collectors.gitlab.conversation import until
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Deployment, Deployments
from scanner.http.forge import ABSENT
from scanner.http.gitlab import REPORTER
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.shape import Node

WINDOW_DAYS = 365
MOST_PAGES = 10
State = Literal["success", "failure", "pending", "inactive"]
_ENDS: dict[str, State] = {"success": "success", "failed": "failure"}
"""All others (created, running, blocked, cancelled, skipped) came to no verdict: pending."""


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One request for each 100 deployments of the window, at most ten."""
    ask.source.expect_judged()
    since = (ask.as_of - timedelta(days=WINDOW_DAYS)).strftime("%Y-%m-%dT%H:%M:%SZ")
    read: list[Node] = []
    more = False
    for page in ask.source.pages(
        "/deployments", REPORTER, MOST_PAGES, order_by="updated_at", sort="desc", updated_after=since
    ):
        read += page.items
        more = page.more
    yield found(
        parse(read, ask.as_of),
        ask.source.label("/deployments"),
        caveat=f"the {len(read):,} most recently updated only" if more else "",
    )


def parse(nodes: Iterable[Node], as_of: datetime) -> Deployments:
    """Deployments made in the 365 days before ``as_of``; production by GitLab's tier, else by the environment's name."""
    since = as_of - timedelta(days=WINDOW_DAYS)
    deployments = {}
    for node in nodes:
        at = node.moment("created_at")
        if since < at <= as_of:
            deployments[node.number("id")] = _deployment(node, at, as_of)
    newest = sorted(deployments.items(), key=lambda pair: (pair[1].at, pair[0]), reverse=True)
    return Deployments(as_of, tuple(deployment for _, deployment in newest))


def _deployment(node: Node, at: datetime, as_of: datetime) -> Deployment:
    environment = node.node_or_none("environment")
    name = environment.text("name") if environment else ""
    tier = environment.text_or("tier") if environment else ""
    job = node.node_or_none("deployable")
    ended = job.moment_or_none("finished_at") if job else None
    finished_at = until(ended or node.moment("updated_at"), as_of)
    state = _ENDS.get(node.text("status"), "pending") if finished_at else "pending"
    return Deployment(
        environment=name,
        production=tier == "production" if tier else is_production(name),
        at=at,
        finished_at=finished_at if state != "pending" else None,
        state=state,
        commit=node.text("sha"),
    )


COLLECTOR = Collector(
    name="gitlab-deployments",
    version="1",
    source=GitlabProjectSource,
    provides=(Deployments,),
    collect=collect,
    permissions=("read_api",),
    absent=ABSENT,
)
