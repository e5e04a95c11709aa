"""What the plan comes to, by horizon and as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.core.assessment import Days, Horizon, PlanTotal, Recommendation
from scoring.recommendations.engine import HORIZONS


def plan_totals(steps: Sequence[Recommendation]) -> tuple[PlanTotal, ...]:
    """A total for each horizon that has steps, in their order, then one of the whole plan; nothing for an empty plan.

    Low and high are plain sums: all steps at their low, all at their high.
    """
    parts = [(horizon, [s for s in steps if s.horizon == horizon]) for horizon in HORIZONS]
    totals = [_total(horizon, listed) for horizon, listed in parts if listed]
    return (*totals, _total(None, steps)) if steps else ()


def _total(horizon: Horizon | None, steps: Sequence[Recommendation]) -> PlanTotal:
    days = Days(
        sum(s.effort_days.low for s in steps),
        sum(s.effort_days.likely for s in steps),
        sum(s.effort_days.high for s in steps),
    )
    costs = [s.cost for s in steps if s.cost is not None]
    cost = (
        (sum(c[0] for c in costs), sum(c[1] for c in costs), sum(c[2] for c in costs), costs[0][3])
        if len(costs) == len(steps)
        else None
    )
    return PlanTotal(horizon, len(steps), days, cost)
