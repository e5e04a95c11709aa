"""How much of the work is on the systems that matter most."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement
from scanner.facts.history import CommitActivity


@check(
    CheckSpec(
        id="GOA-009",
        stage=Stage.GOALS,
        practice="directed",
        question="Does most of the work go into the systems the business depends on?",
        rationale="Effort spread over marginal systems is money that does not serve the goals.",
        scale=Scale(
            "% of human commits",
            ((0, 0), (20, 45), (50, 80), (70, 100)),
            (ours("critical systems should draw the larger part of the work, yet experiments need room"),),
            sample=30,
        ),
        remedy="Review each quarter which systems the work went into, and move people to the critical ones.",
        effort=Effort(1.0),
        weight=0.5,
    )
)
def effort_focus(engagement: Engagement, activity: Across[CommitActivity]) -> Outcome:
    """Share (0 to 100 %) of the human commits of 90 days in repositories of systems of criticality 1 or 2."""
    if not engagement.systems:
        return Unknown(Why.NOT_ANSWERED, "no system is declared", "declare the systems in the engagement file")
    patterns = tuple(p for s in engagement.systems if s.criticality <= 2 for p in s.repos)
    inside = [fact.commits_90_days for subject, fact in activity if subject.matches(patterns)]
    total = sum(fact.commits_90_days for _, fact in activity)
    if not inside or len(inside) == len(activity.known):
        return NotApplicable("the scanned repositories do not differ in declared criticality")
    if not total:
        return NotApplicable("no human commit in 90 days")
    return Measured(
        percent(sum(inside), total),
        f"{sum(inside)} of {total} human commits went into {len(inside)} repositories of critical systems",
        sample=total,
        window_days=90,
        basis=Basis.INFERRED,
        certainty=0.7,
    )
