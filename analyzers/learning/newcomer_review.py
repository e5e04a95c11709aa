"""Whether newcomers' first changes get a person's answer."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import age_days, percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequest, ChangeRequests


@check(
    CheckSpec(
        id="LEA-004",
        stage=Stage.LEARNING,
        practice="mentoring",
        question="Does a person review the first change of every newcomer?",
        rationale="The first review is the first lesson, and the first sign of being welcome.",
        scale=Scale(
            "% of newcomers",
            ((0, 0), (50, 40), (80, 75), (100, 100)),
            (ours("each unanswered first change is a lesson not given"),),
            sample=4,
        ),
        remedy="Name each week who answers first changes.",
        effort=Effort(1),
    )
)
def newcomer_review(changes: ChangeRequests) -> Outcome:
    """Share (0 to 100 %) of newcomers whose first change was reviewed by another person.

    A newcomer is an author not seen in the first 90 days of the window (a proxy); changes younger than 7 days wait.
    """
    first: dict[str, ChangeRequest] = {}
    for r in changes.requests:
        if not r.bot and (r.person not in first or r.created_at < first[r.person].created_at):
            first[r.person] = r
    newest_first = changes.window_days - 90
    opening = [r for r in first.values() if 7 <= age_days(r.created_at, changes.as_of) <= newest_first]
    if not opening:
        return NotApplicable("no first change by a newcomer is seen in the window")
    answered = [r for r in opening if any(not v.bot and v.person != r.person for v in r.reviews)]
    return Measured(
        percent(len(answered), len(opening)),
        f"{len(answered)} of {len(opening)} newcomers (a proxy: not seen in the first 90 days) had their first change reviewed",
        sample=len(opening),
        window_days=newest_first,
        basis=Basis.INFERRED,
        certainty=0.7,
    )
