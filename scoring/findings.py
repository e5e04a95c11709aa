"""Findings: the places that checks saw, and plain low figures, each with a fingerprint that survives moved lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from scanner.core.assessment import EvidenceRef, Finding, Judged, Status
from scanner.core.checks import CheckSpec
from scanner.core.evidence import Evidence, Unknown
from scanner.core.outcomes import Certainty, Measured, Place, Severity
from scanner.core.subjects import Kind, Subject
from scoring.model import EVIDENCE_LIMIT, FINDING_BELOW, severity_of
from scoring.trend import Before

_NUMBER = re.compile(r"[0-9][0-9.,]*")
_LOW_FIGURE = "low figure"


@dataclass(frozen=True, slots=True)
class Waived:
    """An accepted finding: it no longer asks for anything through the day ``expires``; no measure changes."""

    fingerprint: str
    reason: str
    owner: str
    expires: date


@dataclass(frozen=True, slots=True)
class Register:
    """All findings in report order, and the same ones by the answer (check and subject asked) they came from."""

    findings: tuple[Finding, ...]
    by_answer: Mapping[tuple[str, Subject], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class _Sighting:
    asked: Subject
    subject: Subject
    check: str
    place: Place

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """What makes it the same finding at the next scan; the line number is no part of it."""
        anchor = self.place.anchor or _NUMBER.sub("#", self.place.message)
        return self.check, self.place.rule or self.check, self.subject.key, self.place.path, anchor

    @property
    def order(self) -> tuple[int, str, str, int]:
        """The order among sightings of one identity."""
        return self.place.line or 0, self.place.message, self.place.commit, self.place.severity.rank


def register(
    judged: Iterable[Judged],
    specs: Mapping[str, CheckSpec],
    heads: Mapping[Subject, str],
    as_of: date,
    waivers: Iterable[Waived] = (),
    before: Before | None = None,
) -> Register:
    """Every finding of the measured indicators.

    ``heads`` gives the commit of repositories whose evidence names none; ``before`` tells
    what the previous scan lacked: that is NEW, all else KNOWN, unless a waiver is in force; without it all is NEW.
    """
    accepted = {w.fingerprint: w for w in sorted(waivers, key=lambda w: w.expires) if w.expires >= as_of}
    by_answer: dict[tuple[str, Subject], tuple[Finding, ...]] = {}
    counts: dict[tuple[str, str, str, str, str], int] = {}
    for item in judged:
        spec = specs[item.indicator.check]
        cited = _Citations(item.indicator.evidence)
        made = []
        for sighting in sorted(_sightings(item, spec), key=lambda s: (s.identity, s.order)):
            counts[sighting.identity] = number = counts.get(sighting.identity, 0) + 1
            mark = fingerprint(sighting.identity, number)
            known = before is not None and not before.lacked(mark, spec.id, sighting.subject)
            made.append(_finding(sighting, spec, mark, cited, heads, accepted.get(mark), known=known))
        if made:
            by_answer[item.indicator.check, item.indicator.subject] = tuple(made)
    everything = sorted((f for found in by_answer.values() for f in found), key=_report_order)
    return Register(tuple(everything), by_answer)


def fingerprint(identity: Iterable[str], number: int = 1) -> str:
    """First 16 hex digits of the SHA-256 over the parts of ``identity``; the second and later of the same kind are numbered."""
    parts = [*identity, *([f"#{number}"] if number > 1 else [])]
    return sha256("\x1f".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _sightings(judged: Judged, spec: CheckSpec) -> list[_Sighting]:
    indicator, outcome = judged.indicator, judged.indicator.outcome
    if not isinstance(outcome, Measured):
        return []
    places = outcome.places
    if not places and judged.points is not None and judged.points < FINDING_BELOW:
        places = (_low_figure(outcome, judged.points, spec),)
    return [_Sighting(indicator.subject, p.subject or indicator.subject, spec.id, p) for p in places]


def _low_figure(outcome: Measured, points: float, spec: CheckSpec) -> Place:
    """The finding of a low figure that names no place.

    It stays below the gate of its check: only a decisive place holds a level down. Otherwise clearing the
    last minor place of a low figure could trip the gate, and removing a finding would lower a level.
    """
    severity = severity_of(points, spec.weight)
    if spec.gate is not None and severity.rank >= spec.gate.severity.rank:
        severity = list(Severity)[max(0, spec.gate.severity.rank - 1)]
    sure = (
        Certainty.HIGH if outcome.certainty >= 0.8 else Certainty.MEDIUM if outcome.certainty >= 0.5 else Certainty.LOW
    )
    return Place(outcome.because, severity, anchor=_LOW_FIGURE, certainty=sure)


def _finding(
    sighting: _Sighting,
    spec: CheckSpec,
    mark: str,
    cited: _Citations,
    heads: Mapping[Subject, str],
    waiver: Waived | None,
    *,
    known: bool,
) -> Finding:
    place = sighting.place
    evidence = cited.about(sighting.subject)
    status = Status.WAIVED if waiver else Status.KNOWN if known else Status.NEW
    commits = (e.commit for e in evidence if e.subject == sighting.subject and e.commit)
    return Finding(
        fingerprint=mark,
        rule=place.rule or spec.id,
        check=spec.id,
        stage=spec.stage,
        subject=sighting.subject,
        path=place.path,
        line=place.line or None,
        commit=place.commit or next(commits, heads.get(sighting.subject, "")),
        severity=place.severity,
        confidence=place.certainty,
        status=status,
        message=place.message,
        evidence=evidence,
        waiver=f"{waiver.reason} (accepted by {waiver.owner} until {waiver.expires.isoformat()})" if waiver else "",
    )


class _Citations:
    """The known evidence of one indicator, by the subject that a finding is about."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self._by_subject: dict[Subject, list[Evidence]] = {}
        for item in evidence:
            if not isinstance(item.content, Unknown):
                self._by_subject.setdefault(item.subject, []).append(item)
        self._found: dict[Subject, tuple[EvidenceRef, ...]] = {}

    def about(self, subject: Subject) -> tuple[EvidenceRef, ...]:
        """The subject's own evidence, then that of the estate; a finding about the estate may cite every repository."""
        if subject not in self._found:
            if subject.kind is Kind.ORG:
                others = sorted(s for s in self._by_subject if s != subject)
            else:
                others = sorted(s for s in self._by_subject if s.kind is Kind.ORG)
            cited = [
                item
                for whose in (subject, *others)
                for item in sorted(self._by_subject.get(whose, ()), key=lambda e: (e.fact_type.__name__, e.source))
            ]
            self._found[subject] = tuple(_reference(item) for item in cited[:EVIDENCE_LIMIT])
        return self._found[subject]


def _reference(item: Evidence) -> EvidenceRef:
    return EvidenceRef(
        subject=item.subject,
        fact=item.fact_type.__name__,
        source=item.source,
        collector=item.collector,
        version=item.version,
        commit=item.commit,
        caveat=item.caveat,
        digest="" if item.fact_type.personal else item.digest,
    )


def _report_order(finding: Finding) -> tuple[int, int, str, Subject, str, int, str]:
    f = finding
    return -f.severity.rank, f.stage.number, f.check, f.subject, f.path, f.line or 0, f.fingerprint
