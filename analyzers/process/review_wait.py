"""How long a change waits for the first look of another person."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import days, median
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import ChangeRequests

GOOGLE = Source(
    Rank.SECONDARY,
    "Google Engineering Practices, Speed of Code Reviews: one business day is the longest to wait for a first response",
    "https://google.github.io/eng-practices/review/reviewer/speed.html",
)


@check(
    CheckSpec(
        id="PRO-014",
        stage=Stage.PROCESS,
        practice="review",
        question="How long does a change wait for its first review?",
        rationale="While a change waits, its author starts another; slow reviews make changes large and work unfinished.",
        scale=Scale(
            "hours (median)",
            ((4, 100), (24, 80), (72, 45), (168, 20), (336, 0)),
            (GOOGLE, ours("clock hours, so a weekend counts; three days is where authors stop waiting")),
            sample=10,
        ),
        remedy="Agree on a first answer within a working day, and show waiting changes where the team looks.",
        effort=Effort(1, each=0.1, per="repository"),
    )
)
def review_wait(changes: ChangeRequests) -> Outcome:
    """Median hours from opening to the first review by another person, people's changes opened in 90 days."""
    since = changes.as_of - timedelta(days=90)
    asked = [r for r in changes.requests if not r.bot and r.to_default and since < r.created_at <= changes.as_of]
    waits = []
    for request in asked:
        seen = [
            v.at for v in request.reviews if not v.bot and v.person != request.person and v.at >= request.created_at
        ]
        if seen:
            waits.append(days(min(seen) - request.created_at))
    if not waits:
        return NotApplicable(f"none of {len(asked)} changes opened in 90 days was reviewed (PRO-001 judges that)")
    hours = 24 * median(waits)
    because = f"half of {counted(len(waits), 'reviewed change')} waited under {hours:.1f} hours; {len(asked) - len(waits)} had no review"
    return Measured(hours, because, sample=len(waits), window_days=90)
