"""Whether the company could leave its vendors."""

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
        id="VEN-005",
        stage=Stage.VENDORS,
        practice="concentration",
        question="For how many vendors is there a plan to leave?",
        rationale="Prices rise and vendors end; who has thought about leaving can negotiate and survive.",
        scale=Scale(
            "% of declared vendors",
            ((0, 10), (30, 50), (60, 80), (90, 100)),
            (ours("small and exchangeable vendors need no plan, so a third is ordinary"),),
            sample=3,
        ),
        remedy="For each vendor that would hurt, note how data gets out, what replaces it, and how long that takes.",
        effort=Effort(1, spread=3),
        controls=("ISO 27001:2022 A.5.23",),
    )
)
def exit_plans(engagement: Engagement) -> Outcome:
    """Share (0 to 100 %) of declared vendors with a stated exit plan."""
    if not engagement.vendors:
        return Unknown(Why.NOT_ANSWERED, "no vendor is declared", "list the vendors in the engagement file")
    planned, total = sum(bool(v.exit_plan.strip()) for v in engagement.vendors), len(engagement.vendors)
    because = f"{planned} of {total} declared vendors have an exit plan"
    return Measured(percent(planned, total), because, sample=total, basis=Basis.DECLARED, certainty=0.5)
