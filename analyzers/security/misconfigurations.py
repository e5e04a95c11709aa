"""How faulty the declared infrastructure is."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.infrastructure import Infrastructure

WEIGHT = {Severity.CRITICAL: 10.0, Severity.HIGH: 5.0, Severity.MEDIUM: 2.0, Severity.LOW: 0.5, Severity.INFO: 0.0}


@check(
    CheckSpec(
        id="SEC-013",
        stage=Stage.SECURITY,
        practice="infrastructure",
        question="How many known faults stand in the declared infrastructure?",
        rationale="A public bucket or an open port is found by strangers' scanners within hours of its creation.",
        scale=Scale(
            "weighted faults per file",
            ((0, 100), (0.5, 85), (2, 60), (5, 30), (12, 0)),
            (ours("critical 10, high 5, medium 2, low 0.5: one medium fault in each file is ordinary"),),
            sample=3,
        ),
        remedy="Correct the listed faults, the public and unencrypted ones first, and scan each change of these files.",
        effort=Effort(0.5, each=0.2, per="finding"),
        weight=2.0,
        controls=("ISO 27001:2022 A.8.9",),
    )
)
def misconfigurations(infrastructure: Infrastructure) -> Outcome:
    """Faults weighted by severity ÷ infrastructure and container files read (0 and up), development containers left out."""
    faults = [m for m in infrastructure.misconfigurations if not m.path.startswith(".devcontainer/")]
    files = {r.path for r in infrastructure.resources} | {m.path for m in faults}
    if not files and infrastructure.unparsed:
        return Unknown(
            Why.UNPARSABLE, f"{counted(len(infrastructure.unparsed), 'infrastructure file')} could not be read"
        )
    if not files:
        return NotApplicable("no infrastructure is declared here")
    worst = sorted(faults, key=lambda m: (-m.severity.rank, m.path, m.line, m.rule))
    places = tuple(Place(m.message, m.severity, m.rule, m.path, m.line, anchor=m.anchor) for m in worst[:200])
    because = f"{counted(len(faults), 'known fault')} in {counted(len(files), 'infrastructure file')}"
    return Measured(sum(WEIGHT[m.severity] for m in faults) / len(files), because, sample=len(files), places=places)
