"""Whether the capacity to change the systems holds."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import CommitActivity


@check(
    CheckSpec(
        id="BUD-008",
        stage=Stage.BUDGET,
        practice="capacity",
        question="Does the pace of work of the last quarter hold against the year before it?",
        rationale="A plan rests on the capacity there is, not on the capacity there was.",
        scale=Scale(
            "% of the former monthly pace",
            ((0, 0), (40, 30), (70, 65), (90, 100)),
            (ours("a tenth is season and chance; under half, people or priorities have gone"),),
            sample=60,
        ),
        remedy="Find out why the pace fell (leavers, other work, blocked changes) and plan by the present capacity.",
        effort=Effort(1.0),
    )
)
def capacity_trend(activity: Across[CommitActivity]) -> Outcome:
    """Human commits per month in the last three whole months ÷ the same in the nine before, in %; a proxy for capacity."""
    by_month: Counter[str] = Counter()
    for _, fact in activity:
        current = f"{fact.as_of:%Y-%m}"
        by_month.update({m.month: m.human_commits for m in fact.months if m.month < current})
    months = sorted(by_month)[-12:]
    if len(months) < 12:
        return NotApplicable(f"the history has {counted(len(months), 'whole month')}, a trend needs 12")
    recent = sum(by_month[m] for m in months[-3:])
    before = sum(by_month[m] for m in months[:-3])
    if not before:
        return NotApplicable("nobody committed in the nine months before the last three")
    return Measured(
        percent(recent / 3, before / 9),
        f"{counted(recent, 'human commit')} in three months after {before} in the nine before (commits stand for capacity)",
        sample=recent + before,
        window_days=365,
        basis=Basis.INFERRED,
        certainty=0.6,
    )
