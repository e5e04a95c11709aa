from collectors.gitlab.runs import COLLECTOR, newest, parse_jobs
from scanner.facts.forge import Job, Run, Runs
from tests.builders import AS_OF
from tests.builders_gitlab import Fault, ago, asking, iso, node

JOB = Job("test", ago(days=3, minutes=9), ago(days=3), 40.5, "success", self_hosted=True)


def test_ended_pipelines_of_the_window_newest_first() -> None:
    with asking() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert item.content == Runs(
        AS_OF,
        90,
        "main",
        (
            Run("pipeline (push)", "push", "main", "a" * 40, 1, ago(days=3, minutes=10), ago(days=3, minutes=9), ago(days=3), "success", jobs=(JOB,)),
            Run("pipeline (schedule)", "schedule", "main", "a" * 40, 1, ago(days=4), ago(days=3, hours=20), ago(days=3, hours=20), "cancelled"),
        ),
    )  # fmt: skip


def one(**fields: object) -> Run:
    given = {
        "iid": "1",
        "sha": "a",
        "status": "SKIPPED",
        "createdAt": iso(days=1),
        "startedAt": None,
        "finishedAt": iso(days=1),
    }
    ((_, run),) = newest([node(**{**given, **fields})], "main", AS_OF)
    return run


def test_statuses_that_are_no_verdict_are_others() -> None:
    run = one()
    assert (run.conclusion, run.event, run.bot, run.attempt) == ("other", "unknown", False, 1)


def test_a_retried_job_makes_a_second_attempt_and_a_machine_is_no_person() -> None:
    run = one(retried={"nodes": [{"id": "gid://gitlab/Ci::Build/1"}]}, user={"username": "renovate-bot"})
    assert (run.attempt, run.bot) == (2, True)


def test_jobs_of_a_shared_machine_are_not_the_owners() -> None:
    job = {"name": "x", "status": "FAILED", "queuedDuration": 3, "startedAt": iso(days=2), "finishedAt": iso(days=1)}
    shared, later = node(**job, runner={"runnerType": "INSTANCE_TYPE"}), node(**{**job, "finishedAt": iso(days=-1)})
    (read,) = parse_jobs([shared, later], AS_OF)
    assert (read.conclusion, read.queued_seconds, read.self_hosted) == ("failure", 3.0, False)


def test_pipelines_are_known_where_their_jobs_are_not_shown() -> None:
    with asking(("graphql Jobs", Fault.HIDDEN)) as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert isinstance(item.content, Runs)
    assert [run.jobs for run in item.content.runs] == [None, None]
    assert item.caveat == "jobs: ambiguous-404"
