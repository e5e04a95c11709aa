"""How often people merge their own change that nobody else looked at."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequests
from scanner.facts.history import CommitActivity


@check(
    CheckSpec(
        id="PRO-016",
        stage=Stage.PROCESS,
        practice="review",
        question="How often do people merge their own change without anyone else having looked at it?",
        rationale="Whoever can merge alone can break, leak or plant anything alone, by mistake or on purpose.",
        scale=Scale(
            "% of merged changes",
            ((0, 100), (5, 88), (20, 60), (50, 25), (90, 0)),
            (SCORECARD, ours("one emergency in twenty is normal; half means review is a matter of taste")),
            sample=10,
        ),
        remedy="Require an approval by another person before merging, with a logged way around it for emergencies.",
        effort=Effort(0.25, each=0.25, per="repository"),
        controls=("SSDF PW.7",),
    )
)
def self_merges(changes: ChangeRequests, activity: CommitActivity) -> Outcome:
    """Share (0 to 100 %) of merges in 90 days by the author with no review or comment of another person."""
    if activity.people_365_days < 2:
        return NotApplicable("one person works here, so nobody else could look")
    merged = changes.recent()
    if not merged:
        return NotApplicable("nothing was merged in 90 days")
    told = [r for r in merged if r.merged_by]
    if 2 * len(told) < len(merged):
        return Unknown(Why.UNSUPPORTED, f"who merged is on record for {len(told)} of {len(merged)} changes only")
    alone = sum(
        r.merged_by == r.person and not any(not v.bot and v.person != r.person for v in r.reviews) for r in told
    )
    because = f"{alone} of {len(told)} changes were merged by their own author with no review by anyone else"
    return Measured(percent(alone, len(told)), because, sample=len(told), window_days=90)
