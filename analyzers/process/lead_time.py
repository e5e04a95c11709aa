"""How long a change takes from its first commit to production."""

from __future__ import annotations

from bisect import bisect_left

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import days, median
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import DORA_2023, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import ChangeRequests, Deployments


@check(
    CheckSpec(
        id="PRO-011",
        stage=Stage.PROCESS,
        practice="delivery",
        question="How many days does a change take from its first commit to production?",
        rationale="Waiting changes earn nothing, conflict with others and delay every fix as much as every feature.",
        scale=Scale(
            "days (median)",
            ((0.5, 100), (1, 92), (7, 68), (30, 35), (90, 0)),
            (DORA_2023, ours("bands of the report: a day, a week, a month; points ours")),
            sample=10,
        ),
        remedy="Find the longest of the waits (coding, pickup, review, deployment) and halve it with smaller changes.",
        effort=Effort(5, each=1, per="repository", spread=3),
        weight=2.0,
    )
)
def lead_time(changes: ChangeRequests, deployments: Deployments) -> Outcome:
    """Median days from first commit to the first production deployment after the merge, 90 days (DORA); else to the merge."""
    live = sorted(
        d.finished_at or d.at for d in deployments.deployments if d.production and d.state in ("success", "inactive")
    )
    shipped, merged = [], []
    for request in changes.recent():
        if request.merged_at is None:
            continue
        start = min(request.first_commit_at or request.created_at, request.created_at)
        merged.append(days(request.merged_at - start))
        after = bisect_left(live, request.merged_at)
        if after < len(live):
            shipped.append(days(live[after] - start))
    if not merged:
        return NotApplicable("nothing was merged in 90 days")
    if shipped:
        what, spans, certainty = "the next production deployment", shipped, 0.9
    else:
        what, spans, certainty = "the merge (a proxy: no later deployment is on record)", merged, 0.5
    because = f"half of {counted(len(spans), 'merged change')} took under {median(spans):.1f} days from first commit to {what}"
    return Measured(median(spans), because, len(spans), 90, Basis.INFERRED, certainty=certainty)
