from datetime import timedelta

import pytest

from collectors.github.runs import COLLECTOR, parse
from scanner.demo.forge import RunRecord
from scanner.facts.forge import Run, Runs
from tests.builders import AS_OF
from tests.builders_github import ago, collected, data, node


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
    assert parse([node(**row())], "main", AS_OF) == Runs(AS_OF, 90, "main", (expected,))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("success", "success"), ("failure", "failure"), ("timed_out", "failure"), ("startup_failure", "failure"),
        ("cancelled", "cancelled"), ("skipped", "other"), ("neutral", "other"), (None, "other"),
    ],
)  # fmt: skip
def test_conclusions(said: str | None, meant: str) -> None:
    assert parse([node(**row(conclusion=said))], "main", AS_OF).runs[0].conclusion == meant


def test_running_old_and_future_runs_are_left_out_and_repeats_are_one() -> None:
    rows = [
        row(), row(),
        row(id=2, status="in_progress"),
        row(id=3, created_at=ago(days=91).isoformat()),
        row(id=4, created_at=(AS_OF + timedelta(minutes=1)).isoformat()),
        row(id=5, updated_at=(AS_OF + timedelta(minutes=1)).isoformat()),
    ]  # fmt: skip
    assert len(parse([node(**r) for r in rows], "main", AS_OF).runs) == 1


def test_over_a_thousand_runs_are_cut_with_a_caveat() -> None:
    runs = tuple(RunRecord(n, "ci", "a" * 40, ago(hours=n), ago(hours=n)) for n in range(1, 1104))
    found = collected(COLLECTOR, data(runs=runs))["Runs"]
    assert isinstance(found.content, Runs)
    assert len(found.content.runs) == 1000
    assert found.caveat == "the newest 1,000 of 1,103 only"
