"""The declared steps and risks agree with the declared checks and with each other."""

from __future__ import annotations

import re

import pytest

import analyzers
from scanner.core.checks import Effort, discover
from scanner.core.stages import Stage
from scoring.recommendations.catalogue import STEPS, steps_for
from scoring.recommendations.engine import graph
from scoring.recommendations.step import Step
from scoring.risk_templates import RISKS
from scoring.risks import RiskTemplate
from tests.builders_scoring import spec

SPECS = {c.spec.id: c.spec for c in discover(analyzers)}
each_step = pytest.mark.parametrize("step", STEPS, ids=lambda s: s.id)
each_risk = pytest.mark.parametrize("risk", RISKS, ids=lambda r: r.id)


def test_every_stage_has_a_step_and_prerequisites_are_acyclic() -> None:
    assert len(STEPS) >= 28
    assert {s.stage for s in STEPS} == set(Stage)
    assert set(graph(STEPS)) == {s.id for s in STEPS}


def test_no_check_is_addressed_twice() -> None:
    """Two steps that close the same findings would each claim the whole gain."""
    addressed = [check for s in STEPS for check in s.addresses]
    assert len(addressed) == len(set(addressed))


def test_a_check_that_no_step_addresses_brings_its_own() -> None:
    new = spec("PRO-999", remedy="Mend it.", effort=Effort(0.5))
    (own,) = set(steps_for({"PRO-001": SPECS["PRO-001"], "PRO-999": new})) - set(STEPS)
    assert (own.id, own.title, own.addresses, own.kpi) == ("REC-PRO-999", "Mend it", ("PRO-999",), "PRO-999")
    assert own.effort == Effort(0.5)


def test_every_gated_check_has_a_step_that_lifts_its_gate() -> None:
    addressed = {check for s in STEPS for check in s.addresses}
    assert {i for i, s in SPECS.items() if s.gate is not None} <= addressed


@each_step
def test_a_step_names_real_checks_and_measures_itself_by_one_of_them(step: Step) -> None:
    assert set(step.addresses) <= SPECS.keys()
    assert step.kpi in step.addresses
    assert SPECS[step.kpi].stage is step.stage
    assert re.fullmatch(r"REC-\d\d", step.id)


@each_step
def test_a_step_is_possible_and_costs_something(step: Step) -> None:
    assert 50 <= step.target <= 100
    assert step.effort.base > 0
    assert step.effort.spread >= 1
    assert step.effort.each == 0 or step.effort.per != "estate"
    assert step.title[0].isupper()
    assert not step.title.endswith(".")


def test_there_are_risks_enough_and_no_two_share_an_id() -> None:
    assert len(RISKS) >= 14
    assert len({r.id for r in RISKS}) == len(RISKS)


@each_risk
def test_a_risk_names_real_checks(risk: RiskTemplate) -> None:
    assert set(risk.drivers) <= SPECS.keys()
    assert len(set(risk.drivers)) == len(risk.drivers) > 0
    assert 1 <= risk.impact <= 5
    assert risk.consequence.endswith(".")
    assert risk.owner_role
