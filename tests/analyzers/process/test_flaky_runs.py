from analyzers.process.flaky_runs import flaky_runs
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Run, Runs
from tests.builders_checks_b import measured, plain


def run(workflow: str, commit: str, conclusion: str, attempt: int = 1, event: str = "push") -> Run:
    return plain(Run, workflow=workflow, commit=commit, conclusion=conclusion, attempt=attempt, event=event)


def test_only_the_same_workflow_event_and_commit_can_disagree() -> None:
    made = (
        run("ci", "a", "failure"), run("ci", "a", "success"),
        run("ci", "b", "success", attempt=2),
        run("ci", "c", "failure"), run("docs", "c", "success"),
        run("ci", "d", "failure"), run("ci", "e", "success"),
        run("ci", "f", "failure", event="pull_request"), run("ci", "f", "success"),
        run("ci", "g", "failure", attempt=3), run("ci", "h", "cancelled"),
    )  # fmt: skip
    outcome = measured(flaky_runs(plain(Runs, runs=made)))
    assert outcome.sample == 9
    assert outcome.value == 100 * 2 / 9


def test_nothing_ran() -> None:
    assert isinstance(flaky_runs(plain(Runs, runs=(run("ci", "a", "other"),))), NotApplicable)
