"""How much known vulnerability the locked dependencies carry."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Gate, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.dependencies import Dependencies, Vulnerabilities, Vulnerability

WEIGHT = {Severity.CRITICAL: 10.0, Severity.HIGH: 5.0, Severity.MEDIUM: 2.0, Severity.LOW: 0.5, Severity.INFO: 0.0}


@check(
    CheckSpec(
        id="SEC-003",
        stage=Stage.SECURITY,
        practice="dependencies",
        question="How many known vulnerabilities do the dependencies carry?",
        rationale="Published faults come with published ways to use them; scanners of strangers find them first.",
        scale=Scale(
            "weighted advisories",
            ((0, 100), (2, 85), (8, 60), (25, 30), (80, 0)),
            (SCORECARD, ours("critical 10, high 5, medium 2, low 0.5; transitive counts half, not shipped a fifth")),
        ),
        remedy="Update the listed packages to the named fixed versions, shipped and critical ones first.",
        effort=Effort(0.5, each=0.25, per="finding"),
        weight=2.0,
        gate=Gate(Severity.CRITICAL, "a critical vulnerability stands in a shipped dependency"),
        controls=("SSDF RV.1", "ISO 27001:2022 A.8.8"),
    )
)
def known_vulnerabilities(known: Vulnerabilities, dependencies: Dependencies) -> Outcome:
    """Advisories on distinct locked packages, weighted by severity, scope and directness (0 and up).

    An unreadable manifest counts as one dependency that was not assessed; its certainty is the share assessed.
    """
    total = known.assessed + known.unassessed
    if not total:
        return NotApplicable("no dependency is declared")
    broken = sum(bool(m.problem) for m in dependencies.manifests)
    unread = f" ({counted(broken, 'unreadable manifest')} counted among them)" if broken else ""
    of_all = f"{counted(total, 'dependency', 'dependencies')}{unread}"
    if not known.vulnerabilities and 2 * known.assessed < total:
        detail = f"only {known.assessed} of {of_all} had an exact version and advisory data"
        return Unknown(Why.SAMPLE_TOO_SMALL, detail, "lock files, or advisories for these ecosystems")
    order = sorted(
        known.vulnerabilities, key=lambda v: (-_severity(v).rank, not v.direct, v.path, v.line, v.id, v.name)
    )
    distinct = {(v.id, v.ecosystem, v.name, v.version): v for v in reversed(order)}
    because = f"advisories that hold: {len(distinct)}, for {known.assessed} assessed of {of_all}"
    if known.unassessed:
        because += f"; nothing is known of the other {known.unassessed}"
    return Measured(
        sum(WEIGHT[v.severity] * (1 if v.direct else 0.5) * (1 if _shipped(v) else 0.2) for v in distinct.values()),
        because,
        sample=known.assessed,
        places=tuple(_place(v) for v in order[:200]),
        certainty=known.assessed / total,
    )


def _shipped(v: Vulnerability) -> bool:
    return v.scope not in ("development", "build")


def _severity(v: Vulnerability) -> Severity:
    """What is not shipped stops no deal: at most medium."""
    return v.severity if _shipped(v) else min(v.severity, Severity.MEDIUM, key=lambda s: s.rank)


def _place(v: Vulnerability) -> Place:
    fix = f"fixed in {', '.join(v.fixed_in[:3])}" if v.fixed_in else "no fixed version is known"
    message = f"{v.name} {v.version} ({v.scope}, {'direct' if v.direct else 'transitive'}): {fix}"
    return Place(message, _severity(v), v.id, v.path, v.line, anchor=f"{v.ecosystem}:{v.name}")
