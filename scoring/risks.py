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
from scoring.model import WEAK_POINTS, likelihood_of
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

    Likelihood comes from the mean of the measured drivers by check weight × known share. Impact is the
    declared one, one higher (at most 5) when a repository of criticality 1 is affected. Mitigations are
    the recommendations that address a driver, by rank; without one, the remedies the checks declare.
    """
    criticality = {p.subject: p.criticality for p in profiles}
    severe: dict[str, set[Subject]] = {}
    for f in findings:
        if is_open(f) and f.severity.rank >= Severity.HIGH.rank and f.subject.kind is Kind.REPO:
            severe.setdefault(f.check, set()).add(f.subject)
    risks = []
    for template in templates:
        drivers = [tallies[c] for c in template.drivers if c in tallies and tallies[c].points is not None]
        if not drivers or (likelihood := likelihood_of(_mean(drivers))) < 2:
            continue
        affected = _affected(drivers, severe)
        vital = any(criticality.get(s) == 1 for s in affected)
        impact = min(5, template.impact + vital)
        worst = sorted(drivers, key=lambda t: (t.points, t.spec.id))
        risks.append(
            Risk(
                id=template.id,
                title=template.title,
                stage=template.stage,
                likelihood=likelihood,
                impact=impact,
                exposure=likelihood * impact,
                because="; ".join(t.because for t in worst[:2]),
                consequence=template.consequence,
                checks=tuple(t.spec.id for t in worst),
                subjects=affected,
                mitigation=_mitigation(worst, recommendations),
                owner_role=template.owner_role,
            )
        )
    return tuple(sorted(risks, key=lambda r: (-r.exposure, -r.impact, r.id)))


def _mean(drivers: Sequence[Tally]) -> float:
    weights = [t.spec.weight * t.known for t in drivers]
    total = fsum(weights)
    return fsum(w * t.points for w, t in zip(weights, drivers, strict=True) if t.points is not None) / total


def _affected(drivers: Sequence[Tally], severe: Mapping[str, set[Subject]]) -> tuple[Subject, ...]:
    """Repositories weak on a driver, or with an open finding of high severity or worse there."""
    weak = {p.subject for t in drivers for p in t.parts if p.points < WEAK_POINTS and p.subject.kind is Kind.REPO}
    return tuple(sorted(weak.union(*(severe.get(t.spec.id, set()) for t in drivers))))


def _mitigation(drivers: Sequence[Tally], recommendations: Sequence[Recommendation]) -> tuple[str, ...]:
    checks = {t.spec.id for t in drivers}
    steps = tuple(f"{r.id}: {r.title}" for r in recommendations if checks & set(r.addresses))
    return steps or tuple(dict.fromkeys(t.spec.remedy for t in drivers))
