"""What could not be read, and what nobody told: the request list and the interview agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scanner.core.assessment import CheckScore, Gap, Judged, Question, StageScore
from scanner.core.checks import CheckSpec
from scanner.core.evidence import Evidence, Unknown, Why
from scanner.core.subjects import Subject

INTERVIEW = "Interview answers"
"""The name of the one gap that stands for all unanswered questions."""

NOT_COLLECTED = "Facts that were not collected"
"""The name of gaps that leave no evidence behind, because nobody set out to collect the fact."""


class _Cause(NamedTuple):
    what: str
    why: Why
    detail: str
    closes: str


class _Members(NamedTuple):
    subjects: set[Subject]
    checks: set[str]


def list_gaps(
    holes: Iterable[Evidence], judged: Iterable[Judged], specs: Mapping[str, CheckSpec], org: Subject
) -> tuple[Gap, ...]:
    """Every hole once, with all subjects it concerns and the checks that lack it, in whole or in part.

    A check that found its own facts too thin is a gap named by its question. Unanswered questions are
    one gap together. Ordered by the number of checks concerned, then by name.
    """
    found: dict[_Cause, _Members] = {}
    for item in holes:
        if isinstance(item.content, Unknown):
            _note(found, item.fact_type.__name__, item.content, item.subject)
    unanswered: set[str] = set()
    asked: set[str] = set()
    for answer in judged:
        indicator, outcome = answer.indicator, answer.indicator.outcome
        asked.add(indicator.check)
        causes = [(e, e.content) for e in indicator.evidence if isinstance(e.content, Unknown)]
        for evidence, hole in causes:
            _note(found, evidence.fact_type.__name__, hole, evidence.subject, indicator.check)
        if not isinstance(outcome, Unknown) or causes:
            continue
        if outcome.why is Why.NOT_ANSWERED:
            unanswered.add(indicator.check)
        else:
            what = NOT_COLLECTED if outcome.why is Why.NOT_REQUESTED else specs[indicator.check].question
            _note(found, what, outcome, indicator.subject, indicator.check)
    gaps = [Gap(tuple(sorted(m.subjects)), *cause, tuple(sorted(m.checks))) for cause, m in found.items()]
    if unanswered:
        detail = f"{len(unanswered)} of the {len(asked)} checks are questions that nobody has answered"
        closes = "answer the interview agenda in the engagement file"
        gaps.append(Gap((org,), INTERVIEW, Why.NOT_ANSWERED, detail, closes, tuple(sorted(unanswered))))
    return tuple(sorted(gaps, key=lambda g: (-len(g.checks), g.what, g.why.value, g.detail, g.closes)))


def _note(found: dict[_Cause, _Members], what: str, hole: Unknown, subject: Subject, check: str = "") -> None:
    members = found.setdefault(_Cause(what, hole.why, hole.detail, hole.closes), _Members(set(), set()))
    members.subjects.add(subject)
    if check:
        members.checks.add(check)


def list_questions(judged: Iterable[Judged], stages: Iterable[StageScore]) -> tuple[Question, ...]:
    """The interview agenda: every unanswered check, the one whose answer can move its stage furthest first.

    The swing is the check's share of the stage × its unknown part × 100 points: what it adds to the
    width of the stage's interval.
    """
    unanswered = {
        j.indicator.check
        for j in judged
        if isinstance(j.indicator.outcome, Unknown) and j.indicator.outcome.why is Why.NOT_ANSWERED
    }
    questions = [
        Question(c.check, stage.stage, c.question, _swing(c))
        for stage in stages
        for practice in stage.practices
        for c in practice.checks
        if c.check in unanswered
    ]
    return tuple(sorted(questions, key=lambda q: (-q.swing, q.check)))


def _swing(check: CheckScore) -> float:
    return round(100 * check.share * (1 - check.known), 2)
