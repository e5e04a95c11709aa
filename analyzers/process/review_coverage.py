"""How much of what is merged was approved by a second person."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequests


@check(
    CheckSpec(
        id="PRO-001",
        stage=Stage.PROCESS,
        practice="review",
        question="Is every change approved by someone other than its author before it is merged?",
        rationale="Unreviewed changes concentrate knowledge and let defects and malice through.",
        scale=Scale(
            "% of merged changes",
            ((0, 0), (50, 40), (80, 75), (95, 100)),
            (SCORECARD, ours("a few emergency merges are normal, so full points from 95 %")),
            sample=10,
        ),
        remedy="Require one approval by another person on the default branch.",
        effort=Effort(0.25, each=0.25, per="repository"),
        weight=2.0,
        controls=("SLSA source L4", "OSPS-QA-07.01", "SSDF PW.7"),
    )
)
def review_coverage(changes: ChangeRequests) -> Outcome:
    """Share (0 to 100 %) of people's change requests merged in 90 days with an approval by another person."""
    merged = changes.recent()
    if not merged:
        return NotApplicable(f"nothing was merged in {changes.window_days} days")
    reviewed = [
        r
        for r in merged
        if any(
            v.state == "approved" and not v.bot and v.person != r.person and r.merged_at and v.at <= r.merged_at
            for v in r.reviews
        )
    ]
    return Measured(
        percent(len(reviewed), len(merged)),
        f"{len(reviewed)} of {len(merged)} merged changes had an approval by another person",
        sample=len(merged),
        window_days=90,
    )
