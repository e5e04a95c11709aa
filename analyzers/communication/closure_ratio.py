"""Whether changes are finished as fast as they are begun."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import ChangeRequests


@check(
    CheckSpec(
        id="COM-006",
        stage=Stage.COMMUNICATION,
        practice="responsive",
        question="Are change requests closed as fast as they are opened?",
        rationale="When more is opened than closed, proposals pile up and their authors wait for an answer that never comes.",
        scale=Scale(
            "% closed of opened",
            ((0, 0), (50, 30), (80, 70), (100, 100)),
            (
                Source(
                    Rank.PRIMARY,
                    "CHAOSS, change request closure ratio (the measure; it sets no threshold)",
                    "https://chaoss.community/kb/metric-change-request-closure-ratio/",
                ),
                ours("at 100 % the queue does not grow; at half of it, it doubles what is open every few months"),
            ),
            sample=10,
        ),
        remedy="Limit open change requests per person and decide on the oldest ones each week.",
        effort=Effort(0.5, each=0.25, per="repository"),
    )
)
def closure_ratio(changes: ChangeRequests) -> Outcome:
    """People's change requests closed or merged in 90 days ÷ those opened in 90 days, in %; may exceed 100."""
    since = changes.as_of - timedelta(days=90)
    people = [r for r in changes.requests if not r.bot]
    opened = sum(1 for r in people if since < r.created_at <= changes.as_of)
    ends = [r.merged_at or r.closed_at for r in people]
    closed = sum(1 for at in ends if at is not None and since < at <= changes.as_of)
    if not opened:
        return NotApplicable("nobody opened a change request in 90 days")
    return Measured(
        percent(closed, opened),
        f"{counted(closed, 'change request')} closed while {opened} opened",
        sample=opened,
        window_days=90,
    )
