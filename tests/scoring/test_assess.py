from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest

import analyzers
from scanner.core.assessment import Assessment
from scanner.core.checks import discover
from scanner.core.outcomes import Basis, Indicator
from scanner.core.subjects import Kind, Subject
from scoring.assess import Inputs, assess
from scoring.model import MODEL_VERSION
from scoring.recommendations.catalogue import STEPS
from scoring.recommendations.engine import HORIZONS
from scoring.risk_templates import RISKS
from tests.builders_scoring import API, HOLE, ORG, WEB, answer, inputs, measured, place, profile, spec


def test_what_is_given_is_carried_through_and_stages_are_sixteen() -> None:
    result = assess(inputs((), (), estate=(("Repositories", "2"),), profiles=(profile(WEB), profile(API))))
    assert (result.engagement, result.title, result.targets) == ("acme", "Acme", ("acme",))
    assert (result.model_version, result.estate) == (MODEL_VERSION, (("Repositories", "2"),))
    assert [s.stage.number for s in result.stages] == list(range(1, 17))
    assert [p.subject for p in result.profiles] == [API, WEB]


def test_figures_are_counted_by_basis_and_the_unknown_is_none() -> None:
    answers = (
        answer("PRO-901", API, 50), answer("PRO-901", WEB, measured(50, basis=Basis.INFERRED)),
        answer("PRO-902", API, measured(50, basis=Basis.INFERRED)), answer("PRO-902", WEB, HOLE),
    )  # fmt: skip
    counts = assess(inputs((spec("PRO-901"), spec("PRO-902")), answers)).basis_counts
    assert counts == ((Basis.MEASURED, 1), (Basis.INFERRED, 2), (Basis.DECLARED, 0))


def test_an_answer_to_an_undeclared_check_is_left_out() -> None:
    result = assess(inputs((), (answer("PRO-901", API, 50),)))
    assert (result.indicators, result.findings) == ((), ())


def large(repositories: int, *, worst: bool = False) -> Inputs:
    """Every check in force measured in every repository, with a place in each: along its curve, or all at its worst."""
    repos = tuple(Subject(Kind.REPO, f"acme/{n:04}") for n in range(repositories))
    checks = [c for c in discover(analyzers) if c.spec.status != "retired"]
    answers: list[Indicator] = []
    for number, check in enumerate(checks):
        curve = check.spec.scale.curve
        lowest = min(curve, key=lambda point: point[1])[0]
        for at, subject in enumerate(repos if check.about is Kind.REPO else (ORG,)):
            value = lowest if worst else curve[(number + at) % len(curve)][0]
            answers.append(answer(check.spec.id, subject, measured(value, places=(place(path=f"{at}.py"),))))
    about = {c.spec.id: c.about for c in checks}
    return replace(inputs([c.spec for c in checks], answers, dict.fromkeys(repos, 1.0)), about=about)


@pytest.mark.slow
def test_a_thousand_repositories_take_seconds() -> None:
    estate = large(1000)
    start = perf_counter()
    result = assess(estate)
    assert perf_counter() - start < 60
    assert len(result.findings) > 50_000
    assert len(result.recommendations) >= 28


def result_checks(result: Assessment) -> list[str]:
    return [j.indicator.check for j in result.indicators]


def test_every_declared_step_and_risk_applies_to_a_poor_estate() -> None:
    result = assess(large(2, worst=True))
    assert {r.id for r in result.recommendations} >= {s.id for s in STEPS}
    assert {c for r in result.recommendations for c in r.addresses} == set(result_checks(result))
    assert {r.id for r in result.risks} == {r.id for r in RISKS}
    assert all(r.gain.stage > 0 and r.gain.overall > 0 for r in result.recommendations)
    assert {r.likelihood for r in result.risks} <= {4, 5}


def test_the_plan_is_in_the_order_of_its_prerequisites() -> None:
    plan = assess(large(2, worst=True)).recommendations
    assert [r.rank for r in plan] == list(range(1, len(plan) + 1))
    rank, horizon = {r.id: r.rank for r in plan}, {r.id: HORIZONS.index(r.horizon) for r in plan}
    for r in plan:
        assert all(rank[p] < r.rank and horizon[p] <= horizon[r.id] for p in r.prerequisites)
