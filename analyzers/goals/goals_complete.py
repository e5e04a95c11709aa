"""How many of the stated goals say what is measured, how much, and by when."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement


@check(
    CheckSpec(
        id="GOA-001",
        stage=Stage.GOALS,
        practice="stated",
        question="Does every business goal state its metric, its target and its date?",
        rationale="A goal without a measure and a date can neither be missed nor reached, so no work can be weighed against it.",
        scale=Scale(
            "% of goals",
            ((0, 0), (50, 45), (80, 75), (100, 100)),
            (ours("metric, target and date are the checkable part of every SMART formula; four in five is workable"),),
            sample=3,
        ),
        remedy="Give each business goal a metric, a target value and a due date.",
        effort=Effort(1.0),
    )
)
def goals_complete(engagement: Engagement) -> Outcome:
    """Share (0 to 100 %) of the declared goals that have a metric, a target and a due date."""
    goals = engagement.goals
    if not goals:
        return Unknown(Why.NOT_ANSWERED, "the engagement file states no goal", "state the goals in the engagement file")
    complete = [g for g in goals if g.metric and g.target and g.due]
    return Measured(
        percent(len(complete), len(goals)),
        f"{len(complete)} of {len(goals)} goals have a metric, a target and a date",
        sample=len(goals),
        basis=Basis.DECLARED,
        certainty=0.75,
    )
