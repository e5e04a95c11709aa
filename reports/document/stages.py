"""One stage: its practices and checks, what holds it down, its findings and its part of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from reports import words
from reports.document import checks, rows, shapes
from reports.format import Catalogue
from scanner.core.assessment import Assessment, CheckScore, Judged, PracticeScore, StageScore

FINDINGS = 20
"""Findings shown under a stage, worst first; the rest stand in assessment.json."""


def stages(assessment: Assessment, catalogue: Catalogue) -> tuple[shapes.StageRow, ...]:
    """The stages in the order of the model."""
    answers: dict[str, list[Judged]] = defaultdict(list)
    for judged in assessment.indicators:
        answers[judged.indicator.check].append(judged)
    ordered = sorted(assessment.stages, key=lambda s: s.stage.number)
    return tuple(_stage(s, assessment, answers, catalogue) for s in ordered)


def _stage(
    score: StageScore, assessment: Assessment, answers: Mapping[str, Sequence[Judged]], catalogue: Catalogue
) -> shapes.StageRow:
    found = [f for f in assessment.findings if f.stage is score.stage and rows.is_open(f)]
    steps = sorted((r for r in assessment.recommendations if r.stage is score.stage), key=lambda r: (r.rank, r.id))
    return shapes.StageRow(
        number=score.stage.number,
        anchor=rows.stage_anchor(score.stage.value),
        name=score.stage.spec.name,
        purpose=score.stage.spec.purpose,
        assessable=score.assessable,
        score=words.points(score.score) if score.assessable else "not assessable",
        seen="" if score.assessable or score.score is None else words.points(score.score),
        bar=shapes.Bar(score.score if score.assessable else None, score.low, score.high, score.level),
        interval=words.interval(score.low, score.high),
        level=words.level_name(score.level),
        coverage=words.share(score.coverage),
        confidence=words.share(score.confidence),
        verdict=_verdict(score),
        capped_by=tuple(words.plain(c, 300) for c in score.capped_by),
        weakest=_weakest(score),
        practices=tuple(_practice(p, answers, catalogue) for p in score.practices),
        findings=rows.findings(rows.worst_first(found)[:FINDINGS], assessment.profiles),
        findings_more=max(0, len(found) - FINDINGS),
        recommendations=tuple(rows.recommendation(r) for r in steps),
    )


def _practice(
    score: PracticeScore, answers: Mapping[str, Sequence[Judged]], catalogue: Catalogue
) -> shapes.PracticeRow:
    return shapes.PracticeRow(
        score.name,
        words.points(score.score),
        shapes.Bar(score.score, score.low, score.high, None),
        words.interval(score.low, score.high),
        words.share(score.coverage),
        tuple(checks.check(c, answers.get(c.check, ()), catalogue) for c in score.checks),
    )


def _judged(score: StageScore) -> list[CheckScore]:
    return [c for p in score.practices for c in p.checks if c.state == "measured"]


def _verdict(score: StageScore) -> str:
    """One sentence on what moves the stage most, up and down."""
    every = [c for p in score.practices for c in p.checks if c.state != "not_applicable"]
    known = _judged(score)
    told = f"{len(known)} of {words.count(len(every), 'applicable check')} could be answered."
    if not score.assessable:
        return f"Not assessable: too little is known. {told}"
    worst = min(known, key=lambda c: (c.moves, c.check), default=None)
    best = max(known, key=lambda c: (c.moves, c.check), default=None)
    parts = [told]
    if best and best.moves > 0:
        parts.append(f"What lifts it most: {_named(best)}.")
    if worst and worst.moves < 0:
        parts.append(f"What lowers it most: {_named(worst)}.")
    return " ".join(parts)


def _named(check: CheckScore) -> str:
    """A check by id and question with its points."""
    return f"{check.check}, {words.points(check.points)} points ({words.plain(check.question, 200)})"


def _weakest(score: StageScore) -> str:
    """The repository with the fewest points in any check of the stage; empty when none is singled out."""
    pairs = [(c.worst, c) for c in _judged(score) if c.worst is not None]
    if not pairs:
        return ""
    worst, check = min(pairs, key=lambda pair: (pair[0].points, pair[1].check))
    return f"{words.name(worst.subject)}, {words.points(worst.points)} points in {check.check} ({words.plain(check.question, 200)})"
