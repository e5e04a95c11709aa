"""The present scan against the previous one of the same engagement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scanner.core.assessment import Assessment, Change, CheckScore, StageScore, Status, Trend, TrendPoint
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Indicator, Measured, NotApplicable, Outcome
from scanner.core.subjects import Kind, Subject
from scoring.gates import is_open
from scoring.model import CHECK_NOISE, PLACES_LIMIT, STAGE_NOISE


def point(assessment: Assessment) -> TrendPoint:
    """The scores of ``assessment`` as one point of a later history; a stage that is not assessable has none."""
    stages = tuple((s.stage.value, s.score if s.assessable else None) for s in assessment.stages)
    return TrendPoint(assessment.as_of, assessment.overall.score, stages)


def compare(previous: Assessment, present: Assessment, history: tuple[TrendPoint, ...] = ()) -> Trend:
    """What moved between two scans by more than noise, what is new, and what was fixed.

    Both must be scored by one model: re-score the older evidence first. Where they are not, every
    change says so. A finding counts as fixed only when its check was measured there again, and as new only
    when the previous scan looked there and did not see it. What another check still sees in the same place is
    not fixed: a credential taken out of a file stands in the history all the same.
    """
    note = (
        ""
        if previous.model_version == present.model_version
        else f"models {previous.model_version} and {present.model_version} differ"
    )
    now = {f.fingerprint for f in present.findings}
    looked = Looked(present, Measured)
    still: dict[tuple[str, Subject, str], set[str]] = {}
    for f in present.findings:
        if is_open(f):
            still.setdefault((f.rule, f.subject, f.path), set()).add(f.check)
    fixed = (
        f
        for f in previous.findings
        if is_open(f)
        and f.fingerprint not in now
        and looked.at(f.check, f.subject)
        and not still.get((f.rule, f.subject, f.path), set()) - {f.check}
    )
    before = Before(previous)
    new = tuple(f for f in present.findings if before.lacked(f.fingerprint, f.check, f.subject))
    return Trend(
        previous_as_of=previous.as_of,
        stages=tuple(_stage_changes(previous, present, note)),
        checks=tuple(_check_changes(previous, present, note)),
        new=new,
        fixed=tuple(replace(f, status=Status.FIXED) for f in fixed),
        known=len(now - {f.fingerprint for f in new}),
        history=tuple(sorted(history, key=lambda p: p.as_of)),
    )


class Looked:
    """Where a scan looked, so that what it did not see there was not there. ``kinds`` of outcomes count as a look."""

    def __init__(self, scan: Assessment, *kinds: type[Measured | NotApplicable]) -> None:
        self._answered: dict[tuple[str, Subject], Indicator] = {
            (j.indicator.check, j.indicator.subject): j.indicator
            for j in scan.indicators
            if isinstance(j.indicator.outcome, kinds) and _is_whole(j.indicator.outcome)
        }
        self._estate = {
            check: indicator for (check, subject), indicator in self._answered.items() if subject.kind is Kind.ORG
        }

    def at(self, check: str, subject: Subject) -> bool:
        """Whether ``check`` was answered about ``subject``, with all it reads about that subject known."""
        if (check, subject) in self._answered:
            return True
        indicator = self._estate.get(check)
        if indicator is None or subject.kind is Kind.ORG:
            return False
        read = [e.content for e in indicator.evidence if e.subject == subject]
        return bool(read) and not any(isinstance(content, Unknown) for content in read)


def _is_whole(outcome: Outcome) -> bool:
    return not isinstance(outcome, Measured) or len(outcome.places) < PLACES_LIMIT


class Before:
    """What the previous scan of an engagement tells of a present finding."""

    def __init__(self, previous: Assessment) -> None:
        self._seen = {f.fingerprint for f in previous.findings}
        self._subjects = {p.subject for p in previous.profiles} | {j.indicator.subject for j in previous.indicators}
        self._looked = Looked(previous, Measured, NotApplicable)

    def lacked(self, fingerprint: str, check: str, subject: Subject) -> bool:
        """Whether a finding is new: its subject is new, or the previous scan looked there and did not see it."""
        if fingerprint in self._seen:
            return False
        return subject not in self._subjects or self._looked.at(check, subject)


def _stage_changes(previous: Assessment, present: Assessment, note: str) -> Iterator[Change]:
    before = {s.stage: s for s in previous.stages}
    for stage in present.stages:
        old = before.get(stage.stage)
        then, now = _assessed(old), _assessed(stage)
        if _moved(then, now, STAGE_NOISE):
            yield Change(
                stage.stage.value, stage.stage.spec.name, then, now, _join(_turn(then, now, "assessable"), note)
            )


def _assessed(stage: StageScore | None) -> float | None:
    return stage.score if stage is not None and stage.assessable else None


def _check_changes(previous: Assessment, present: Assessment, note: str) -> Iterator[Change]:
    before, after = _checks(previous), _checks(present)
    for check in sorted(before.keys() | after.keys()):
        old, new = before.get(check), after.get(check)
        then, now = old.points if old else None, new.points if new else None
        states = (old.state if old else "not asked", new.state if new else "not asked")
        turned = "" if states[0] == states[1] else f"{_words(states[0])}, now {_words(states[1])}"
        if turned or _moved(then, now, CHECK_NOISE):
            question = new.question if new else old.question if old else ""
            yield Change(check, question, then, now, _join(turned, note))


def _checks(assessment: Assessment) -> dict[str, CheckScore]:
    return {c.check: c for s in assessment.stages for p in s.practices for c in p.checks}


def _moved(then: float | None, now: float | None, noise: float) -> bool:
    if then is None or now is None:
        return then is not now
    return abs(now - then) >= noise - 1e-9


def _turn(then: float | None, now: float | None, word: str) -> str:
    if (then is None) == (now is None):
        return ""
    return f"now {word}" if then is None else f"no longer {word}"


def _words(state: str) -> str:
    return state.replace("_", " ")


def _join(*notes: str) -> str:
    return "; ".join(n for n in notes if n)
