"""Whether people review each other, or some only ever judge others."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequests

FEWEST_PAIRS = 3


@check(
    CheckSpec(
        id="LEA-011",
        stage=Stage.LEARNING,
        practice="mentoring",
        question="Do people who review each other's changes do so in both directions?",
        rationale="Who is only ever reviewed learns half of it: reading a senior's change teaches what no comment can.",
        scale=Scale(
            "% of pairs",
            ((0, 10), (25, 50), (50, 85), (70, 100)),
            (
                ours(
                    "newcomers begin by being reviewed only; when half of the pairs go both ways, review is an exchange"
                ),
            ),
            sample=6,
        ),
        remedy="Ask juniors to review the seniors' changes too, first beside somebody else.",
        effort=Effort(1),
        weight=0.5,
    )
)
def review_reciprocity(changes: ChangeRequests) -> Outcome:
    """Share (0 to 100 %) of pairs of people with a review between them who both reviewed and were reviewed, 365 d.

    Only pairs of people who both had a change merged: who writes nothing has nothing to be reviewed.
    """
    merged = changes.merged()
    authors = {r.person for r in merged}
    given = {
        (v.person, r.person)
        for r in merged
        for v in r.reviews
        if not v.bot and v.person != r.person and v.person in authors
    }
    pairs = {tuple(sorted(tie)) for tie in given}
    if len(pairs) < FEWEST_PAIRS:
        return NotApplicable(f"only {len(pairs)} pairs of authors reviewed each other's changes")
    both = sum((b, a) in given and (a, b) in given for a, b in pairs)
    return Measured(
        percent(both, len(pairs)),
        f"{both} of {len(pairs)} pairs of authors with a review between them reviewed in both directions",
        sample=len(pairs),
        window_days=365,
    )
