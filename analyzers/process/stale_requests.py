"""How much started work lies open."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequests

STALE_DAYS = 30


@check(
    CheckSpec(
        id="PRO-019",
        stage=Stage.PROCESS,
        practice="flow",
        question="How many of the open change requests are older than 30 days?",
        rationale="Open changes are paid work that earns nothing, and each week makes them harder to merge.",
        scale=Scale(
            "% of open change requests",
            ((0, 100), (15, 85), (40, 55), (70, 25), (100, 0)),
            (ours("a month is longer than any change should live; a few long ones are ordinary"),),
            sample=5,
        ),
        remedy="Merge, hand over or close each old change request, and limit how many may be open at a time.",
        effort=Effort(1, each=0.5, per="repository"),
    )
)
def stale_requests(changes: ChangeRequests) -> Outcome:
    """Share (0 to 100 %) of open change requests opened over 30 days ago; bots' listed ones and drafts are left out."""
    listed = [r for r in changes.requests if r.merged_at is None and r.closed_at is None]
    counted = [r for r in listed if not r.bot and not r.draft]
    # What is open but was not updated in the window of the listing is older than the window.
    untouched = max(0, changes.open_total - len(listed)) if changes.window_days >= STALE_DAYS else 0
    total = len(counted) + untouched
    if not total:
        return NotApplicable("no change request is open")
    before = changes.as_of - timedelta(days=STALE_DAYS)
    stale = untouched + sum(r.created_at < before for r in counted)
    because = f"{stale} of {total} open change requests are older than {STALE_DAYS} days"
    return Measured(percent(stale, total), because, sample=total)
