"""Whether each figure the company steers by has an owner and a target."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement


@check(
    CheckSpec(
        id="MEA-006",
        stage=Stage.MEASUREMENT,
        practice="measured",
        question="Does every figure that technology is steered by have an owner and a target?",
        rationale="A figure without owner is decoration; one without target cannot be missed.",
        scale=Scale(
            "% of KPIs", ((0, 0), (50, 45), (80, 75), (100, 100)), (ours("every declared figure needs both"),), sample=3
        ),
        remedy="Give every KPI an owner and a target, and drop those nobody wants.",
        effort=Effort(1),
    )
)
def kpi_completeness(engagement: Engagement) -> Outcome:
    """Share (0 to 100 %) of declared KPIs with owner and target."""
    if not engagement.kpis:
        return Unknown(Why.NOT_ANSWERED, "no KPIs are declared", "declare the KPIs in the engagement file")
    open_ = [k for k in engagement.kpis if not (k.owner and k.target)]
    places = tuple(Place(f"KPI {k.name} lacks owner or target", Severity.INFO, anchor=k.name) for k in open_[:200])
    total = len(engagement.kpis)
    return Measured(
        percent(total - len(open_), total),
        f"{total - len(open_)} of {total} declared KPIs have owner and target",
        sample=total,
        basis=Basis.DECLARED,
        places=places,
        certainty=0.75,
    )
