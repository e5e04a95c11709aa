from datetime import timedelta

from analyzers.process.time_to_green import time_to_green
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Run, Runs
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain


def runs(*made: tuple[str, float, str]) -> Runs:
    listed = tuple(
        plain(Run, workflow=w, branch="main", event="push", finished_at=AS_OF - timedelta(hours=h), conclusion=c)
        for w, h, c in made
    )
    return plain(Runs, default_branch="main", runs=listed)


def test_a_spell_starts_at_its_first_failure_and_other_workflows_do_not_end_it() -> None:
    outcome = measured(
        time_to_green(
            runs(
                ("ci", 40, "failure"), ("ci", 35, "failure"), ("docs", 33, "success"), ("ci", 30, "success"),
                ("ci", 20, "failure"), ("ci", 18, "success"), ("docs", 100, "failure"), ("docs", 80, "success"),
            )
        )
    )  # fmt: skip
    assert outcome.value == 10, "median of 10, 2 and 20"


def test_a_spell_that_lasts_counts_until_now() -> None:
    outcome = measured(time_to_green(runs(("ci", 48, "failure"))))
    assert outcome.value == 48
    assert outcome.because.endswith("1 not yet ended")


def test_never_red_and_never_run() -> None:
    assert isinstance(time_to_green(runs(("ci", 1, "success"))), NotApplicable)
    assert isinstance(time_to_green(runs()), NotApplicable)


def test_forks_side_branches_and_cancelled_runs_end_no_spell() -> None:
    def run(hours_ago: float, **given: str) -> Run:
        defaults = {"branch": "main", "event": "push", "finished_at": AS_OF - timedelta(hours=hours_ago)}
        return plain(Run, **(defaults | given))

    made = (
        run(30, conclusion="failure"),
        run(29, conclusion="cancelled"),
        run(28, branch="topic"),
        run(27, event="pull_request"),
        run(20),
    )
    assert measured(time_to_green(plain(Runs, default_branch="main", runs=made))).value == 10
