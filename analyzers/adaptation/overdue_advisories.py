"""How many repairs that exist have not been taken."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.dependencies import Vulnerabilities
from scanner.facts.engagement import Moment

DAYS = 30


@check(
    CheckSpec(
        id="ADA-005",
        stage=Stage.ADAPTATION,
        practice="quick",
        question="Are repaired releases of dependencies taken within a month of a severe advisory?",
        rationale="How fast a repair is taken shows how fast the estate can change at all.",
        scale=Scale(
            "advisories per 100 dependencies",
            ((0, 100), (1, 75), (3, 50), (8, 20), (20, 0)),
            (ours("one in a hundred is a slip; several are a standstill"),),
            sample=20,
        ),
        remedy="Take the repaired releases, and let an update bot propose the next ones.",
        effort=Effort(0.5, each=0.5, per="repository"),
        weight=1.5,
        controls=("ISO 27001:2022 A.8.8", "SSDF RV.2"),
    )
)
def overdue_advisories(vulnerabilities: Vulnerabilities, moment: Moment) -> Outcome:
    """High and critical advisories with a fix, public for over 30 days, per 100 dependencies assessed (0 upwards)."""
    total = vulnerabilities.assessed + vulnerabilities.unassessed
    if not total:
        return NotApplicable("the repository has no dependencies to match")
    severe = [v for v in vulnerabilities.vulnerabilities if v.severity.rank >= Severity.HIGH.rank and v.fixed_in]
    undated = sum(v.published is None for v in severe)
    if 2 * vulnerabilities.assessed < total or undated:
        return Unknown(
            Why.UNSUPPORTED,
            f"{vulnerabilities.assessed} of {total} dependencies were matched with advisories, {undated} of these undated",
            "commit lock files, and load advisories for the ecosystem",
        )
    limit = moment.as_of.date() - timedelta(days=DAYS)
    overdue = {
        (v.id, v.ecosystem, v.name, v.version) for v in severe if v.published is not None and v.published < limit
    }
    return Measured(
        percent(len(overdue), vulnerabilities.assessed),
        f"{counted(len(overdue), 'severe advisory', 'severe advisories')} with a fix, older than {DAYS} days, in {counted(vulnerabilities.assessed, 'dependency', 'dependencies')} assessed",
        sample=vulnerabilities.assessed,
    )
