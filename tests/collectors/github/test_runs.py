from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collectors.github.runs import COLLECTOR, months, newest, parse_jobs
from scanner.core.collecting import Ask
from scanner.demo.forge import RunRecord
from scanner.demo.standin import StandIn
from scanner.facts.forge import Job, Run, Runs
from scanner.http.conversation import Conversation
from scanner.http.github.client import Github, GithubSettings
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.secret import Secret
from tests.builders import AS_OF
from tests.builders_github import API, REPO, TIGHT, TOKEN, Names, ago, asking, collected, data, node


def row(**given: object) -> dict[str, object]:
    return {
        "id": 1, "name": "ci", "event": "push", "head_branch": "main", "head_sha": "a" * 40, "run_attempt": 1,
        "status": "completed", "conclusion": "success", "created_at": ago(days=1).isoformat(),
        "run_started_at": (ago(days=1) + timedelta(minutes=2)).isoformat(),
        "updated_at": (ago(days=1) + timedelta(minutes=9)).isoformat(),
    } | given  # fmt: skip


def test_queue_and_run_time_are_kept_apart() -> None:
    start = ago(days=1)
    expected = Run(
        "ci", "push", "main", "a" * 40, 1, start, start + timedelta(minutes=2), start + timedelta(minutes=9), "success"
    )
    assert newest([node(**row())], AS_OF) == [(1, expected)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("success", "success"), ("failure", "failure"), ("timed_out", "failure"), ("startup_failure", "failure"),
        ("cancelled", "cancelled"), ("skipped", "other"), ("neutral", "other"), (None, "other"),
    ],
)  # fmt: skip
def test_conclusions(said: str | None, meant: str) -> None:
    assert newest([node(**row(conclusion=said))], AS_OF)[0][1].conclusion == meant


def test_running_old_and_future_runs_are_left_out_and_repeats_are_one() -> None:
    rows = [
        row(), row(),
        row(id=2, status="in_progress"),
        row(id=3, created_at=ago(days=91).isoformat()),
        row(id=4, created_at=(AS_OF + timedelta(minutes=1)).isoformat()),
        row(id=5, updated_at=(AS_OF + timedelta(minutes=1)).isoformat()),
    ]  # fmt: skip
    assert len(newest([node(**r) for r in rows], AS_OF)) == 1


def test_over_a_thousand_runs_are_cut_with_a_caveat() -> None:
    runs = tuple(RunRecord(n, "ci", "a" * 40, ago(hours=n), ago(hours=n)) for n in range(1, 1104))
    found = collected(COLLECTOR, data(runs=runs))["Runs"]
    assert isinstance(found.content, Runs)
    assert len(found.content.runs) == 1000
    assert found.caveat == "the newest 1,000 of 1,103 only"


@pytest.mark.parametrize(
    ("actor", "machine"),
    [
        ({"triggering_actor": {"login": "ann", "type": "User"}}, False), ({}, False),
        ({"triggering_actor": {"login": "dependabot[bot]", "type": "Bot"}}, True),
        ({"triggering_actor": {"login": "renovate-bot", "type": "User"}}, True),
        ({"actor": {"login": "deployer", "type": "Bot"}}, True),
        ({"actor": {"login": "dependabot[bot]", "type": "Bot"}, "triggering_actor": {"login": "ann", "type": "User"}}, False),
    ],
)  # fmt: skip
def test_who_set_it_off_last_is_a_person_or_a_machine(actor: dict[str, object], machine: bool) -> None:
    assert newest([node(**row(**actor))], AS_OF)[0][1].bot is machine


def test_jobs_of_the_newest_two_runs_are_read_and_of_no_others() -> None:
    start = ago(days=3)
    job = Job("test", start + timedelta(seconds=40), start + timedelta(minutes=8), 40.0, "success")
    third = RunRecord(8, "ci", "a" * 40, ago(days=30), ago(days=30))
    with asking(data(runs=(*API.runs, third))) as (ask, standin):
        (found,) = COLLECTOR.collect(ask)
        asked = [name.partition("/actions/")[2] for name in standin.seen]
    assert isinstance(found.content, Runs)
    assert [run.jobs for run in found.content.runs] == [(job,), (), None]
    assert asked[1:] == ["runs", "runs/11/attempts/1/jobs", "runs/10/attempts/2/jobs"]


