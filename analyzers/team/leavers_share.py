"""How much of what was built was built by people who are gone."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import age_days, percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import Contributors

HALF_LIFE_DAYS = 3 * 365


@check(
    CheckSpec(
        id="TEA-005",
        stage=Stage.TEAM,
        practice="continuity",
        question="Are the people who built the systems still working on them?",
        rationale="What leavers built is kept by people who must read it first; the larger their part, the slower each change.",
        scale=Scale(
            "% of human commits (older work of leavers counts less)",
            ((15, 100), (40, 75), (70, 40), (95, 5)),
            (
                ours(
                    "turnover is normal over years; above two thirds, most of the reasons are gone with their authors"
                ),
                ours(
                    "code is rewritten: what somebody left behind counts half for each three years since, all of it for the present"
                ),
            ),
            sample=200,
        ),
        remedy="Let present people take over the areas that leavers built, with time to read, test and document them.",
        effort=Effort(10.0),
    )
)
def leavers_share(contributors: Across[Contributors]) -> Outcome:
    """Share (0 to 100 %) of human commits by people without a commit anywhere in 90 days; a proxy for having left.

    The commits of somebody who left count 0.5 ^ (years since the last one ÷ 3), for little old code survives.
    """
    ever: Counter[str] = Counter()
    recent: Counter[str] = Counter()
    last: dict[str, datetime] = {}
    for _, fact in contributors:
        for person in fact.people:
            ever[person.person] += person.commits_all
            recent[person.person] += person.commits_90_days
            last[person.person] = max(person.last_at, last.get(person.person, person.last_at))
    if ever.total() < 20:
        return NotApplicable(f"only {counted(ever.total(), 'human commit')} in the whole history")
    as_of = max(fact.as_of for _, fact in contributors)
    left = sorted(person for person in ever if not recent[person])
    gone = sum(ever[person] for person in left)
    surviving = sum(ever[p] * 0.5 ** (max(0.0, age_days(last[p], as_of)) / HALF_LIFE_DAYS) for p in left)
    here = ever.total() - gone
    return Measured(
        percent(surviving, surviving + here),
        f"{gone} of {ever.total()} human commits are by people without a commit in 90 days (taken as having left); "
        f"by their age they count as {surviving:.0f}, against {here} by the present",
        sample=ever.total(),
        window_days=90,
        basis=Basis.INFERRED,
        certainty=0.6,
    )
