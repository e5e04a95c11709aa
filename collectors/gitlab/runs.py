"""Pipelines on the default branch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import Run, Runs
from scanner.http.forge import ABSENT
from scanner.http.gitlab import REPORTER, GitlabProjectSource, GitlabQuery
from scanner.http.shape import Node

WINDOW_DAYS = 90
MOST_PAGES = 10
QUERY = GitlabQuery(
    "Runs",
    """
    query Runs($path: ID!, $ref: String!, $after: String) {
      project(fullPath: $path) {
        pipelines(ref: $ref, first: 100, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { id sha status source createdAt startedAt finishedAt }
        }
      }
    }
    """,
    REPORTER,
)
Conclusion = Literal["success", "failure", "cancelled", "other"]
_CONCLUSIONS: dict[str, Conclusion] = {"SUCCESS": "success", "FAILED": "failure", "CANCELED": "cancelled"}


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One query for each 100 pipelines of the window, newest first, at most ten."""
    source = ask.source
    branch = source.default_branch()
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    read: list[Node] = []
    seen: set[str] = set()
    cursor: str | None = None
    more = True
    while more and len(seen) < MOST_PAGES:
        project = source.query(QUERY, ref=branch, after=cursor)
        listed = project.node_or_none("pipelines")
        if listed is None:
            raise Unreadable(Why.AMBIGUOUS_404, f"{project.where}: no pipelines", QUERY.right.closes)
        read += listed.nodes("nodes")
        ends = listed.node("pageInfo")
        more = ends.flag("hasNextPage") and not (read and read[-1].moment("createdAt") < since)
        if more:
            cursor = ends.text("endCursor", 1000)
            if cursor in seen:
                raise Unreadable(Why.UNPARSABLE, f"the pages of {project.where} lead in a circle")
            seen.add(cursor)
    yield found(
        parse(read, branch, ask.as_of),
        f"POST /api/graphql Runs({source.full_name})",
        caveat=f"the newest {len(read):,} only" if more else "",
    )


def parse(nodes: Iterable[Node], branch: str, as_of: datetime) -> Runs:
    """Pipelines that were created and ended in the 90 days before ``as_of``; one that never started waited to its end."""
    since = as_of - timedelta(days=WINDOW_DAYS)
    runs: dict[str, Run] = {}
    for node in nodes:
        created_at, finished_at = node.moment("createdAt"), node.moment_or_none("finishedAt")
        if finished_at is None or not since <= created_at <= as_of or finished_at > as_of:
            continue
        source = node.text_or("source", "unknown")
        runs[node.text("id")] = Run(
            workflow=f"pipeline ({source})",
            event=source,
            branch=branch,
            commit=node.text("sha"),
            attempt=1,
            created_at=created_at,
            started_at=node.moment_or_none("startedAt") or finished_at,
            finished_at=finished_at,
            conclusion=_CONCLUSIONS.get(node.text("status"), "other"),
        )
    newest = sorted(runs.items(), key=lambda pair: (pair[1].created_at, len(pair[0]), pair[0]), reverse=True)
    return Runs(as_of, WINDOW_DAYS, branch, tuple(run for _, run in newest))


COLLECTOR = Collector(
    name="gitlab-runs",
    version="1",
    source=GitlabProjectSource,
    provides=(Runs,),
    collect=collect,
    permissions=("read_api",),
    absent=ABSENT,
)
