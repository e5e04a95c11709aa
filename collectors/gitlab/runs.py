"""Pipelines on the default branch, the newest with their jobs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import Job, Run, Runs
from scanner.http.forge import ABSENT
from scanner.http.gitlab import REPORTER, GitlabQuery
from scanner.http.gitlab_sources import GitlabProjectSource, is_machine
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
          nodes {
            iid sha status source createdAt startedAt finishedAt
            user { username }
            retried: jobs(retried: true, first: 1) { nodes { id } }
          }
        }
      }
    }
    """,
    REPORTER,
)
_JOBS = "jobs(retried: false, first: 100) { nodes { name status queuedDuration startedAt finishedAt runner { runnerType } } }"
JOBS = GitlabQuery(
    "Jobs",
    "query Jobs($path: ID!, $a: ID!, $b: ID!) { project(fullPath: $path) {"
    + " ".join(f"{name}: pipeline(iid: ${name}) {{ iid {_JOBS} }}" for name in "ab")
    + " } }",
    REPORTER,
)
"""The jobs of `JOBS_READ` pipelines; a single one is named twice."""
JOBS_READ = 2
_OWN_MACHINES = frozenset({"GROUP_TYPE", "PROJECT_TYPE"})
Conclusion = Literal["success", "failure", "cancelled", "other"]
_CONCLUSIONS: dict[str, Conclusion] = {"SUCCESS": "success", "FAILED": "failure", "CANCELED": "cancelled"}


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One query for each 100 pipelines of the window, newest first, at most ten, and one for jobs."""
    source = ask.source
    source.expect_judged()
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
    caveats = [f"the newest {len(read):,} only"] if more else []
    runs = newest(read, branch, ask.as_of)
    told = tuple(run for _, run in runs)
    try:
        told = _with_jobs(source, runs, ask.as_of)
    except Unreadable as problem:
        caveats.append(f"jobs: {problem.hole.why.value}")
    yield found(
        Runs(ask.as_of, WINDOW_DAYS, branch, told),
        f"POST /api/graphql Runs({source.full_name})",
        caveat="; ".join(caveats),
    )


def newest(nodes: Iterable[Node], branch: str, as_of: datetime) -> list[tuple[int, Run]]:
    """Pipelines that were created and ended in the 90 days before ``as_of`` with their numbers, newest first.

    One that never started waited to its end. GitLab repeats single jobs: a pipeline with such a job counts as its second attempt.
    """
    since = as_of - timedelta(days=WINDOW_DAYS)
    runs: dict[int, Run] = {}
    for node in nodes:
        created_at, finished_at = node.moment("createdAt"), node.moment_or_none("finishedAt")
        if finished_at is None or not since <= created_at <= as_of or finished_at > as_of:
            continue
        event = node.text_or("source", "unknown")
        user = node.node_or_none("user")
        retried = node.node_or_none("retried")
        runs[_number(node)] = Run(
            workflow=f"pipeline ({event})",
            event=event,
            branch=branch,
            commit=node.text("sha"),
            attempt=2 if retried and retried.nodes("nodes") else 1,
            created_at=created_at,
            started_at=node.moment_or_none("startedAt") or finished_at,
            finished_at=finished_at,
            conclusion=_CONCLUSIONS.get(node.text("status"), "other"),
            bot=user is not None and is_machine(user.text("username")),
        )
    return sorted(runs.items(), key=lambda pair: (pair[1].created_at, pair[0]), reverse=True)


def _number(node: Node) -> int:
    iid = node.scalar_or("iid", "")
    if not (iid.isascii() and iid.isdigit() and len(iid) < 12):
        raise Unreadable(Why.UNPARSABLE, f"{node.where}: iid is no number")
    return int(iid)


def _seconds(node: Node) -> float:
    """How long a job waited for a machine once it could run: whole seconds or parts of them."""
    told = node.plain().get("queuedDuration", 0)
    if isinstance(told, bool) or not isinstance(told, int | float | None) or not math.isfinite(told or 0):
        raise Unreadable(Why.UNPARSABLE, f"{node.where}: queuedDuration is no duration")
    return max(0.0, float(told or 0))


def _with_jobs(source: GitlabProjectSource, runs: list[tuple[int, Run]], as_of: datetime) -> tuple[Run, ...]:
    """All runs, the newest few with the jobs that they ran."""
    chosen = [str(number) for number, _ in runs[:JOBS_READ]]
    if not chosen:
        return ()
    asked = {"a": chosen[0], "b": chosen[-1]}
    project = source.query(JOBS, **asked)
    read: dict[int, tuple[Job, ...]] = {}
    for name in asked:
        pipeline = project.node_or_none(name)
        listed = pipeline.node_or_none("jobs") if pipeline else None
        if pipeline is not None and listed is not None:
            read[_number(pipeline)] = parse_jobs(listed.nodes("nodes"), as_of)
    return tuple(replace(run, jobs=read.get(number)) for number, run in runs)


def parse_jobs(nodes: Iterable[Node], as_of: datetime) -> tuple[Job, ...]:
    """Jobs that ran and ended before ``as_of``, by start. A machine of the group or the project is the owner's own."""
    jobs = []
    for node in nodes:
        started_at, finished_at = node.moment_or_none("startedAt"), node.moment_or_none("finishedAt")
        if started_at is None or finished_at is None or finished_at > as_of or node.text_or("status") == "SKIPPED":
            continue
        runner = node.node_or_none("runner")
        jobs.append(
            Job(
                name=node.text("name"),
                started_at=started_at,
                finished_at=max(started_at, finished_at),
                queued_seconds=_seconds(node),
                conclusion=_CONCLUSIONS.get(node.text_or("status"), "other"),
                self_hosted=runner is not None and runner.text_or("runnerType") in _OWN_MACHINES,
            )
        )
    return tuple(sorted(jobs, key=lambda job: (job.started_at, job.name)))


COLLECTOR = Collector(
    name="gitlab-runs",
    version="2",
    source=GitlabProjectSource,
    provides=(Runs,),
    collect=collect,
    permissions=("read_api",),
    absent=ABSENT,
)
