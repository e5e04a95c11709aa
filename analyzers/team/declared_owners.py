"""How much of the code has a declared owner."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitActivity
from scanner.facts.tree import Ownership


@check(
    CheckSpec(
        id="TEA-012",
        stage=Stage.TEAM,
        practice="balance",
        question="Does the code say who answers for it?",
        rationale="Declared owners are asked for review, are told of faults, and are missed when they leave.",
        scale=Scale(
            "% of product files",
            ((0, 10), (50, 55), (80, 85), (95, 100)),
            (ours("scripts and examples need no owner, so full points from 95 %"),),
        ),
        remedy="Add a CODEOWNERS file that names a team for every top directory.",
        effort=Effort(0.0, each=0.25, per="repository"),
    )
)
def declared_owners(ownership: Ownership, activity: CommitActivity) -> Outcome:
    """Share (0 to 100 %) of product files that a CODEOWNERS rule covers; asked where three or more people work."""
    if activity.people_365_days < 3:
        return NotApplicable("fewer than three people worked here in a year, so owners are plain")
    if not ownership.files:
        return NotApplicable("there are no product files")
    if not ownership.present:
        return Measured(0, "there is no CODEOWNERS file")
    return Measured(
        percent(ownership.files_owned, ownership.files),
        f"{ownership.path} covers {ownership.files_owned} of {ownership.files} product files",
    )
