"""How long the default branch stays red."""

from __future__ import annotations

from itertools import groupby

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import days, median
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Runs

OF_CHANGE_REQUESTS = ("pull_request", "pull_request_target", "merge_request_event")


@check(
    CheckSpec(
        id="PRO-006",
        stage=Stage.PROCESS,
        practice="integration",
        question="When the default branch turns red, how long until it is green again?",
        rationale="While it is red, nothing can be released with confidence and new faults hide behind the old one.",
        scale=Scale(
            "hours (median)",
            ((1, 100), (4, 85), (24, 55), (72, 30), (168, 0)),
            (ours("red is put right within the half-day by a team that looks; a week means nobody does"),),
            sample=5,
        ),
        remedy="Agree that whoever turns the default branch red reverts or repairs at once, and alert them.",
        effort=Effort(1, each=0.25, per="repository"),
    )
)
def time_to_green(runs: Runs) -> Outcome:
    """Median hours (0 and up) from the first failed run of a workflow to its next success; unended ones last to as_of."""
    ended = sorted(
        (
            r
            for r in runs.runs
            if r.branch == runs.default_branch
            and r.event not in OF_CHANGE_REQUESTS
            and r.conclusion in ("success", "failure")
        ),
        key=lambda r: (r.workflow, r.finished_at, r.created_at),
    )
    if not ended:
        return NotApplicable(f"no pipeline run ended on the default branch in {runs.window_days} days")
    red, still_red = [], 0
    for _, of_workflow in groupby(ended, key=lambda r: r.workflow):
        since = None
        for run in of_workflow:
            if run.conclusion == "failure":
                since = since or run.finished_at
            elif since is not None:
                red.append(days(run.finished_at - since))
                since = None
        if since is not None:
            red.append(days(runs.as_of - since))
            still_red += 1
    if not red:
        return NotApplicable(f"none of {len(ended)} runs on the default branch failed")
    hours = 24 * median(red)
    because = f"{counted(len(red), 'red spell')}, half of them under {hours:.1f} hours; {still_red} not yet ended"
    return Measured(hours, because, sample=len(red), window_days=runs.window_days)
