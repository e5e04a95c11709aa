"""Workflow runs on the default branch, with the jobs of the newest."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable
from scanner.facts.forge import Job, Run, Runs
from scanner.http.forge import ABSENT, BOT_NAMES
from scanner.http.github.judged import expect_judged
from scanner.http.github.permissions import ACTIONS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

WINDOW_DAYS = 90
MOST_PAGES = 10
"""Pages of 100; GitHub answers such a search with 1,000 runs at most."""
RUNS_WITH_JOBS = 2
"""The newest runs whose jobs are read, one request each: they tell the queue and the runners of today."""
SELF_HOSTED = "self-hosted"

Conclusion = Literal["success", "failure", "cancelled", "other"]
_CONCLUSIONS: dict[str, Conclusion] = {
    "success": "success",
    "failure": "failure",
    "timed_out": "failure",
    "startup_failure": "failure",
    "cancelled": "cancelled",
}


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One request for each 100 runs of the window's months, at most ten, and one for the jobs of each of the newest two."""
    source = ask.source
    expect_judged(source)
    branch = source.default_branch()
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    read: list[Node] = []
    total, more = 0, False
    for page in source.pages(
        "/actions/runs", ACTIONS, "workflow_runs", MOST_PAGES, branch=branch, status="completed",
        exclude_pull_requests="true", created=months(since, ask.as_of),
    ):  # fmt: skip
        read += page.items
        total, more = page.total or 0, page.more
        if page.items and max(node.moment("created_at") for node in page.items) < since:
            break
    whole = any(node.moment("created_at") < since for node in read)
    cut = (more or total > len(read)) and not whole
    caveats = [f"the newest {len(read):,} of {total:,} only"] if cut else []
    numbered = newest(read, ask.as_of)
    jobs: dict[int, tuple[Job, ...]] = {}
    try:
        for number, run in numbered[:RUNS_WITH_JOBS]:
            path = f"/actions/runs/{number}/attempts/{run.attempt}/jobs"
            jobs[number] = parse_jobs(next(source.pages(path, ACTIONS, "jobs", 1)).items, ask.as_of)
    except Unreadable as problem:
        caveats.append(f"jobs of the newest runs: {problem.hole.why.value}")
    told = tuple(replace(run, jobs=jobs.get(number)) for number, run in numbered)
    runs = Runs(ask.as_of, WINDOW_DAYS, branch, told)
    yield found(runs, source.label("/actions/runs"), caveat="; ".join(caveats))


def months(since: datetime, until: datetime) -> str:
    """The whole months that hold ``since`` to ``until``: the same question all month, so that its answer can be "unchanged".

    GitHub lists runs latest first, so that what is older than the window comes last.
    """
    last = calendar.monthrange(until.year, until.month)[1]
    return f"{since:%Y-%m}-01..{until:%Y-%m}-{last:02}"


def newest(nodes: Iterable[Node], as_of: datetime) -> list[tuple[int, Run]]:
    """Completed runs that were created and ended in the 90 days before ``as_of`` with their numbers, newest first."""
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
            bot=_is_machine(node.node_or_none("triggering_actor") or node.node_or_none("actor")),
        )
    return sorted(runs.items(), key=lambda pair: (pair[1].created_at, pair[0]), reverse=True)


def _is_machine(actor: Node | None) -> bool:
    login = actor.text_or("login").lower() if actor else ""
    return login.endswith("[bot]") or login in BOT_NAMES or (actor is not None and actor.text_or("type") == "Bot")


def parse_jobs(nodes: Iterable[Node], as_of: datetime) -> tuple[Job, ...]:
    """Jobs that ran and ended before ``as_of``, by start; those that were skipped never waited for a machine."""
    jobs = []
    for node in nodes:
        started_at, finished_at = node.moment_or_none("started_at"), node.moment_or_none("completed_at")
        if started_at is None or finished_at is None or finished_at > as_of or node.text_or("conclusion") == "skipped":
            continue
        created_at = node.moment_or_none("created_at") or started_at
        jobs.append(
            Job(
                name=node.text("name"),
                started_at=started_at,
                finished_at=max(started_at, finished_at),
                queued_seconds=max(0.0, (started_at - created_at).total_seconds()),
                conclusion=_CONCLUSIONS.get(node.text_or("conclusion"), "other"),
                self_hosted=SELF_HOSTED in {label.lower() for label in node.texts("labels")},
            )
        )
    return tuple(sorted(jobs, key=lambda job: (job.started_at, job.name)))


COLLECTOR = Collector(
    name="github-runs",
    version="2",
    source=GithubRepositorySource,
    provides=(Runs,),
    collect=collect,
    permissions=("Actions: read",),
    absent=ABSENT,
)
