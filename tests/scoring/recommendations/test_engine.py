"""Gains by hand: two repositories of equal weight, two stages of equal weight (process, goals), everything known.

Process holds A (review) and B (flow), half each; goals holds G.
A: api 40, web 80 (60). B: 50 in both. G: 70, of the estate. Process 55, goals 70, whole 62.5.
"""

from typing import Any

import networkx as nx
import pytest

from scanner.core.assessment import Recommendation
from scanner.core.checks import CheckSpec, Effort
from scanner.core.outcomes import Indicator, Severity
from scanner.core.stages import Stage
from scoring.assess import assess
from scoring.findings import Waived, register
from scoring.recommendations.engine import Estate, graph, recommend
from scoring.recommendations.step import Step
from scoring.stages import stage_figures
from scoring.tallies import counted, judge, tally_all
from tests.builders_scoring import API, AS_OF, HOLE, ORG, WEB, answer, gate, inputs, measured, place, spec

A, B = spec("PRO-901"), spec("PRO-902", practice="flow")
G = spec("GOA-901", Stage.GOALS, "stated")
ANSWERS = (
    answer(A.id, API, 40), answer(A.id, WEB, 80), answer(B.id, API, 50), answer(B.id, WEB, 50), answer(G.id, ORG, 70),
)  # fmt: skip


def step(name: str, *addresses: str, **given: Any) -> Step:
    defaults: dict[str, Any] = {
        "title": name, "stage": Stage.PROCESS, "effort": Effort(1, each=0.5, per="repository"), "owner_role": "lead",
        "kpi": A.id, "target": 80.0,
    }  # fmt: skip
    return Step(id=name, addresses=addresses, **(defaults | given))


def plan(
    *steps: Step,
    answers: tuple[Indicator, ...] = ANSWERS,
    specs: tuple[CheckSpec, ...] = (A, B, G),
    waivers: tuple[Waived, ...] = (),
    **given: Any,
) -> list[Recommendation]:
    made = inputs(specs, answers)
    judged = judge(answers, made.specs)
    by_answer = {(j.indicator.check, j.indicator.subject): j for j in judged}
    tallies = tally_all(made.specs, made.about, ORG, counted(made.profiles), by_answer)
    by_stage = {stage: [t for t in tallies.values() if t.spec.stage is stage] for stage in Stage}
    figures = {stage: stage_figures(stage, found) for stage, found in by_stage.items()}
    found = register(judged, made.specs, {}, AS_OF, waivers)
    return list(recommend(Estate(made.specs, tallies, by_stage, figures, found, **given), steps))


def test_the_gain_by_hand() -> None:
    # api to 80: A 60 to 80, process 55 to 65, whole 62.5 to 67.5; one repository: 1 + 0.5 days.
    (got,) = plan(step("REC-01", A.id), day_rate=1000.0)
    assert (got.gain.stage, got.gain.overall) == (10, 5)
    assert (got.effort_days.low, got.effort_days.likely, got.effort_days.high) == (0.75, 1.5, 3)
    assert got.effort_formula == "1 d + 0.5 d × 1 repository (low ÷ 2, high × 2)"
    assert got.cost == (750, 1500, 3000, "EUR")
    assert (got.where, got.why, got.rank) == (("acme/api",), "acme/api: 40 seen", 1)
    assert got.kpi == "PRO-901: Is PRO-901 well?"


def test_an_estate_answer_gains_in_its_stage() -> None:
    (got,) = plan(step("REC-01", G.id, stage=Stage.GOALS))
    assert (got.gain.stage, got.gain.overall, got.where) == (10, 5, ("acme",))


def test_a_step_that_only_helps_elsewhere_is_of_that_stage() -> None:
    (got,) = plan(step("REC-01", "PRO-999", G.id))
    assert (got.stage, got.gain.stage) == (Stage.GOALS, 10)


def test_only_what_is_measured_below_the_target_is_recommended() -> None:
    assert plan(step("REC-01", A.id, target=40.0)) == []
    assert plan(step("REC-01", "PRO-999")) == []
    assert plan(step("REC-01", A.id), answers=(answer(A.id, API, HOLE), answer(A.id, WEB, 80))) == []


def test_the_unknown_part_is_no_gain() -> None:
    # A known in api only; B and G known: raising api by 40 lifts process by what of it is known.
    answers = (answer(A.id, API, 40), answer(A.id, WEB, HOLE), *ANSWERS[2:])
    (got,) = plan(step("REC-01", A.id), answers=answers)
    # Process: (0.25 × 40 + 0.5 × 50) ÷ 0.75, then (0.25 × 80 + 25) ÷ 0.75: 13.33 more.
    assert got.gain.stage == pytest.approx(13.33)


def test_the_gain_is_what_a_new_scan_would_measure() -> None:
    (got,) = plan(step("REC-01", A.id, B.id, G.id, target=75.0))
    better = tuple(answer(i.check, i.subject, max(75.0, v)) for i, v in zip(ANSWERS, (40, 80, 50, 50, 70), strict=True))
    before, after = (assess(inputs((A, B, G), answers)) for answers in (ANSWERS, better))
    assert before.overall.score is not None
    assert after.overall.score is not None
    assert got.gain.overall == pytest.approx(after.overall.score - before.overall.score, abs=0.0051)


