"""How many merged changes are linked to an issue."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequests


@check(
    CheckSpec(
        id="GOA-005",
        stage=Stage.GOALS,
        practice="traced",
        question="Is each merged change linked to the issue that asked for it?",
        rationale="The link from change to issue is what lets effort be counted by goal.",
        scale=Scale(
            "% of merged changes",
            ((0, 0), (25, 40), (60, 75), (85, 100)),
            (ours("upkeep without a ticket is normal up to one change in seven, so full points from 85 %"),),
            sample=10,
        ),
        remedy="Ask for a linked issue in the change-request template.",
        effort=Effort(0.25, each=0.1, per="repository"),
        weight=1.5,
    )
)
def linked_changes(changes: ChangeRequests) -> Outcome:
    """Share (0 to 100 %) of people's change requests merged in 90 days that link at least one issue."""
    merged = changes.recent()
    if not merged:
        return NotApplicable("no change request of a person was merged in 90 days")
    linked = sum(1 for r in merged if r.linked_issues > 0)
    return Measured(
        percent(linked, len(merged)),
        f"{linked} of {len(merged)} merged changes link an issue",
        sample=len(merged),
        window_days=90,
    )
