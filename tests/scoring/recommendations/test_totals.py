from __future__ import annotations

from dataclasses import replace

from scanner.core.assessment import Days, Gain, Recommendation
from scanner.core.stages import Stage
from scoring.recommendations.totals import plan_totals

STEP = Recommendation(
    id="REC-1", title="x", stage=Stage.PROCESS, why="", where=(), addresses=(), effort_days=Days(1, 2, 4), effort_formula="",
    gain=Gain(0, 0), findings_closed=0, prerequisites=(), owner_role="", kpi="", horizon="now", rank=1, cost=(100, 200, 400, "EUR"),
)  # fmt: skip


def test_each_horizon_and_the_whole() -> None:
    later = replace(STEP, horizon="year", effort_days=Days(10, 20, 40), cost=(1000, 2000, 4000, "EUR"))
    got = [(t.horizon, t.steps, t.effort_days, t.cost) for t in plan_totals((STEP, later, STEP))]
    assert got == [
        ("now", 2, Days(2, 4, 8), (200, 400, 800, "EUR")),
        ("year", 1, Days(10, 20, 40), (1000, 2000, 4000, "EUR")),
        (None, 3, Days(12, 24, 48), (1200, 2400, 4800, "EUR")),
    ]


def test_no_rate_is_no_cost_and_no_step_no_total() -> None:
    assert [t.cost for t in plan_totals((replace(STEP, cost=None),))] == [None, None]
    assert plan_totals(()) == ()
