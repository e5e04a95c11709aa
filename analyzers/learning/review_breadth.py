"""How evenly the giving of reviews is spread over the team."""

from __future__ import annotations

from collections import Counter
from math import log

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequests


@check(
    CheckSpec(
        id="LEA-005",
        stage=Stage.LEARNING,
        practice="mentoring",
        question="Do many people give reviews, or only a few?",
        rationale="Reading others' changes is how most engineers learn a system; those who never review learn only their corner.",
        scale=Scale(
            "% of full evenness",
            ((0, 0), (40, 40), (60, 65), (80, 92), (90, 100)),
            (ours("Shannon entropy of review-giving over its maximum; perfectly even is neither possible nor needed"),),
            sample=20,
        ),
        remedy="Ask every member for reviews in turn, newcomers included.",
        effort=Effort(1),
    )
)
def review_breadth(changes: ChangeRequests) -> Outcome:
    """Normalised Shannon entropy (0 to 100 %) of reviews given to others' merged changes in 365 d, over the regular members.

    A regular member reviewed at least once or had three or more changes merged.
    """
    given: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for r in changes.merged():
        written[r.person] += 1
        given.update({v.person for v in r.reviews if not v.bot and v.person != r.person})
    members = set(given) | {person for person, count in written.items() if count >= 3}
    if len(members) < 3:
        return NotApplicable(f"too few regular members for a spread: {len(members)}")
    total = given.total()
    entropy = sum(n / total * log(total / n) for n in given.values())
    return Measured(
        100 * entropy / log(len(members)) if total else 0.0,
        f"{total} reviews were given by {len(given)} of {len(members)} regular members",
        sample=sum(written.values()),
        window_days=365,
    )
