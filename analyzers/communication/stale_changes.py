"""How many of the open change requests wait for ever."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequests


@check(
    CheckSpec(
        id="COM-007",
        stage=Stage.COMMUNICATION,
        practice="responsive",
        question="Are open change requests decided on within a quarter?",
        rationale="A change request that is open for a quarter is work paid for and not used, and an author without an answer.",
        scale=Scale(
            "% of open change requests",
            ((5, 100), (20, 75), (50, 40), (90, 5)),
            (ours("a few drafts of larger ideas may rest; half of the queue resting is a queue nobody reads"),),
            sample=5,
        ),
        remedy="Close or finish each change request that is older than 90 days.",
        effort=Effort(0.25, each=0.25, per="repository"),
    )
)
def stale_changes(changes: ChangeRequests) -> Outcome:
    """Share (0 to 100 %) of all open change requests that were opened over 90 days ago, drafts and bots' included."""
    if not changes.open_total:
        return NotApplicable("no change request is open")
    since = changes.as_of - timedelta(days=90)
    young = sum(1 for r in changes.requests if r.created_at > since and r.closed_at is None and r.merged_at is None)
    stale = max(0, changes.open_total - young)
    return Measured(
        percent(stale, changes.open_total),
        f"{stale} of {changes.open_total} open change requests were opened over 90 days ago",
        sample=changes.open_total,
        window_days=90,
    )
