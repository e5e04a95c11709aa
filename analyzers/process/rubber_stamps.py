"""How often a large change is approved faster than it can be read."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Certainty, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequest, ChangeRequests

LARGE_LINES = 500
FASTEST = timedelta(minutes=5)
SMARTBEAR = Source(
    Rank.SECONDARY, "SmartBear, Best Practices for Code Review: under 500 lines of code an hour can be inspected"
)


@check(
    CheckSpec(
        id="PRO-015",
        stage=Stage.PROCESS,
        practice="review",
        question="How often is a large change approved within five minutes and without a word?",
        rationale="An approval that nobody had time to think about is a signature, not a second pair of eyes.",
        scale=Scale(
            "% of large approved changes",
            ((0, 100), (5, 85), (20, 55), (40, 25), (70, 0)),
            (SMARTBEAR, ours("pairs and mechanical changes explain a few; two of five means approval is a formality")),
            sample=5,
        ),
        remedy="Ask for small changes, and for the reviewer of a large one to say what was looked at.",
        effort=Effort(1, each=0.1, per="repository"),
    )
)
def rubber_stamps(changes: ChangeRequests) -> Outcome:
    """Share (0 to 100 %) of merged, approved changes over 500 lines with all approvals in 5 minutes, no comment; 365 days."""
    approved = [r for r in changes.merged() if r.additions + r.deletions > LARGE_LINES and _approvals(r)]
    if not approved:
        return NotApplicable(f"no change of more than {LARGE_LINES} lines was merged with an approval")
    stamped = [
        r
        for r in approved
        if not r.comments and not any(v.comments for v in r.reviews) and max(_approvals(r)) <= FASTEST
    ]
    places = tuple(
        Place(
            f"change request {r.number} of {r.additions + r.deletions} lines was approved within five minutes, no comment",
            Severity.LOW,
            commit=r.merge_commit,
            anchor=f"change request {r.number}",
            certainty=Certainty.MEDIUM,
        )
        for r in sorted(stamped, key=lambda r: (-(r.additions + r.deletions), r.number))[:200]
    )
    because = f"{len(stamped)} of {len(approved)} large approved changes were approved within five minutes, no comment"
    window = min(365, changes.window_days)
    return Measured(percent(len(stamped), len(approved)), because, len(approved), window, places=places)


def _approvals(r: ChangeRequest) -> list[timedelta]:
    return [v.at - r.created_at for v in r.reviews if v.state == "approved" and not v.bot and v.person != r.person]
