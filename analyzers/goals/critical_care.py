"""How many critical systems have an owner and living repositories."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement
from scanner.facts.history import CommitActivity


@check(
    CheckSpec(
        id="GOA-008",
        stage=Stage.GOALS,
        practice="directed",
        question="Has every business-critical system an owner and somebody working on it?",
        rationale="What stops the business when it stops must not depend on code that nobody has touched or answers for.",
        scale=Scale(
            "% of critical systems",
            ((0, 0), (50, 30), (80, 65), (100, 100)),
            (ours("each exception is a system that stops the business, so one in five already costs a third"),),
            sample=1,
        ),
        remedy="Name an owner for each critical system and plan upkeep for the dormant ones.",
        effort=Effort(0.5, each=1.0, per="finding"),
        weight=2.0,
    )
)
def critical_care(engagement: Engagement, activity: Across[CommitActivity]) -> Outcome:
    """Share (0 to 100 %) of systems of criticality 1 or 2 with a declared owner and a human commit in 365 days.

    Systems none of whose repositories could be read are left out.
    """
    critical = [s for s in engagement.systems if s.criticality <= 2]
    if not engagement.systems:
        return Unknown(Why.NOT_ANSWERED, "no system is declared", "declare the systems in the engagement file")
    if not critical:
        return NotApplicable("no system is declared critical")
    places: list[Place] = []
    judged = 0
    for system in critical:
        own = [(subject, fact) for subject, fact in activity if subject.matches(system.repos)]
        if not own:
            continue
        judged += 1
        faults = [] if system.owner else ["has no owner"]
        if not any(fact.commits_365_days for _, fact in own):
            faults.append("had no human commit in a year")
        if faults:
            message = f"critical system {system.name} {' and '.join(faults)}"
            places.append(Place(message, Severity.HIGH, anchor=system.name, subject=own[0][0]))
    if not judged:
        return Unknown(Why.NOT_ANSWERED, "no critical system has a scanned repository", "name its repositories")
    return Measured(
        percent(judged - len(places), judged),
        f"{judged - len(places)} of {judged} critical systems have an owner and commits within a year",
        sample=judged,
        window_days=365,
        places=tuple(places[:200]),
        certainty=0.9,
    )
