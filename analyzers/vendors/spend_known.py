"""Whether the company knows what each vendor costs."""

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
        id="VEN-003",
        stage=Stage.VENDORS,
        practice="known",
        question="For how many vendors is the yearly spend known?",
        rationale="What is not known is not negotiated, not compared and not stopped.",
        scale=Scale(
            "% of declared vendors",
            ((0, 5), (50, 50), (80, 80), (100, 100)),
            (ours("a buyer asks for every figure; four of five is what books show without effort"),),
            sample=3,
        ),
        remedy="Take each vendor's spend of the last twelve months from the books, and note it in the register.",
        effort=Effort(1),
    )
)
def spend_known(engagement: Engagement) -> Outcome:
    """Share (0 to 100 %) of declared vendors with a yearly spend, zero included."""
    if not engagement.vendors:
        return Unknown(Why.NOT_ANSWERED, "no vendor is declared", "list the vendors in the engagement file")
    known, total = sum(v.spend_per_year is not None for v in engagement.vendors), len(engagement.vendors)
    because = f"the yearly spend is known for {known} of {total} declared vendors"
    return Measured(percent(known, total), because, sample=total, basis=Basis.DECLARED, certainty=0.5)
