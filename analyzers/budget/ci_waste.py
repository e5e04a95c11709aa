"""How much pipeline time ends in nothing."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import days, percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import Runs


@check(
    CheckSpec(
        id="BUD-003",
        stage=Stage.BUDGET,
        practice="cost",
        question="Is pipeline time spent on runs that succeed?",
        rationale="Minutes of failed and cancelled runs are paid twice: by the bill and by the people who wait.",
        scale=Scale(
            "% of run time",
            ((8, 100), (20, 75), (40, 40), (80, 5)),
            (ours("finding faults is what pipelines are for, so some failure is healthy; two fifths is waste"),),
            sample=50,
        ),
        remedy="Mend flaky jobs, run quick checks first, and cancel superseded runs at once.",
        effort=Effort(0.5, each=1.0, per="repository"),
        weight=0.5,
    )
)
def ci_waste(runs: Runs) -> Outcome:
    """Run time of failed and cancelled runs ÷ run time of all completed runs, in % (0 to 100), queue time left out."""
    timed = [(r.conclusion, days(r.finished_at - r.started_at)) for r in runs.runs if r.finished_at > r.started_at]
    total = sum(span for _, span in timed)
    if not timed:
        return NotApplicable(f"no run took time in {runs.window_days} days")
    wasted = sum(span for conclusion, span in timed if conclusion in ("failure", "cancelled"))
    return Measured(
        percent(wasted, total),
        f"{wasted * 24:.1f} of {total * 24:.1f} hours of {len(timed)} runs ended in failure or were cancelled",
        sample=len(timed),
        window_days=runs.window_days,
    )
