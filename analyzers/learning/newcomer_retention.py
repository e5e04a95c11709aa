"""Whether newcomers stay."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import age_days, days, percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import Contributors


@check(
    CheckSpec(
        id="LEA-002",
        stage=Stage.LEARNING,
        practice="onboarding",
        question="Do people who joined still contribute half a year later?",
        rationale="Whoever leaves within half a year cost an introduction and took what they learnt along.",
        scale=Scale(
            "% of newcomers",
            ((0, 0), (40, 35), (60, 60), (80, 90), (90, 100)),
            (ours("four of five is good for employees; contractors and guests lower it"),),
            sample=5,
        ),
        remedy="Ask those who left early why, and give each newcomer a named guide for the first three months.",
        effort=Effort(2),
    )
)
def newcomer_retention(contributors: Across[Contributors]) -> Outcome:
    """Share (0 to 100 %) of people with 5 or more commits, first seen 180 to 545 days ago, who were active 180 days later."""
    first: dict[str, datetime] = {}
    last: dict[str, datetime] = {}
    commits: Counter[str] = Counter()
    for _, each in contributors:
        for p in each.people:
            first[p.person] = min(p.first_at, first.get(p.person, p.first_at))
            last[p.person] = max(p.last_at, last.get(p.person, p.last_at))
            commits[p.person] += p.commits_all
    as_of = max(c.as_of for _, c in contributors)
    joined = [person for person, at in first.items() if 180 <= age_days(at, as_of) <= 545 and commits[person] >= 5]
    if not joined:
        return NotApplicable("nobody joined with five or more commits between 180 and 545 days ago")
    stayed = [person for person in joined if days(last[person] - first[person]) >= 180]
    return Measured(
        percent(len(stayed), len(joined)),
        f"{len(stayed)} of {len(joined)} people who joined 180 to 545 days ago and made five commits or more were still active 180 days after their first",
        sample=len(joined),
        window_days=545,
    )
