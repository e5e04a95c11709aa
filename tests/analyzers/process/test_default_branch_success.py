from analyzers.process.default_branch_success import default_branch_success
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Run, Runs
from tests.builders_checks_b import measured, plain


def runs(*made: tuple[str, str, str]) -> Runs:
    listed = tuple(plain(Run, branch=b, event=e, conclusion=c) for b, e, c in made)
    return plain(Runs, window_days=90, default_branch="main", runs=listed)


def test_forks_side_branches_and_cancelled_runs_are_left_out() -> None:
    outcome = measured(
        default_branch_success(
            runs(
                ("main", "push", "success"), ("main", "push", "success"), ("main", "schedule", "success"),
                ("main", "push", "failure"), ("main", "push", "cancelled"), ("main", "pull_request", "failure"),
                ("topic", "push", "failure"),
            )
        )
    )  # fmt: skip
    assert outcome.value == 75
    assert outcome.sample == 4


def test_no_runs_are_neither_green_nor_red() -> None:
    assert isinstance(default_branch_success(runs(("main", "push", "cancelled"))), NotApplicable)