def test_without_runs_no_jobs_are_asked_for() -> None:
    with asking(data(runs=())) as (ask, standin):
        (found,) = COLLECTOR.collect(ask)
        assert len(standin.seen) == 2
    assert found.content == Runs(AS_OF, 90, "main", ())


def job(**given: object) -> dict[str, object]:
    start = ago(hours=5)
    return {
        "name": "test", "status": "completed", "conclusion": "failure", "labels": ["Self-Hosted", "linux"],
        "created_at": start.isoformat(), "started_at": (start + timedelta(seconds=90)).isoformat(),
        "completed_at": (start + timedelta(minutes=4)).isoformat(),
    } | given  # fmt: skip


def test_a_job_has_its_queue_and_its_machine() -> None:
    start = ago(hours=5)
    (only,) = parse_jobs([node(**job())], AS_OF)
    assert only == Job("test", start + timedelta(seconds=90), start + timedelta(minutes=4), 90.0, "failure", True)


@pytest.mark.parametrize(
    ("given", "queued"),
    [
        ({"created_at": None}, [0.0]), ({"created_at": ago(hours=4).isoformat()}, [0.0]), ({"started_at": None}, []),
        ({"completed_at": None}, []), ({"conclusion": "skipped"}, []), ({"labels": None}, [90.0]),
        ({"completed_at": (AS_OF + timedelta(seconds=1)).isoformat()}, []),
    ],
)  # fmt: skip
def test_odd_jobs(given: dict[str, object], queued: list[float]) -> None:
    assert [j.queued_seconds for j in parse_jobs([node(**job(**given))], AS_OF)] == queued


@pytest.mark.parametrize(
    ("since", "until", "asked"),
    [
        (datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 6, 30, tzinfo=UTC), "2026-04-01..2026-06-30"),
        (datetime(2025, 12, 2, tzinfo=UTC), datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC), "2025-12-01..2026-02-28"),
        (datetime(2027, 11, 30, tzinfo=UTC), datetime(2028, 2, 1, tzinfo=UTC), "2027-11-01..2028-02-29"),
    ],
)
def test_whole_months_are_asked_for(since: datetime, until: datetime, asked: str) -> None:
    assert months(since, until) == asked


def test_the_next_day_asks_the_same_and_is_told_that_nothing_changed(tmp_path: Path) -> None:
    on = datetime(2026, 6, 10, 23, 59, 59, tzinfo=UTC)
    runs = tuple(RunRecord(d, "ci", "a" * 40, on - timedelta(days=d), on - timedelta(days=d)) for d in (1, 60, 89, 95))
    with StandIn(data(runs=runs), TOKEN) as standin:
        terms = Conversation(folder=tmp_path, key=b"k" * 32)
        told = []
        for day in range(3):
            with closing(Github(GithubSettings(standin.url, Secret(TOKEN), TIGHT, terms))) as github:
                (found,) = COLLECTOR.collect(
                    Ask(REPO, GithubRepositorySource(github, "acme/api", Names()), on + timedelta(days=day))
                )
            assert isinstance(found.content, Runs)
            told.append(([len(found.content.runs)], found.caveat))
        statuses = [status for name, status in standin.answered if name == "GET /repos/acme/api/actions/runs"]
    assert statuses == [200, 304, 304]
    assert told == [([3], ""), ([3], ""), ([2], "")], "89 days ago is out of the window two days later"


def test_pages_older_than_the_window_are_not_asked_for() -> None:
    new = tuple(RunRecord(n, "ci", "a" * 40, ago(days=10, hours=n), ago(days=10, hours=n)) for n in range(1, 51))
    old = tuple(
        RunRecord(n, "ci", "a" * 40, ago(days=100, minutes=n), ago(days=100, minutes=n)) for n in range(51, 400)
    )
    with asking(data(runs=(*new, *old))) as (ask, standin):
        (found,) = COLLECTOR.collect(replace(ask, as_of=ago(days=10)))
        pages = [name for name in standin.seen if name.endswith("/actions/runs")]
    assert isinstance(found.content, Runs)
    assert (len(found.content.runs), found.caveat, len(pages)) == (50, "", 2)