def test_open_findings_close_and_are_counted_and_located() -> None:
    bad = measured(
        40, places=(place("x", path="a.py"), place("y", Severity.HIGH, path="b.py"), place("z", path="b.py"))
    )
    answers = (answer(A.id, API, bad), *ANSWERS[1:])
    (got,) = plan(step("REC-01", A.id, effort=Effort(1, each=1, per="finding")), answers=answers)
    assert got.findings_closed == 3
    assert got.effort_days.likely == 4
    assert got.where == ("acme/api", "acme/api: b.py", "acme/api: a.py")
    first = assess(inputs((A,), answers[:1])).findings[0]
    (got,) = plan(step("REC-01", A.id), answers=answers, waivers=(Waived(first.fingerprint, "ok", "ann", AS_OF),))
    assert got.findings_closed == 2


def test_a_gate_is_answered_even_above_the_target_and_comes_first() -> None:
    gated = spec("PRO-901", gate=gate())
    held = measured(90, places=(place("key", Severity.CRITICAL),))
    answers = (answer(A.id, API, held), answer(A.id, WEB, 90), *ANSWERS[2:])
    rival = step("REC-01", G.id, stage=Stage.GOALS, effort=Effort(5))
    got = plan(rival, step("REC-02", A.id), answers=answers, specs=(gated, B, G))
    # The gate: (0 + 2) ÷ 1.5 days; the rival: +5 overall ÷ 5 days.
    assert [(r.id, r.findings_closed, r.horizon, r.gain.overall) for r in got] == [
        ("REC-02", 1, "now", 0),
        ("REC-01", 0, "30 days", 5),
    ]


def test_ranked_by_gain_per_day() -> None:
    # B to 80 in both: process +15, whole +7.5 for 2 days (3.75 a day); A: +5 for 1.5 days (3.33 a day).
    assert [r.id for r in plan(step("REC-01", A.id), step("REC-02", B.id))] == ["REC-02", "REC-01"]


def test_a_prerequisite_comes_first_and_is_never_later() -> None:
    slow = step("REC-01", G.id, effort=Effort(50), stage=Stage.GOALS)
    quick = step("REC-02", B.id, prerequisites=("REC-01",))
    got = plan(quick, slow, step("REC-03", A.id))
    # REC-01 inherits the worth of REC-02 (3.75 a day) and goes before REC-03 (3.33 a day).
    assert [(r.id, r.rank, r.horizon, r.prerequisites) for r in got] == [
        ("REC-01", 1, "100 days", ()),
        ("REC-02", 2, "100 days", ("REC-01",)),
        ("REC-03", 3, "now", ()),
    ]


def test_a_prerequisite_that_is_not_called_for_counts_as_done() -> None:
    steps = (
        step("REC-01", G.id, effort=Effort(50)),
        step("REC-02", "PRO-999", prerequisites=("REC-01",)),
        step("REC-03", B.id, prerequisites=("REC-02",)),
    )
    got = plan(*steps)
    assert [(r.id, r.prerequisites, r.horizon) for r in got] == [("REC-01", (), "100 days"), ("REC-03", (), "100 days")]


def test_a_minor_gain_may_wait() -> None:
    dark = (answer(A.id, API, 40), answer(A.id, WEB, HOLE))  # a quarter of process: not assessable, no overall gain
    (got,) = plan(step("REC-01", A.id), answers=dark, specs=(A, B))
    assert (got.gain.overall, got.horizon) == (0, "30 days")


def test_the_reasons_are_the_worst_three() -> None:
    specs = tuple(spec(f"PRO-90{n}") for n in range(1, 6))
    answers = tuple(answer(s.id, ORG, 10 * n) for n, s in enumerate(reversed(specs), start=1))
    (got,) = plan(step("REC-01", *(s.id for s in specs)), answers=answers, specs=specs)
    assert got.why == "10 seen; 20 seen; 30 seen"
    assert got.addresses == tuple(s.id for s in specs)


def test_no_step_is_free() -> None:
    (got,) = plan(step("REC-01", A.id, effort=Effort(0)))
    assert (got.effort_days.likely, got.rank) == (0.1, 1)


def test_the_graph_refuses_circles_strangers_and_twins() -> None:
    assert nx.is_directed_acyclic_graph(graph([step("REC-01"), step("REC-02", prerequisites=("REC-01",))]))
    with pytest.raises(ValueError, match="circle"):
        graph([step("REC-01", prerequisites=("REC-02",)), step("REC-02", prerequisites=("REC-01",))])
    with pytest.raises(ValueError, match="unknown"):
        graph([step("REC-01", prerequisites=("REC-09",))])
    with pytest.raises(ValueError, match="share"):
        graph([step("REC-01"), step("REC-01")])
