"""The rights to ask the owner for: what each one would show, of how many repositories, and how far it would open the scores."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import fsum

from scanner.core.assessment import Assessment, CheckScore, Gap, StageScore
from scanner.core.evidence import Why
from scanner.core.stages import Stage
from scanner.core.subjects import Kind, Subject

_OF_RIGHTS = frozenset({Why.FORBIDDEN, Why.AMBIGUOUS_404})
_NAMED = re.compile("“([^”]{1,100})”")
_QUESTION = re.compile(r"\?$")


@dataclass(frozen=True, slots=True)
class RightRequest:
    """One right to ask for. ``ask`` is the request in full, ``right`` its short name; ``checks`` wait for it.

    ``opens`` says by stage how much of its coverage (0 to 1) those checks still lack, ``coverage`` the same of the
    whole: what the right can add at most, for other things may be missing as well.
    """

    right: str
    ask: str
    facts: tuple[str, ...]
    repositories: int
    estate: bool
    checks: tuple[str, ...]
    opens: tuple[tuple[Stage, float], ...]
    coverage: float


@dataclass(slots=True)
class _Row:
    asks: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)
    subjects: set[Subject] = field(default_factory=set)
    checks: set[str] = field(default_factory=set)


def requests(assessment: Assessment) -> tuple[RightRequest, ...]:
    """Every right that a gap names, the one that can open most first.

    A gap asks for the rights in “quotes”, else for what it says closes it. A check that found a setting hidden is
    added to the right for which the collector left settings out, where that is one right.
    """
    rows: dict[str, _Row] = {}
    partial = [gap for gap in assessment.gaps if gap.why is Why.PARTIAL and gap.closes]
    for gap in (*(g for g in assessment.gaps if g.why in _OF_RIGHTS and g.closes and not _of_check(g)), *partial):
        for right, ask in _rights(gap):
            row = rows.setdefault(right, _Row())
            row.asks.add(ask)
            row.facts.add(gap.what)
            row.subjects.update(gap.subjects)
            row.checks.update(gap.checks)
    read = _facts_of(assessment)
    for gap in (g for g in assessment.gaps if g.why in _OF_RIGHTS and _of_check(g)):
        for right, ask in _rights_of_check(gap, partial, read):
            row = rows.setdefault(right, _Row())
            if ask and not row.asks:
                row.asks.add(ask)
            row.subjects.update(gap.subjects)
            row.checks.update(gap.checks)
    made = (_request(right, row, assessment.stages) for right, row in rows.items())
    return tuple(sorted(made, key=lambda r: (-r.coverage, -len(r.checks), r.right)))


def _of_check(gap: Gap) -> bool:
    """Whether a check itself found its fact too thin: such gaps are named by the question."""
    return _QUESTION.search(gap.what) is not None


def _rights(gap: Gap) -> list[tuple[str, str]]:
    """(name, request) of every right that ``gap`` names."""
    out = []
    for ask in gap.closes.split("; "):
        named = _NAMED.findall(ask)
        out += [(right, ask) for right in named] or [(ask, ask)]
    return out


def _facts_of(assessment: Assessment) -> Mapping[str, set[str]]:
    """The names of the facts on which each check's answers rest."""
    found: dict[str, set[str]] = {}
    for judged in assessment.indicators:
        names = found.setdefault(judged.indicator.check, set())
        names.update(item.fact_type.__name__ for item in judged.indicator.evidence)
    return found


def _rights_of_check(gap: Gap, partial: Iterable[Gap], read: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """The rights in “quotes”, of them those that its facts were refused; where a forge has roles instead, the role."""
    named = [(right, gap.closes) for right in _NAMED.findall(gap.closes)]
    facts = {fact for check in gap.checks for fact in read.get(check, ())}
    behind = [g for g in partial if g.what in facts and not set(g.subjects).isdisjoint(gap.subjects)]
    found = sorted({pair for g in behind for pair in _rights(g)})
    refused = {right for right, _ in found}
    if named and not any(right == ask for right, ask in found):
        return [pair for pair in named if pair[0] in refused] or named
    if len(found) == 1 or not gap.closes:
        return found
    return [(gap.closes, gap.closes)]


def _request(right: str, row: _Row, stages: tuple[StageScore, ...]) -> RightRequest:
    total = fsum(stage.stage.spec.weight for stage in stages)
    opens = [(stage.stage, lacking) for stage in stages if (lacking := _lacking(stage, row.checks)) > 0]
    gain = fsum(stage.spec.weight * lacking for stage, lacking in opens)
    repositories = sum(subject.kind is Kind.REPO for subject in row.subjects)
    return RightRequest(
        right=right,
        ask=min(row.asks, key=lambda ask: (len(ask), ask), default=right),
        facts=tuple(sorted(row.facts)),
        repositories=repositories,
        estate=repositories < len(row.subjects),
        checks=tuple(sorted(row.checks)),
        opens=tuple(sorted(opens, key=lambda pair: (-pair[1], pair[0].number))),
        coverage=gain / total if total else 0.0,
    )


def _lacking(stage: StageScore, checks: set[str]) -> float:
    """The part of the stage's coverage that ``checks`` still lack."""
    scores: Iterable[CheckScore] = (c for practice in stage.practices for c in practice.checks)
    return fsum(c.share * (1 - c.known) for c in scores if c.check in checks and c.state != "not_applicable")
