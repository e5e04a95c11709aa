"""How many open milestones are past their date."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import Milestones


@check(
    CheckSpec(
        id="STR-007",
        stage=Stage.STRATEGY,
        practice="direction",
        question="Are the dates of open milestones still in the future?",
        rationale="Overdue milestones that nobody moves or drops show that the plan is no longer consulted.",
        scale=Scale(
            "% of open dated milestones",
            ((0, 100), (20, 70), (50, 35), (100, 0)),
            (ours("one overdue milestone in five is a plan in motion; half of them is a plan forgotten"),),
            sample=3,
        ),
        remedy="Close, move or drop each overdue milestone.",
        effort=Effort(0.25, each=0.1, per="finding"),
        weight=0.5,
    )
)
def overdue_milestones(milestones: Milestones) -> Outcome:
    """Share (0 to 100 %) of open milestones with a due date whose date has passed."""
    open_ones = [m for m in milestones.milestones if m.due_on is not None and m.closed_at is None]
    if not open_ones:
        return NotApplicable("there is no open milestone with a date")
    late = sorted(m.title for m in open_ones if m.due_on is not None and m.due_on < milestones.as_of)
    return Measured(
        percent(len(late), len(open_ones)),
        f"{len(late)} of {len(open_ones)} open milestones are past their date",
        sample=len(open_ones),
        places=tuple(Place(f"milestone {title} is overdue", Severity.LOW, anchor=title) for title in late[:200]),
    )
