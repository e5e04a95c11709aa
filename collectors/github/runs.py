"""Workflow runs on the default branch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Run, Runs
from scanner.http.forge import ABSENT
from scanner.http.github.permissions import ACTIONS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

WINDOW_DAYS = 90
MOST_PAGES = 10
"""Pages of 100; GitHub answers such a search with 1,000 runs at most."""

Conclusion = Literal["success", "failure", "cancelled", "other"]
_CONCLUSIONS: dict[str, Conclusion] = {
    "success": "success",
    "failure": "failure",
    "timed_out": "failure",
    "startup_failure": "failure",
    "cancelled": "cancelled",
}


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One request for each 100 runs of the window, at most ten."""
    source = ask.source
    branch = source.record().text("default_branch")
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    read: list[Node] = []
    total, more = 0, False
    for page in source.pages(
        "/actions/runs", ACTIONS, "workflow_runs", MOST_PAGES, branch=branch, status="completed",
        exclude_pull_requests="true", created=f"{_iso(since)}..{_iso(ask.as_of)}",
    ):  # fmt: skip
        read += page.items
        total, more = page.total or 0, page.more
    caveat = f"the newest {len(read):,} of {total:,} only" if more or total > len(read) else ""
    yield found(parse(read, branch, ask.as_of), source.label("/actions/runs"), caveat=caveat)


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def parse(nodes: Iterable[Node], branch: str, as_of: datetime) -> Runs:
    """Completed runs that were created and ended in the 90 days before ``as_of``."""
    since = as_of - timedelta(days=WINDOW_DAYS)
    runs: dict[int, Run] = {}
    for node in nodes:
        created_at, finished_at = node.moment("created_at"), node.moment("updated_at")
        if node.text_or("status") != "completed" or not since <= created_at <= as_of or finished_at > as_of:
            continue
        runs[node.number("id")] = Run(
            workflow=node.text_or("name") or node.text("path"),
            event=node.text("event"),
            branch=node.text_or("head_branch"),
            commit=node.text("head_sha"),
            attempt=node.number("run_attempt") if node.has("run_attempt") else 1,
            created_at=created_at,
            started_at=node.moment_or_none("run_started_at") or created_at,
            finished_at=finished_at,
            conclusion=_CONCLUSIONS.get(node.text_or("conclusion"), "other"),
        )
    newest = sorted(runs.items(), key=lambda pair: (pair[1].created_at, pair[0]), reverse=True)
    return Runs(as_of, WINDOW_DAYS, branch, tuple(run for _, run in newest))


COLLECTOR = Collector(
    name="github-runs",
    version="1",
    source=GithubRepositorySource,
    provides=(Runs,),
    collect=collect,
    permissions=("Actions: read",),
    absent=ABSENT,
)
