"""Whether the team is a mixture of old hands and new ones."""

from __future__ import annotations

from datetime import datetime

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import age_days, percent, percentile
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import Contributors

YEAR_DAYS = 365
FEWEST_PEOPLE = 4


@check(
    CheckSpec(
        id="TEA-022",
        stage=Stage.TEAM,
        practice="continuity",
        question="Are most people in the team longer than a year, with some newcomers among them?",
        rationale="A team of newcomers repeats old mistakes; a team without any has nobody to take over from it.",
        scale=Scale(
            "% of active people",
            ((0, 10), (30, 60), (50, 100), (90, 100), (100, 80)),
            (ours("a band: half to nine in ten with more than a year leaves both memory and succession"),),
            sample=8,
        ),
        remedy="Pair each newcomer with an old hand, and plan the next joiners where tenure is longest.",
        effort=Effort(3.0),
        weight=0.5,
    )
)
def tenure_spread(contributors: Across[Contributors]) -> Outcome:
    """Share (0 to 100 %) of people active in 90 days whose first commit anywhere is over 365 days old.

    People with fewer than five commits are passers-by; asked from four people on, where the history is two years old.
    """
    first: dict[str, datetime] = {}
    ever: dict[str, int] = {}
    recent: set[str] = set()
    for _, fact in contributors:
        for p in fact.people:
            first[p.person] = min(p.first_at, first.get(p.person, p.first_at))
            ever[p.person] = ever.get(p.person, 0) + p.commits_all
            recent |= {p.person} if p.commits_90_days else set()
    as_of = max(fact.as_of for _, fact in contributors)
    ages = [age_days(first[person], as_of) for person in sorted(recent) if ever[person] >= 5]
    if len(ages) < FEWEST_PEOPLE:
        return NotApplicable(f"only {len(ages)} people with five commits were active in 90 days")
    if age_days(min(first.values()), as_of) < 2 * YEAR_DAYS:
        return NotApplicable("the history is under two years old: nobody can have been there for long")
    stayed = sum(age > YEAR_DAYS for age in ages)
    low, middle, high = (percentile(ages, share) / YEAR_DAYS for share in (0.25, 0.5, 0.75))
    return Measured(
        percent(stayed, len(ages)),
        f"{stayed} of {len(ages)} active people have been there for over a year; half of them between {low:.1f} and {high:.1f} years, median {middle:.1f}",
        sample=len(ages),
        window_days=90,
        basis=Basis.INFERRED,
        certainty=0.8,
    )
