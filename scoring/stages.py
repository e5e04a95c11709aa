"""From checks to practices, stages and the whole.

Weights: the weight of a practice and of a check in it are relative to their *applicable* siblings, so a
check's share of its stage is practice weight ÷ Σ applicable practice weights × check weight ÷ Σ applicable
check weights of the practice, and the shares of a stage sum to 1. A stage's score is the mean of the points
by share × known; its interval counts what is unknown as 0 and as 100. When everything is known this is the
mean of the practices, and a practice the mean of its checks.

Waterfall: a check moves its stage by share × known × (its points − the stage's score). The moves of a stage
sum to 0: what lifts it above the score is what others take from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from scanner.core.assessment import CheckScore, Overall, PracticeScore, StageScore, SubjectPoints
from scanner.core.stages import Practice, Stage
from scanner.core.subjects import Kind
from scoring.gates import Cap
from scoring.model import ASSESSABLE_CHECKS, ASSESSABLE_COVERAGE, OVERALL_ABOVE_CAP, level_of
from scoring.tallies import Tally


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a stage or practice: score 0 to 100 (None: nothing known) in [low, high], coverage and confidence 0 to 1.

    Confidence is Σ share × known × certainty: the coverage (in which a small sample already counts only in
    part), with every known part discounted by the certainty of its basis. It never exceeds the coverage.
    """

    score: float | None
    low: float
    high: float
    coverage: float
    confidence: float
    assessable: bool = False


NOTHING = Figures(None, 0.0, 100.0, 0.0, 0.0)
"""A stage or practice in which no check applies."""


def shares(stage: Stage, tallies: Sequence[Tally]) -> dict[str, float]:
    """Share (0 to 1) of every applicable check of ``stage`` by id; they sum to 1 unless none applies."""
    by_practice: dict[str, list[Tally]] = {}
    for item in tallies:
        if item.state != "not_applicable" and item.spec.weight > 0:
            by_practice.setdefault(item.spec.practice, []).append(item)
    total = fsum(p.weight for p in stage.spec.practices if p.key in by_practice)
    weights = {p.key: p.weight for p in stage.spec.practices}
    found: dict[str, float] = {}
    for key, members in by_practice.items():
        siblings = fsum(m.spec.weight for m in members)
        found |= {m.spec.id: weights[key] / total * m.spec.weight / siblings for m in members}
    return found


def figures(tallies: Sequence[Tally], share: Mapping[str, float]) -> Figures:
    """The figures of a group of checks by their shares (which need not sum to 1)."""
    members = [t for t in tallies if t.spec.id in share]
    total = fsum(share[t.spec.id] for t in members)
    if not total:
        return NOTHING
    known = [(share[t.spec.id] / total * t.known, t) for t in members if t.points is not None]
    coverage = min(1.0, fsum(weight for weight, _ in known))
    low = fsum(weight * t.points for weight, t in known if t.points is not None)
    high = min(100.0, low + 100 * (1 - coverage))
    confidence = min(coverage, fsum(weight * t.certainty for weight, t in known))
    enough = len(known) >= min(ASSESSABLE_CHECKS, len(members)) and coverage >= ASSESSABLE_COVERAGE - 1e-9
    if not known:
        return Figures(None, 0.0, 100.0, 0.0, 0.0)
    score = min(100.0, low / coverage)
    return Figures(score, min(low, score), max(high, score), coverage, confidence, enough)


def stage_figures(stage: Stage, tallies: Sequence[Tally]) -> Figures:
    """The figures of ``stage`` from the tallies of its checks."""
    return figures(tallies, shares(stage, tallies))


def score_stage(stage: Stage, tallies: Sequence[Tally], caps: Iterable[Cap]) -> StageScore:
    """``stage`` with its practices and checks; an open gate holds the level at its cap.

    ``capped_by`` names every open gate of the stage, also while the score alone would not reach above the cap.
    """
    share = shares(stage, tallies)
    whole = figures(tallies, share)
    mine = [cap for cap in caps if cap.stage is stage]
    level = None
    if whole.assessable and whole.score is not None:
        level = min([level_of(whole.score), *(cap.level for cap in mine)])
    practices = tuple(_practice(p, tallies, share, whole.score) for p in stage.spec.practices)
    return StageScore(
        stage=stage,
        level=level,
        score=whole.score,
        low=whole.low,
        high=whole.high,
        coverage=whole.coverage,
        confidence=whole.confidence,
        assessable=whole.assessable,
        capped_by=tuple(cap.text for cap in mine),
        practices=practices,
    )


def score_overall(stages: Mapping[Stage, Figures], caps: Iterable[Cap] = ()) -> Overall:
    """The whole: the mean of the assessable stages by stage weight, within the interval over all stages.

    A stage that is not assessable stays out of the score, so it spans the whole interval from 0 to 100:
    whatever it turns out to be, the score ends up inside [low, high]. Level by the same bounds as a
    stage; None below half coverage; at most one above the lowest open gate.
    """
    total = fsum(stage.spec.weight for stage in stages)
    seen = [(stage.spec.weight, f.score, f) for stage, f in stages.items() if f.assessable and f.score is not None]
    sure = fsum(weight for weight, _, _ in seen)
    if not total:
        return Overall(None, 0.0, 100.0, 0.0, 0.0, None)
    coverage = min(1.0, fsum(stage.spec.weight * f.coverage for stage, f in stages.items()) / total)
    confidence = min(coverage, fsum(stage.spec.weight * f.confidence for stage, f in stages.items()) / total)
    low = fsum(weight * f.low for weight, _, f in seen) / total
    high = (fsum(weight * f.high for weight, _, f in seen) + 100 * (total - sure)) / total
    if not seen:
        return Overall(None, 0.0, 100.0, coverage, confidence, None)
    score = fsum(weight * s for weight, s, _ in seen) / sure
    held = [cap.level + OVERALL_ABOVE_CAP for cap in caps]
    level = min([level_of(score), *held]) if coverage >= ASSESSABLE_COVERAGE - 1e-9 else None
    return Overall(score, min(low, score), max(high, score), coverage, confidence, level)


def _practice(
    practice: Practice, tallies: Sequence[Tally], share: Mapping[str, float], stage_score: float | None
) -> PracticeScore:
    members = [t for t in tallies if t.spec.practice == practice.key]
    own = figures(members, share)
    checks = tuple(_check(t, share.get(t.spec.id, 0.0), stage_score) for t in members)
    return PracticeScore(practice.key, practice.name, own.score, own.low, own.high, own.coverage, checks)


def _check(item: Tally, share: float, stage_score: float | None) -> CheckScore:
    moves = 0.0 if item.points is None or stage_score is None else share * item.known * (item.points - stage_score)
    repos = tuple(SubjectPoints(p.subject, p.points, p.share) for p in item.parts if p.subject.kind is Kind.REPO)
    return CheckScore(
        check=item.spec.id,
        question=item.spec.question,
        state=item.state,
        points=item.points,
        level=None if item.points is None else level_of(item.points),
        low=item.low,
        high=item.high,
        known=item.known,
        share=share,
        moves=moves,
        because=item.because,
        subjects=repos,
        worst=min(repos, key=lambda r: (r.points, r.subject), default=None),
    )
