"""One bar of the waterfall, with everything that answers "how do you know?"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports import words
from reports.document import rows, shapes
from reports.format import Catalogue
from scanner.core.assessment import CheckScore, EvidenceRef, Judged
from scanner.core.checks import CheckSpec
from scanner.core.evidence import Evidence
from scanner.core.evidence import Unknown as Hole
from scanner.core.outcomes import Measured, NotApplicable
from scanner.core.subjects import Subject

REPOSITORIES = 25
"""Repositories listed under a check, worst first; the rest stand in assessment.json."""
EVIDENCE = 12
"""Pieces of evidence listed under a check; the rest stand in assessment.json."""


def check(score: CheckScore, answers: Sequence[Judged], catalogue: Catalogue) -> shapes.CheckRow:
    """``score`` with the answers of that check and its declaration (none: only what the score itself says)."""
    spec = catalogue.get(score.check)
    measured = sorted((a for a in answers if isinstance(a.indicator.outcome, Measured)), key=_worst_first)
    cited = _distinct(answers)
    return shapes.CheckRow(
        id=score.check,
        anchor=rows.check_anchor(score.check),
        question=words.plain(score.question, 300),
        state=score.state.replace("_", " "),
        value=_value(measured, spec),
        because=words.plain(score.because),
        points="not applicable" if score.state == "not_applicable" else words.points(score.points),
        bar=shapes.Bar(score.points, score.low, score.high, score.level),
        interval=words.interval(score.low, score.high),
        known=words.share(score.known),
        share=words.share(score.share),
        moves=words.signed(score.moves),
        basis=", ".join(sorted({o.basis.value for a in measured if isinstance(o := a.indicator.outcome, Measured)})),
        rationale=spec.rationale if spec else "",
        remedy=spec.remedy if spec else "",
        unit=spec.scale.unit if spec else "",
        curve=tuple((words.number(x), words.points(y)) for x, y in spec.scale.curve) if spec else (),
        sources=tuple(
            shapes.SourceRow(s.rank.value, words.plain(s.text, 300), words.web(s.url)) for s in spec.scale.sources
        )
        if spec
        else (),
        controls=spec.controls if spec else (),
        repositories=tuple(_repository(a, spec) for a in measured[:REPOSITORIES]),
        repositories_more=max(0, len(measured) - REPOSITORIES),
        not_applicable=_grouped(answers, NotApplicable),
        holes=_grouped(answers, Hole),
        evidence=tuple(rows.evidence(e) for e in cited[:EVIDENCE]),
        evidence_more=max(0, len(cited) - EVIDENCE),
        caveats=tuple(sorted({words.plain(e.caveat, 300) for e in cited if e.caveat})),
    )


def reference(item: Evidence) -> EvidenceRef:
    """A piece of evidence without its content; facts that hold pseudonyms keep no digest."""
    return EvidenceRef(
        item.subject,
        item.fact_type.__name__,
        item.source,
        item.collector,
        item.version,
        item.commit,
        item.caveat,
        "" if item.fact_type.personal else item.digest,
    )


def _worst_first(answer: Judged) -> tuple[float, Subject]:
    return (101.0 if answer.points is None else answer.points, answer.indicator.subject)


def _value(measured: Sequence[Judged], spec: CheckSpec | None) -> str:
    """The figure itself when there is one only; with several repositories their range."""
    unit = spec.scale.unit if spec else ""
    values = sorted(a.indicator.outcome.value for a in measured if isinstance(a.indicator.outcome, Measured))
    if not values:
        return ""
    if words.number(values[0]) == words.number(values[-1]):
        return words.quantity(values[0], unit)
    return f"{words.number(values[0])} to {words.quantity(values[-1], unit)}"


def _repository(answer: Judged, spec: CheckSpec | None) -> shapes.RepositoryRow:
    outcome = answer.indicator.outcome
    assert isinstance(outcome, Measured)
    sample = f", sample {outcome.sample:,}" if outcome.sample is not None else ""
    window = f", {outcome.window_days} days" if outcome.window_days is not None else ""
    bound = answer.points if answer.points is not None else 0.0
    return shapes.RepositoryRow(
        words.name(answer.indicator.subject),
        words.quantity(outcome.value, spec.scale.unit if spec else ""),
        words.points(answer.points),
        shapes.Bar(answer.points, bound, bound, answer.level),
        f"{words.plain(outcome.because)} ({outcome.basis.value}{sample}{window})",
    )


def _grouped(answers: Iterable[Judged], kind: type[NotApplicable | Hole]) -> tuple[shapes.HoleRow, ...]:
    """Answers of one kind, one row per distinct reason, with the repositories it holds for."""
    groups: dict[tuple[str, str, str], list[Subject]] = {}
    for answer in answers:
        outcome = answer.indicator.outcome
        if not isinstance(outcome, kind):
            continue
        if isinstance(outcome, Hole):
            key = (words.REASONS[outcome.why], words.plain(outcome.detail, 2000), words.plain(outcome.closes))
        else:
            assert isinstance(outcome, NotApplicable)
            key = ("not applicable", words.plain(outcome.because), "")
        groups.setdefault(key, []).append(answer.indicator.subject)
    return tuple(shapes.HoleRow(rows.names(sorted(who)), *key) for key, who in sorted(groups.items()))


def _distinct(answers: Iterable[Judged]) -> list[EvidenceRef]:
    """The evidence behind ``answers``, each piece once, ordered by subject and fact."""
    cited = {reference(e): None for a in answers for e in a.indicator.evidence}
    return sorted(cited, key=lambda e: (e.subject, e.fact, e.source, e.collector, e.commit))
