"""How many of the cost figures of technology the company can state."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Basis, Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement


@check(
    CheckSpec(
        id="BUD-002",
        stage=Stage.BUDGET,
        practice="cost",
        question="Can the company state what its technology costs?",
        rationale="A company that cannot state its cloud bill, tool cost and day rate cannot weigh any technical investment.",
        scale=Scale(
            "figures stated (of 4)",
            ((0, 0), (1, 30), (2, 55), (3, 80), (4, 100)),
            (ours("cloud, tools, day rate and repair budget are what a plan of investment is computed from"),),
        ),
        remedy="State cloud cost, tool cost, day rate and remediation budget in the engagement file.",
        effort=Effort(0.5),
    )
)
def cost_figures(engagement: Engagement) -> Outcome:
    """How many of four figures are declared: cloud cost, tool cost, day rate, remediation budget (1 to 4)."""
    money = engagement.money
    figures = {
        "cloud cost": money.cloud_per_month,
        "tool cost": money.tools_per_month,
        "day rate": money.day_rate,
        "remediation budget": money.remediation_budget,
    }
    told = [name for name, value in figures.items() if value is not None]
    if not told:
        return Unknown(Why.NOT_ANSWERED, "no cost figure was told", "state the money figures in the engagement file")
    return Measured(
        len(told),
        f"{len(told)} of 4 figures were told: {', '.join(told)}",
        basis=Basis.DECLARED,
        certainty=0.75,
    )
