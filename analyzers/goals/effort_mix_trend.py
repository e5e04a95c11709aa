"""Whether repair work takes a growing part of the effort."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.knowledge import EffortMix

YEAR = 4
ENOUGH_COMMITS = 50
REPAIR = ("fix", "security")


@check(
    CheckSpec(
        id="GOA-010",
        stage=Stage.GOALS,
        practice="directed",
        question="Does repair take no growing part of the work?",
        rationale="Where the share of repair rises from year to year, the plan's features are paid for twice.",
        scale=Scale(
            "percentage points within a year",
            ((0, 100), (5, 80), (15, 45), (30, 0)),
            (ours("a few points are season and wording; fifteen are every seventh person moved to repairs"),),
            sample=200,
        ),
        remedy="Find out each quarter which parts the repairs went to, and plan time to mend those for good.",
        effort=Effort(2.0),
        weight=0.5,
    )
)
def effort_mix_trend(mix: Across[EffortMix]) -> Outcome:
    """Share of fixes among classified commits of the last four complete quarters, less that of the four before (points).

    From −100 to 100; below 0 repair has become less. Commits stand for effort; security work counts as repair.
    """
    kinds: dict[str, Counter[str]] = {}
    commits: Counter[str] = Counter()
    for _, fact in mix:
        for quarter in fact.quarters[:-1]:
            kinds.setdefault(quarter.quarter, Counter()).update(dict(quarter.kinds))
            commits[quarter.quarter] += quarter.commits
    names = sorted(kinds)
    years = [names[-2 * YEAR : -YEAR], names[-YEAR:]]
    worked = [sum(commits[name] for name in year) for year in years]
    if min(worked) < ENOUGH_COMMITS:
        return NotApplicable(f"one of the two years compared had only {min(worked)} human commits")
    sums = [sum((kinds[name] for name in year), Counter[str]()) for year in years]
    told = [each.total() for each in sums]
    if any(2 * known < all_of_them for known, all_of_them in zip(told, worked, strict=True)):
        return Unknown(
            Why.SAMPLE_TOO_SMALL,
            f"the kind of only {sum(told)} of {sum(worked)} commits can be told",
            "begin commit messages with their kind, as Conventional Commits do",
        )
    shares = [percent(sum(each[kind] for kind in REPAIR), each.total()) for each in sums]
    course = ", ".join(
        f"{name} {percent(sum(kinds[name][k] for k in REPAIR), kinds[name].total()):.0f}"
        if kinds[name]
        else f"{name} –"
        for name in names[-2 * YEAR :]
    )
    return Measured(
        shares[1] - shares[0],
        f"repair was {shares[0]:.0f} % of the classified commits and is {shares[1]:.0f} % now (% by quarter: {course})",
        sample=sum(told),
        window_days=730,
        basis=Basis.INFERRED,
        certainty=0.6,
    )
