"""How large a typical change is."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import median
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import ChangeRequests

SMARTBEAR = Source(
    Rank.SECONDARY, "SmartBear, Best Practices for Code Review: review fewer than 400 lines of code at a time"
)


@check(
    CheckSpec(
        id="PRO-018",
        stage=Stage.PROCESS,
        practice="flow",
        question="How many lines does a typical change touch?",
        rationale="Small changes are read properly, conflict rarely and are easy to undo.",
        scale=Scale(
            "lines (median)",
            ((60, 100), (100, 92), (200, 78), (400, 55), (1000, 20), (2000, 0)),
            (SMARTBEAR, ours("the limit for one review is where the typical change becomes too large")),
            sample=10,
        ),
        remedy="Split work into steps that can be merged alone, hidden behind a flag where they are not yet ready.",
        effort=Effort(2, each=0.25, per="repository"),
    )
)
def batch_size(changes: ChangeRequests) -> Outcome:
    """Median of added plus deleted lines (0 and up) of people's changes merged in 90 days."""
    lines = [r.additions + r.deletions for r in changes.recent()]
    if not lines:
        return NotApplicable("nothing was merged in 90 days")
    because = f"half of {counted(len(lines), 'merged change')} touched at most {counted(round(median(lines)), 'line')}"
    return Measured(median(lines), because, sample=len(lines), window_days=90)
