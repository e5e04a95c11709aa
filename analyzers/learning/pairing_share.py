"""How much is written by two people together."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitActivity, Contributors


@check(
    CheckSpec(
        id="LEA-006",
        stage=Stage.LEARNING,
        practice="mentoring",
        question="Is part of the code written by two people together?",
        rationale="Writing together passes on what no review shows.",
        scale=Scale(
            "% of commits",
            ((0, 35), (2, 60), (5, 80), (10, 92), (20, 100)),
            (ours("a weak signal: many pairs leave no trailer, and pairing is one way among several"),),
            sample=50,
        ),
        remedy="Pair on the hardest task of each week and record both authors.",
        effort=Effort(1),
        weight=0.5,
    )
)
def pairing_share(contributors: Contributors, activity: CommitActivity) -> Outcome:
    """Share (0 to 100 %) of the year's commits that name a second human author (a proxy for pairing)."""
    if activity.people_365_days < 2:
        return NotApplicable("fewer than two people committed in 365 days")
    if not activity.commits_365_days:
        return NotApplicable("nothing was committed in 365 days")
    paired = min(contributors.paired_commits_365_days, activity.commits_365_days)
    return Measured(
        percent(paired, activity.commits_365_days),
        f"{paired} of {activity.commits_365_days} commits name a second author (a proxy: unrecorded pairs are not seen)",
        sample=activity.commits_365_days,
        window_days=365,
        basis=Basis.INFERRED,
        certainty=0.6,
    )
