"""Whether declared databases keep backups for at least a week."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.infrastructure import Infrastructure

HOME_MADE = frozenset({"", "compose", "docker", "docker-compose", "kubernetes", "helm"})
"""Providers whose databases are containers: backups are not an attribute there."""


@check(
    CheckSpec(
        id="RIS-005",
        stage=Stage.RISK,
        practice="continuity",
        question="Does every declared database keep automatic backups for a week or more?",
        rationale="Damage to data is often noticed days later; yesterday's copy is then damaged too.",
        scale=Scale(
            "% of databases",
            ((0, 0), (50, 30), (80, 60), (100, 100)),
            (ours("a week outlasts a weekend and a holiday; no database may be left out"),),
        ),
        remedy="Set the backup retention of every production database to 7 days or more.",
        effort=Effort(0.5, each=0.25, per="finding"),
        weight=1.5,
        controls=("ISO 27001:2022 A.8.13", "SOC 2 A1.2"),
    )
)
def backup_retention(infrastructure: Infrastructure) -> Outcome:
    """Share (0 to 100 %) of managed databases, whose files state a retention, that keep backups 7 days or more."""
    managed = [r for r in infrastructure.of("database") if r.provider not in HOME_MADE]
    if not managed:
        return NotApplicable("no managed database is declared here")
    stated = [r for r in managed if r.backup_days is not None]
    if not stated:
        return Unknown(
            Why.UNSUPPORTED,
            f"none of {len(managed)} declared databases states its backup retention",
            "state the retention in the infrastructure code",
        )
    short = sorted((r for r in stated if (r.backup_days or 0) < 7), key=lambda r: (r.backup_days or 0, r.path, r.line))
    places = tuple(
        Place(
            f"{r.type} keeps backups for {counted(r.backup_days or 0, 'day')}",
            Severity.MEDIUM if r.backup_days else Severity.HIGH,
            path=r.path,
            line=r.line,
            anchor=f"{r.type}.{r.name}",
        )
        for r in short[:200]
    )
    return Measured(
        percent(len(stated) - len(short), len(stated)),
        f"{len(stated) - len(short)} of {len(stated)} databases keep backups for 7 days or more; {len(managed) - len(stated)} do not say",
        sample=len(stated),
        places=places,
    )
