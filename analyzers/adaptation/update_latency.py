"""How fast proposed updates are taken."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import age_days, percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequests

GRACE_DAYS = 14


@check(
    CheckSpec(
        id="ADA-004",
        stage=Stage.ADAPTATION,
        practice="quick",
        question="Are the updates that bots propose merged within two weeks?",
        rationale="Proposals that pile up are noise, and the bot's work is wasted.",
        scale=Scale(
            "% of proposals",
            ((0, 0), (30, 45), (60, 75), (90, 100)),
            (ours("two weeks leave time for one release cycle; a tenth may need work"),),
            sample=8,
        ),
        remedy="Merge low-risk updates automatically when the pipeline is green, and look at the rest each week.",
        effort=Effort(1, each=0.25, per="repository"),
        controls=("SSDF RV.2",),
    )
)
def update_latency(changes: ChangeRequests) -> Outcome:
    """Share (0 to 100 %) of bots' change requests, opened 14 to 365 days ago and not declined, merged within 14 days."""
    ours_to_take = [
        r
        for r in changes.requests
        if r.bot
        and r.to_default
        and GRACE_DAYS <= age_days(r.created_at, changes.as_of) <= 365
        and (r.merged_at is not None or r.closed_at is None)
    ]
    if not ours_to_take:
        return NotApplicable("no bot proposed a change that was open or merged in 365 days")
    quick = [r for r in ours_to_take if r.merged_at is not None and age_days(r.created_at, r.merged_at) <= GRACE_DAYS]
    return Measured(
        percent(len(quick), len(ours_to_take)),
        f"{len(quick)} of {len(ours_to_take)} bots' proposals were merged within {GRACE_DAYS} days (declined and replaced ones left out)",
        sample=len(ours_to_take),
        window_days=365,
    )
