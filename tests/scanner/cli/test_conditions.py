from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.cli.conditions import parse, told
from scanner.core.assessment import Assessment, Overall, StageScore
from scanner.core.stages import Stage
from scanner.pipeline.unchanged import Told
from tests.builders_reports import bare


def _judged(score: float | None, level: int | None) -> Told:
    """The same score and level for the whole and for security; nothing is known of other stages."""
    stage = StageScore(Stage.SECURITY, level, score, 0, 100, 1, 1, level is not None, (), ())
    return _told(replace(bare(), overall=Overall(score, 0, 100, 1, 1, level), stages=(stage,)))


def _told(assessment: Assessment) -> Told:
    return told(assessment, 1, "", 0, ())


@pytest.mark.parametrize(
    ("text", "score", "level", "said"),
    [
        ("score<60", 59.9, 3, "score<60"),
        ("score<60", 60.0, 3, ""),
        ("score<60", 0.0, 1, "score<60"),
        ("score<60", None, None, "score<60 (not assessable)"),
        ("score<60", 95.0, None, "score<60 (not assessable)"),
        ("security<3", 50.0, 2, "security<3"),
        ("security<3", 50.0, 3, ""),
        ("security<3", 95.0, None, "security<3 (not assessable)"),
        ("process<3", 95.0, 5, "process<3 (not assessable)"),
    ],
)
def test_unknown_is_never_a_pass(text: str, score: float | None, level: int | None, said: str) -> None:
    assert parse(text).met(_judged(score, level)) == said


def test_no_finding_meets_no_severity() -> None:
    assert parse("low").met(_told(bare())) == ""
