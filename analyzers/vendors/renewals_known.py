"""Whether the company knows when its contracts renew."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement, Moment


@check(
    CheckSpec(
        id="VEN-002",
        stage=Stage.VENDORS,
        practice="known",
        question="For how many vendors is the next renewal known?",
        rationale="Contracts that renew unseen bind for another year at a price that nobody compared.",
        scale=Scale(
            "% of declared vendors",
            ((0, 10), (50, 55), (80, 85), (100, 100)),
            (ours("vendors paid by use have no renewal, so a fifth without costs little"),),
            sample=3,
        ),
        remedy="Note each contract's next renewal, and set a reminder before its notice period.",
        effort=Effort(0.5, each=0.1, per="estate"),
    )
)
def renewals_known(engagement: Engagement, moment: Moment) -> Outcome:
    """Share (0 to 100 %) of declared vendors with a renewal date that is not past."""
    if not engagement.vendors:
        return Unknown(Why.NOT_ANSWERED, "no vendor is declared", "list the vendors in the engagement file")
    told = [v.renewal for v in engagement.vendors if v.renewal is not None]
    ahead = sum(date >= moment.as_of.date() for date in told)
    total = len(engagement.vendors)
    because = f"the next renewal is known for {ahead} of {total} vendors; {len(told) - ahead} dates are past"
    return Measured(percent(ahead, total), because, sample=total, basis=Basis.DECLARED, certainty=0.5)
