"""How late milestones are when they close."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import days, median
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Milestones


@check(
    CheckSpec(
        id="STR-006",
        stage=Stage.STRATEGY,
        practice="direction",
        question="Are milestones reached near the date they were promised for?",
        rationale="What the plan promised last year is the best forecast of what this year's plan is worth.",
        scale=Scale(
            "days late (median)",
            ((0, 100), (7, 85), (30, 55), (90, 20), (180, 0)),
            (ours("a week is noise, a month moves a quarter's plan, a quarter makes the plan worthless"),),
            sample=5,
        ),
        remedy="Re-plan open milestones by the slippage of the last ones, and cut scope rather than move dates.",
        effort=Effort(1.0),
    )
)
def milestone_slippage(milestones: Milestones) -> Outcome:
    """Median days from due date to closing over the milestones closed in 365 days; negative when early."""
    since = milestones.as_of - timedelta(days=365)
    late = [
        days(m.closed_at - m.due_on)
        for m in milestones.milestones
        if m.due_on is not None and m.closed_at is not None and since < m.closed_at <= milestones.as_of
    ]
    if not late:
        return NotApplicable("no dated milestone was closed in a year")
    return Measured(
        median(late),
        f"the median of {counted(len(late), 'closed milestone')} lay {counted(round(median(late)), 'day')} after its date",
        sample=len(late),
        window_days=365,
    )
