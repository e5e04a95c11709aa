"""Promises that every check keeps, so that no check has to test them itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import analyzers
from scanner.core.checks import Check, discover
from scanner.core.evidence import Evidence, Ledger, Unknown, Why
from scanner.core.outcomes import NotApplicable
from scanner.core.stages import Stage
from scanner.core.subjects import Kind, Subject

ROOT = Path(__file__).parents[2]
CHECKS = discover(analyzers)
ORG = Subject(Kind.ORG, "acme")
REPO = Subject(Kind.REPO, "acme/api")
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.spec.id)


def holes(check: Check[Any], why: Why) -> Ledger:
    return Ledger(
        [
            Evidence(ORG if n.fact.about is Kind.ORG else REPO, n.fact, Unknown(why, "x"), "", "test", "1")
            for n in check.needs.values()
        ]
    )


@each_check
@pytest.mark.parametrize("why", Why)
def test_a_hole_in_the_evidence_is_never_a_number(check: Check[Any], why: Why) -> None:
    subject = ORG if check.about is Kind.ORG else REPO
    expected = NotApplicable if why is Why.NO_SUCH_NOTION else Unknown
    assert isinstance(check.run(subject, ORG, (REPO,), holes(check, why)).outcome, expected)
    assert isinstance(check.run(subject, ORG, (REPO,), Ledger()).outcome, Unknown)
    assert isinstance(check.run(subject, ORG, (), Ledger()).outcome, Unknown)


@each_check
def test_the_curve_is_sound_and_sourced(check: Check[Any]) -> None:
    scale = check.spec.scale
    values = [x for x, _ in scale.curve]
    assert values == sorted(set(values))
    assert all(0 <= points <= 100 for _, points in scale.curve)
    assert max(p for _, p in scale.curve) == 100, "the best value earns full points"
    assert min(p for _, p in scale.curve) < 40, "the worst value must hurt"
    assert scale.unit
    assert scale.sources
    assert all(s.text for s in scale.sources)


@each_check
def test_the_declaration_reads_well(check: Check[Any]) -> None:
    spec = check.spec
    assert spec.question.endswith("?")
    assert spec.rationale.endswith(".")
    assert spec.remedy.endswith(".")
    assert check.answer.__doc__, "the docstring names the quantity, its unit and range"
    folder = check.answer.__module__.split(".")[1]
    assert folder == spec.stage.value
    assert spec.id.startswith(PREFIX[spec.stage])


@each_check
def test_every_check_has_its_own_test_file(check: Check[Any]) -> None:
    module = check.answer.__module__.split(".")
    assert (ROOT / "tests" / "/".join(module[:-1]) / f"test_{module[-1]}.py").is_file()


def test_ids_are_one_module_each() -> None:
    modules = [c.answer.__module__ for c in CHECKS]
    assert len(modules) == len(set(modules))


PREFIX = {
    Stage.GOALS: "GOA-", Stage.STATE: "STA-", Stage.STRATEGY: "STR-", Stage.BUDGET: "BUD-", Stage.TEAM: "TEA-",
    Stage.ARCHITECTURE: "ARC-", Stage.PROCESS: "PRO-", Stage.SECURITY: "SEC-", Stage.VENDORS: "VEN-",
    Stage.COMMUNICATION: "COM-", Stage.RISK: "RIS-", Stage.SCALABILITY: "SCA-", Stage.EXPERIENCE: "EXP-",
    Stage.LEARNING: "LEA-", Stage.MEASUREMENT: "MEA-", Stage.ADAPTATION: "ADA-",
}  # fmt: skip
