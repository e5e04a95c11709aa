"""Whether the roadmap is there and current."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import age_days
from scanner.core.outcomes import Basis, Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.engagement import Moment
from scanner.facts.tree import Documents


@check(
    CheckSpec(
        id="STR-005",
        stage=Stage.STRATEGY,
        practice="direction",
        question="Is there a roadmap beside the code, and is it current?",
        rationale="A plan that nobody updates is not followed; no plan at all means that the next step is improvised.",
        scale=Scale(
            "grade (0 none, 1 older than a year, 2 within a year, 3 within half a year)",
            ((0, 0), (1, 40), (2, 75), (3, 100)),
            (ours("plans change with the business at least twice a year"),),
        ),
        remedy="Keep a roadmap of the next two quarters beside the code and review it monthly.",
        effort=Effort(2.0),
    )
)
def roadmap_freshness(documents: Across[Documents], moment: Moment) -> Outcome:
    """Grade 0 to 3 by the newest change of a roadmap document in the estate; a proxy, as planning tools are not read."""
    roadmaps = [d for _, fact in documents for d in fact.of("roadmap")]
    if not roadmaps:
        return Measured(
            0,
            f"none of {len(documents.known)} repositories holds a roadmap (planning tools are not read)",
            basis=Basis.INFERRED,
            certainty=0.4,
        )
    ages = [age_days(d.last_changed_at, moment.as_of) for d in roadmaps if d.last_changed_at is not None]
    if not ages:
        return Unknown(Why.UNSUPPORTED, "history does not tell when the roadmap changed", "a full clone")
    age = min(ages)
    return Measured(
        3 if age <= 182 else 2 if age <= 365 else 1,
        f"the newest roadmap changed {counted(round(max(0, age)), 'day')} ago",
    )
