"""How long the oldest severe weakness with a known repair has been public."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.dependencies import Vulnerabilities
from scanner.facts.engagement import Moment


@check(
    CheckSpec(
        id="RIS-014",
        stage=Stage.RISK,
        practice="watch",
        question="How long has the oldest severe and repairable weakness of a dependency been public?",
        rationale="One forgotten advisory is enough; its age shows whether anybody looks.",
        scale=Scale(
            "days",
            ((0, 100), (30, 75), (90, 50), (365, 20), (730, 0)),
            (ours("a month to take a repair is the usual promise; a year is forgetting"),),
        ),
        remedy="Update the named dependencies to a repaired release, the oldest advisory first.",
        effort=Effort(0.5, each=0.5, per="repository"),
        controls=("ISO 27001:2022 A.8.8", "SSDF RV.2"),
    )
)
def oldest_exposure(vulnerabilities: Vulnerabilities, moment: Moment) -> Outcome:
    """Days since publication of the oldest high or critical advisory with a fix, outside development; 0 when there is none."""
    total = vulnerabilities.assessed + vulnerabilities.unassessed
    if not total:
        return NotApplicable("the repository has no dependencies to match")
    today = moment.as_of.date()
    severe = [
        v
        for v in vulnerabilities.vulnerabilities
        if v.severity.rank >= Severity.HIGH.rank and v.fixed_in and v.scope != "development"
    ]
    ages = [max(0, (today - v.published).days) for v in severe if v.published]
    if ages:
        return Measured(
            max(ages),
            f"the oldest of {len(severe)} severe advisories with a fix is {counted(max(ages), 'day')} old",
            sample=total,
        )
    if severe or 2 * vulnerabilities.assessed < total:
        return Unknown(
            Why.UNSUPPORTED,
            f"{vulnerabilities.assessed} of {total} dependencies were matched with advisories, {len(severe)} of these undated",
            "commit lock files, and load advisories for the ecosystem",
        )
    return Measured(
        0,
        f"no severe advisory with a fix holds for {counted(vulnerabilities.assessed, 'dependency', 'dependencies')} assessed",
        sample=total,
    )
