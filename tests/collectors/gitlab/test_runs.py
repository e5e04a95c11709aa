from collectors.gitlab.runs import COLLECTOR, parse
from scanner.facts.forge import Run, Runs
from tests.builders import AS_OF
from tests.builders_gitlab import ago, asking, iso, node


def test_ended_pipelines_of_the_window_newest_first() -> None:
    with asking() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert item.content == Runs(
        AS_OF,
        90,
        "main",
        (
            Run("pipeline (push)", "push", "main", "a" * 40, 1, ago(days=3, minutes=10), ago(days=3, minutes=9), ago(days=3), "success"),
            Run("pipeline (schedule)", "schedule", "main", "a" * 40, 1, ago(days=4), ago(days=3, hours=20), ago(days=3, hours=20), "cancelled"),
        ),
    )  # fmt: skip


def test_statuses_that_are_no_verdict_are_others() -> None:
    one = node(
        id="gid://gitlab/Ci::Pipeline/1",
        sha="a",
        status="SKIPPED",
        createdAt=iso(days=1),
        startedAt=None,
        finishedAt=iso(days=1),
    )
    assert [(r.conclusion, r.event) for r in parse([one], "main", AS_OF).runs] == [("other", "unknown")]
