"""How much of the revenue the infrastructure eats."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement


@check(
    CheckSpec(
        id="BUD-001",
        stage=Stage.BUDGET,
        practice="cost",
        question="Is the cloud bill in proportion to the revenue?",
        rationale="Infrastructure is the largest technical part of the cost of goods sold: its share decides the gross margin.",
        scale=Scale(
            "% of revenue",
            ((8, 100), (15, 75), (25, 40), (50, 5)),
            (ours("8 to 15 % is the range usually quoted for software services; above a quarter the margin is gone"),),
        ),
        remedy="Review the five largest cost items, switch off what idles and reserve what runs all year.",
        effort=Effort(5.0),
        weight=1.5,
    )
)
def cloud_cost_share(engagement: Engagement) -> Outcome:
    """Cloud cost of twelve months ÷ yearly revenue, in %, both as declared."""
    money = engagement.money
    if money.cloud_per_month is None or money.revenue_per_year is None:
        missing = "cloud_per_month" if money.cloud_per_month is None else "revenue_per_year"
        return Unknown(Why.NOT_ANSWERED, f"{missing} was not told", f"state money.{missing} in the engagement file")
    if money.revenue_per_year <= 0:
        return NotApplicable("there is no revenue yet to compare the bill with")
    share = percent(12 * money.cloud_per_month, money.revenue_per_year)
    return Measured(
        share,
        f"12 × {money.cloud_per_month:g} {money.currency} a month is {share:.1f} % of the yearly revenue",
        basis=Basis.DECLARED,
        certainty=0.75,
    )
