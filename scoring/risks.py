"""The risk register: declared risks whose likelihood the measured checks speak to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from scanner.core.assessment import Finding, Recommendation, Risk, SubjectProfile
from scanner.core.outcomes import Severity
from scanner.core.stages import Stage
from scanner.core.subjects import Kind, Subject
from scoring.gates import is_open
from scoring.model import CRITICAL_LIKELIHOOD, WEAK_POINTS, likelihood_of
from scoring.tallies import Tally


@dataclass(frozen=True, slots=True)
class RiskTemplate:
    """A risk as declared: ``drivers`` are the checks whose low points make it likely, ``impact`` is 1 to 5.

    ``outside`` marks what comes at the estate from outside (a threat of the SWOT). ``id`` is never reused.
    """

    id: str
    title: str
    stage: Stage
    drivers: tuple[str, ...]
    impact: int
    consequence: str
    owner_role: str
    outside: bool = False


def register_risks(
    templates: Iterable[RiskTemplate],
    tallies: Mapping[str, Tally],
    profiles: Iterable[SubjectProfile],
    findings: Sequence[Finding],
    recommendations: Sequence[Recommendation],
) -> tuple[Risk, ...]:
    """Every declared risk with a measured driver and a likelihood of 2 or more, by falling exposure.

    Likelihood comes from the mean of the measured drivers by check weight × known share, and is at least 4
    while a critical finding of a driver is open. Impact is the declared one, one higher (at most 5) when a
    repository of criticality 1 is affected. Mitigations are the recommendations that address a driver, by
    rank; without one, the remedies the checks declare.
    """
    vital = frozenset(p.subject for p in profiles if p.criticality == 1)
    severe: dict[str, list[Finding]] = {}
    for f in findings:
        if is_open(f) and f.severity.rank >= Severity.HIGH.rank:
            severe.setdefault(f.check, []).append(f)
    risks = []
    for template in templates:
        drivers = [t for c in template.drivers if (t := tallies.get(c)) is not None and t.points is not None]
        drivers = sorted((t for t in drivers if t.spec.weight > 0), key=lambda t: (t.points, t.spec.id))
        found = [f for t in drivers for f in severe.get(t.spec.id, ())]
        if drivers and (likelihood := _likelihood(drivers, found)) >= 2:
            risks.append(_risk(template, drivers, found, likelihood, vital, recommendations))
    return tuple(sorted(risks, key=lambda r: (-r.exposure, -r.impact, r.id)))


def _risk(
    template: RiskTemplate,
    drivers: Sequence[Tally],
    severe: Sequence[Finding],
    likelihood: int,
    vital: frozenset[Subject],
    recommendations: Sequence[Recommendation],
) -> Risk:
    """The row of ``template``; ``drivers`` run from the worst to the best."""
    affected = _affected(drivers, severe)
    impact = min(5, template.impact + bool(vital.intersection(affected)))
    return Risk(
        id=template.id,
        title=template.title,
        stage=template.stage,
        likelihood=likelihood,
        impact=impact,
        exposure=likelihood * impact,
        because="; ".join(t.because for t in drivers[:2]),
        consequence=template.consequence,
        checks=tuple(t.spec.id for t in drivers),
        subjects=affected,
        mitigation=_mitigation(drivers, recommendations),
        owner_role=template.owner_role,
    )


def _likelihood(drivers: Sequence[Tally], severe: Sequence[Finding]) -> int:
    by_points = likelihood_of(_mean(drivers))
    critical = any(f.severity is Severity.CRITICAL for f in severe)
    return max(by_points, CRITICAL_LIKELIHOOD) if critical else by_points


def _mean(drivers: Sequence[Tally]) -> float:
    weights = [t.spec.weight * t.known for t in drivers]
    total = fsum(weights)
    return fsum(w * t.points for w, t in zip(weights, drivers, strict=True) if t.points is not None) / total


def _affected(drivers: Sequence[Tally], severe: Sequence[Finding]) -> tuple[Subject, ...]:
    """Repositories weak on a driver, or with an open finding of high severity or worse there."""
    weak = {p.subject for t in drivers for p in t.parts if p.points < WEAK_POINTS}
    return tuple(sorted(s for s in weak | {f.subject for f in severe} if s.kind is Kind.REPO))


def _mitigation(drivers: Sequence[Tally], recommendations: Sequence[Recommendation]) -> tuple[str, ...]:
    checks = {t.spec.id for t in drivers}
    steps = tuple(f"{r.id}: {r.title}" for r in recommendations if checks & set(r.addresses))
    return steps or tuple(dict.fromkeys(t.spec.remedy for t in drivers))
