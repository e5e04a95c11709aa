"""Whether critical systems have a stated recovery time and a stated bearable data loss."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement


@check(
    CheckSpec(
        id="RIS-003",
        stage=Stage.RISK,
        practice="continuity",
        question="Is it stated for every critical system how fast it must be back and how much data may be lost?",
        rationale="Without targets nobody knows whether the backups and the standby are enough.",
        scale=Scale(
            "% of critical systems",
            ((0, 0), (50, 40), (80, 75), (100, 100)),
            (ours("each critical system needs both targets"),),
        ),
        remedy="State recovery time and recovery point for each critical system with the business.",
        effort=Effort(1),
        controls=("ISO 27001:2022 A.5.30", "SOC 2 A1.2"),
    )
)
def recovery_targets(engagement: Engagement) -> Outcome:
    """Share (0 to 100 %) of declared systems of criticality 1 or 2 with both recovery time and recovery point."""
    if not engagement.systems:
        return Unknown(Why.NOT_ANSWERED, "no systems are declared", "declare the systems in the engagement file")
    critical = [s for s in engagement.systems if s.criticality <= 2]
    if not critical:
        return NotApplicable("no declared system is critical")
    open_ = [s for s in critical if s.rto_hours is None or s.rpo_hours is None]
    places = tuple(
        Place(f"system {s.name} has no complete recovery target", Severity.MEDIUM, anchor=s.name) for s in open_[:200]
    )
    stated = len(critical) - len(open_)
    return Measured(
        percent(stated, len(critical)),
        f"{stated} of {len(critical)} critical systems have recovery time and recovery point",
        basis=Basis.DECLARED,
        places=places,
        certainty=0.75,
    )
