"""One check over the whole estate: how much of it is known, and what that part says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import fsum, isnan
from typing import Literal

from scanner.core.assessment import Judged, SubjectProfile
from scanner.core.checks import CheckSpec
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Indicator, Measured, NotApplicable
from scanner.core.subjects import Kind, Subject
from scoring.model import level_of

State = Literal["measured", "not_applicable", "unknown"]
Answers = Mapping[tuple[str, Subject], Judged]


@dataclass(frozen=True, slots=True)
class Part:
    """One subject's measured part in a check.

    ``share`` (0 to 1) is its known weight ÷ the check's applicable weight, so the shares of all parts
    sum to the known share of the check. ``certainty`` is 0 to 1.
    """

    subject: Subject
    points: float
    share: float
    certainty: float
    because: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A check over the estate: ``points`` is the mean over the known part, ``known`` (0 to 1) how large that part is.

    ``certainty`` (0 to 1) is the mean certainty over the known part, 0 when nothing is known.
    """

    spec: CheckSpec
    state: State
    points: float | None
    known: float
    certainty: float
    parts: tuple[Part, ...]
    because: str

    @property
    def low(self) -> float:
        """The points if all that is unknown turns out to be worth 0."""
        return 0.0 if self.points is None else self.known * self.points

    @property
    def high(self) -> float:
        """The points if all that is unknown turns out to be worth 100; never below the points, whatever rounding does."""
        if self.points is None:
            return 100.0
        return max(self.points, min(100.0, self.low + 100 * (1 - self.known)))

    def raised(self, subjects: frozenset[Subject], target: float) -> Tally:
        """The same check as it would stand with every part of ``subjects`` at ``target`` points or more.

        What is known stays as well known as it was: a step improves a figure, not the sight of it.
        """
        if self.points is None:
            return self
        parts = tuple(replace(p, points=max(p.points, target)) if p.subject in subjects else p for p in self.parts)
        return replace(self, points=_mean(parts), parts=parts)


def judge(indicators: Iterable[Indicator], specs: Mapping[str, CheckSpec]) -> tuple[Judged, ...]:
    """Every indicator of a declared check with its points and level, ordered by check and subject.

    ValueError when two indicators answer one check about one subject: neither could be preferred.
    """
    judged: dict[tuple[str, Subject], Judged] = {}
    for indicator in indicators:
        if indicator.check not in specs:
            continue
        key = (indicator.check, indicator.subject)
        if key in judged:
            raise ValueError(f"{indicator.check} is answered twice for {indicator.subject.key}")
        judged[key] = _judge(indicator, specs[indicator.check])
    return tuple(judged[key] for key in sorted(judged))


def _judge(indicator: Indicator, spec: CheckSpec) -> Judged:
    outcome = indicator.outcome
    if not isinstance(outcome, Measured):
        return Judged(indicator)
    if isnan(outcome.value):
        return Judged(replace(indicator, outcome=Unknown(Why.CRASHED, "the check gave no number")))
    points = spec.scale.points(outcome.value)
    enough = 1.0 if outcome.sample is None else min(1.0, max(0, outcome.sample) / max(1, spec.scale.sample))
    return Judged(indicator, points, level_of(points), min(1.0, max(0.0, indicator.known)) * enough)


def counted(profiles: Iterable[SubjectProfile]) -> dict[Subject, float]:
    """The repositories that count, with their weights; when none has weight, all of them alike."""
    weights = {p.subject: p.weight for p in sorted(profiles, key=lambda p: p.subject)}
    return {s: w for s, w in weights.items() if w > 0} or dict.fromkeys(weights, 1.0)


def tally(spec: CheckSpec, weights: Mapping[Subject, float], answers: Answers) -> Tally:
    """``spec`` over the subjects of ``weights``: not applicable ones leave, missing answers are unknown."""
    asked = [(subject, weights[subject], answers.get((spec.id, subject))) for subject in sorted(weights)]
    applicable = [(s, w, j) for s, w, j in asked if j is None or not isinstance(j.indicator.outcome, NotApplicable)]
    total = fsum(w for _, w, _ in applicable)
    if asked and not applicable:
        return Tally(spec, "not_applicable", None, 0.0, 0.0, (), _reason(j for _, _, j in asked))
    parts = tuple(
        Part(s, j.points, w * j.sufficiency / total, _certainty(j), _because(j))
        for s, w, j in applicable
        if j is not None and j.points is not None and j.sufficiency > 0
    )
    if not parts:
        return Tally(spec, "unknown", None, 0.0, 0.0, (), _reason(j for _, _, j in applicable))
    sure = fsum(w * j.sufficiency for _, w, j in applicable if j is not None)
    known = min(1.0, sure / total)
    certainty = fsum(p.share * p.certainty for p in parts) / fsum(p.share for p in parts)
    return Tally(spec, "measured", _mean(parts), known, min(1.0, certainty), parts, _summary(parts, len(applicable)))


def tally_all(
    specs: Mapping[str, CheckSpec],
    about: Mapping[str, Kind],
    org: Subject,
    repos: Mapping[Subject, float],
    answers: Answers,
) -> dict[str, Tally]:
    """Every stable check by id, in the order of ids; preview and retired checks carry no weight and are left out."""
    return {
        spec.id: tally(spec, {org: 1.0} if about.get(spec.id) is Kind.ORG else repos, answers)
        for spec in sorted(specs.values(), key=lambda s: s.id)
        if spec.status == "stable"
    }


def _mean(parts: tuple[Part, ...]) -> float:
    mean = fsum(p.share * p.points for p in parts) / fsum(p.share for p in parts)
    return min(max(p.points for p in parts), max(min(p.points for p in parts), mean))


def _certainty(judged: Judged) -> float:
    outcome = judged.indicator.outcome
    return min(1.0, max(0.0, outcome.certainty)) if isinstance(outcome, Measured) else 0.0


def _because(judged: Judged) -> str:
    outcome = judged.indicator.outcome
    return outcome.detail if isinstance(outcome, Unknown) else outcome.because


def _reason(answers: Iterable[Judged | None]) -> str:
    """The commonest reason (ties by text) why there is no figure."""
    reasons = Counter("it was not asked" if j is None else _no_figure(j) for j in answers)
    if not reasons:
        return "no repository was scanned"
    text, count = min(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return text if sum(reasons.values()) == 1 else f"{text} ({count} of {sum(reasons.values())} repositories)"


def _no_figure(judged: Judged) -> str:
    text = _because(judged)
    return f"{text} (no observations behind it)" if isinstance(judged.indicator.outcome, Measured) else text


def _summary(parts: tuple[Part, ...], applicable: int) -> str:
    if applicable == 1:
        return parts[0].because
    worst = min(parts, key=lambda p: (p.points, p.subject))
    known = f"{len(parts)} of {applicable} repositories known"
    if worst.points == max(p.points for p in parts):
        return f"{known}, all alike; for example {worst.subject.name}: {worst.because}"
    return f"{known}; weakest is {worst.subject.name}, {worst.points:.0f} points: {worst.because}"
