"""How well the default branch is protected by rules."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, Outcome, Place, Severity
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.forge import BranchProtection
from scanner.facts.history import CommitActivity


@check(
    CheckSpec(
        id="PRO-017",
        stage=Stage.PROCESS,
        practice="review",
        question="How well do rules protect the default branch?",
        rationale="Review and tests are habits until the forge enforces them; then they hold on the worst day too.",
        scale=Scale(
            "% of rule weight",
            ((0, 0), (40, 45), (65, 65), (85, 88), (100, 100)),
            (
                SCORECARD,
                ours("no forced push or deletion weighs 40, an approval 25, a status check 20, binding admins 15"),
            ),
        ),
        remedy="Protect the default branch: no forced push or deletion, one approval, green checks, admins included.",
        effort=Effort(0.1, each=0.1, per="repository"),
        weight=2.0,
        controls=("OSPS-AC-03.01", "OSPS-AC-03.02", "ISO 27001:2022 A.8.4"),
    )
)
def branch_protection(protection: BranchProtection, activity: CommitActivity) -> Outcome:
    """Weighted share (0 to 100 %) of rules in force on the default branch; no approval is asked of a lone author."""
    rules = [
        ("no forced push or deletion", 40, not (protection.allows_force_push or protection.allows_deletion)),
        ("green status checks", 20, protection.required_status_checks > 0),
        ("rules bind admins", 15, protection.binds_admins),
    ]
    if activity.people_365_days != 1:
        rules.append(("an approval", 25, protection.required_approvals > 0))
    kept = sum(weight for _, weight, holds in rules if protection.protected and holds)
    missing = [name for name, _, holds in rules if not (protection.protected and holds)]
    if not missing:
        because = "every rule asked for is in force on the default branch"
    elif protection.protected:
        because = f"rules missing on the default branch: {', '.join(missing)}"
    else:
        because = "the default branch is not protected"
    bare = Place("the default branch is not protected", Severity.MEDIUM, anchor="default branch")
    places = () if protection.protected else (bare,)
    return Measured(percent(kept, sum(weight for _, weight, _ in rules)), because, places=places)
