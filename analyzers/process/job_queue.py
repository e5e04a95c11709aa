"""How long a job waits for a machine."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percentile
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Runs


@check(
    CheckSpec(
        id="PRO-023",
        stage=Stage.PROCESS,
        practice="integration",
        question="How long does the slowest tenth of pipeline jobs wait for a machine?",
        rationale="Waiting for a machine is the part of the pipeline's time that money buys back at once.",
        scale=Scale(
            "minutes (90th percentile)",
            ((0.5, 100), (2, 85), (5, 62), (15, 30), (60, 0)),
            (ours("a hosted machine comes within a minute; five minutes are half of a ten-minute build"),),
            sample=10,
        ),
        remedy="Add machines at the busy hours, cancel runs that a newer commit overtook, and cache what jobs fetch.",
        effort=Effort(1, each=0.25, per="repository"),
        weight=0.5,
    )
)
def job_queue(runs: Runs) -> Outcome:
    """Minutes (90th percentile, R type 7) from a job's creation to its start, over the jobs of the newest runs that were read."""
    if not runs.runs:
        return NotApplicable(f"no pipeline run ended in {runs.window_days} days")
    read = [run.jobs for run in runs.runs if run.jobs is not None]
    if not read:
        return Unknown(Why.NOT_REQUESTED, "the jobs of the runs were not read", "a token that may read pipeline jobs")
    waits = [job.queued_seconds for jobs in read for job in jobs]
    if not waits:
        return NotApplicable("no job of the newest runs needed a machine")
    minutes = percentile(waits, 0.9) / 60
    because = f"nine of ten of {counted(len(waits), 'job')} in the newest {counted(len(read), 'run')} waited under {minutes:.1f} minutes"
    return Measured(minutes, because, sample=len(waits))
