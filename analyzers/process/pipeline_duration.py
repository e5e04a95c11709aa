"""How long a change waits for its pipeline."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import median, percentile
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Runs

OF_CHANGES = ("push", "pull_request", "pull_request_target", "merge_group", "merge_request_event")
TEN_MINUTES = Source(Rank.SECONDARY, "K. Beck, Extreme Programming Explained, 2nd edition: the ten-minute build")


@check(
    CheckSpec(
        id="PRO-005",
        stage=Stage.PROCESS,
        practice="integration",
        question="How long does the slowest twentieth of pipeline runs take, queue included?",
        rationale="While the pipeline runs, people start other work; slow feedback makes large and late changes.",
        scale=Scale(
            "minutes (95th percentile)",
            ((5, 100), (10, 90), (20, 70), (40, 40), (90, 5)),
            (TEN_MINUTES, ours("ten minutes is the classic goal for the build; here the slowest runs are held to it")),
            sample=20,
        ),
        remedy="Cache dependencies, run jobs in parallel and move slow tests after the merge.",
        effort=Effort(3, each=1, per="repository"),
    )
)
def pipeline_duration(runs: Runs) -> Outcome:
    """95th percentile, in minutes, from creation to end of first attempts that changes set off and that ran to an end."""
    minutes = [
        (r.finished_at - r.created_at).total_seconds() / 60
        for r in runs.runs
        if r.event in OF_CHANGES
        and r.attempt <= 1  # a re-run keeps the first creation time
        and r.conclusion in ("success", "failure")
        and r.finished_at >= r.created_at
    ]
    if not minutes:
        return NotApplicable(f"no change set off a pipeline run that ended in {runs.window_days} days")
    slow = percentile(minutes, 0.95)
    because = f"of {counted(len(minutes), 'run')} set off by changes, 95 % ended within {slow:.0f} minutes, half within {median(minutes):.0f}"
    return Measured(slow, because, sample=len(minutes), window_days=runs.window_days)
