"""Strengths, weaknesses, opportunities and threats; every line cites the checks it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from scanner.core.assessment import CheckScore, Recommendation, Risk, StageScore, SwotLine
from scanner.core.stages import Stage
from scoring.model import FINDING_BELOW, STRENGTH_KNOWN, STRENGTH_POINTS, STRENGTH_WEAKEST, SWOT_LIMIT


def swot(
    stages: Iterable[StageScore],
    recommendations: Sequence[Recommendation],
    risks: Sequence[Risk],
    outside: frozenset[str],
) -> tuple[SwotLine, ...]:
    """At most six lines of each kind, the weightiest first.

    Strengths are checks at 85 points or more, known to four fifths, with no repository below 70; threats the risks whose ids are in
    ``outside``, with a likelihood of 3 or more; weaknesses checks below 40 that no threat cites;
    opportunities the recommendations with the highest gain per day.
    """
    checks = [(s.stage, c) for s in stages for p in s.practices for c in p.checks if c.points is not None and c.share]
    threats = [_threat(r) for r in risks if r.id in outside and r.likelihood >= 3][:SWOT_LIMIT]
    cited = {check for line in threats for check in line.checks}
    strong = [(s, c) for s, c in checks if _strong(c)]
    weak = [(s, c) for s, c in checks if _points(c) < FINDING_BELOW and c.check not in cited]
    strong.sort(key=lambda pair: (-_weight(*pair) * _points(pair[1]), pair[1].check))
    weak.sort(key=lambda pair: (-_weight(*pair) * (100 - _points(pair[1])), pair[1].check))
    paying = sorted((r for r in recommendations if r.gain.overall > 0), key=_gain_per_day)
    return (
        *(_line("strength", s, c) for s, c in strong[:SWOT_LIMIT]),
        *(_line("weakness", s, c) for s, c in weak[:SWOT_LIMIT]),
        *(_opportunity(r) for r in paying[:SWOT_LIMIT]),
        *threats,
    )


def _points(check: CheckScore) -> float:
    return 0.0 if check.points is None else check.points


def _strong(check: CheckScore) -> bool:
    """Good on the whole, known, and nowhere below the strength's bound by more than one level."""
    weakest = check.worst.points if check.worst is not None else _points(check)
    return (
        _points(check) >= STRENGTH_POINTS - 1e-9
        and check.known >= STRENGTH_KNOWN - 1e-9
        and weakest >= STRENGTH_WEAKEST
    )


def _weight(stage: Stage, check: CheckScore) -> float:
    """The weight of what is known of ``check`` in the whole."""
    return stage.spec.weight * check.share * check.known


def _line(kind: Literal["strength", "weakness"], stage: Stage, check: CheckScore) -> SwotLine:
    text = f"{check.question} {_points(check):.0f} of 100: {check.because}"
    return SwotLine(kind, text, stage, (check.check,))


def _gain_per_day(step: Recommendation) -> tuple[float, str]:
    return -step.gain.overall / max(step.effort_days.likely, 0.01), step.id


def _opportunity(step: Recommendation) -> SwotLine:
    text = (
        f"{step.title}: +{step.gain.stage:.1f} points in its stage, +{step.gain.overall:.2f} overall, "
        f"for about {step.effort_days.likely:g} person-days"
    )
    return SwotLine("opportunity", text, step.stage, step.addresses)


def _threat(risk: Risk) -> SwotLine:
    return SwotLine("threat", f"{risk.title}: {risk.because}", risk.stage, risk.checks)
