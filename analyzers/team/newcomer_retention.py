"""How many of the people who joined are still there."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import age_days, percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import Contributors


@check(
    CheckSpec(
        id="TEA-006",
        stage=Stage.TEAM,
        practice="continuity",
        question="Do people who joined within the year stay?",
        rationale="Newcomers who leave within the year cost their training and tell what the place is like.",
        scale=Scale(
            "% of newcomers",
            ((0, 0), (40, 45), (70, 80), (90, 100)),
            (ours("fixed-term work ends by plan, so one in ten may go; half of them leaving is a warning"),),
            sample=5,
        ),
        remedy="Ask those who left and those who stayed why, and mend onboarding first.",
        effort=Effort(3.0),
    )
)
def newcomer_retention(contributors: Across[Contributors]) -> Outcome:
    """Share (0 to 100 %) of people whose first commit is 90 to 365 days old who committed in the last 90 days.

    Passers-by with fewer than 5 commits are left out.
    """
    first: dict[str, datetime] = {}
    ever: Counter[str] = Counter()
    recent: Counter[str] = Counter()
    for _, fact in contributors:
        for person in fact.people:
            first[person.person] = min(person.first_at, first.get(person.person, person.first_at))
            ever[person.person] += person.commits_all
            recent[person.person] += person.commits_90_days
    as_of = max(fact.as_of for _, fact in contributors)
    joined = [p for p, at in first.items() if 90 <= age_days(at, as_of) < 365 and ever[p] >= 5]
    if not joined:
        return NotApplicable("nobody with five commits joined between 90 and 365 days ago")
    stayed = sum(1 for person in joined if recent[person])
    return Measured(
        percent(stayed, len(joined)),
        f"{stayed} of {len(joined)} people with five commits or more, the first 90 to 365 days ago, committed in the last 90 days",
        sample=len(joined),
        window_days=365,
        basis=Basis.INFERRED,
        certainty=0.7,
    )
