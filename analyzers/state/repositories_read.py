"""How many of the repositories found could be read."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import ScanLedger


@check(
    CheckSpec(
        id="STA-001",
        stage=Stage.STATE,
        practice="evidence",
        question="Could every repository that was found be read?",
        rationale="What was not read may hold the worst of the estate; a judgement must say how much it saw.",
        scale=Scale(
            "% of repositories",
            ((0, 0), (50, 30), (80, 60), (95, 90), (100, 100)),
            (ours("an assessment of four fifths of an estate is usable, one of half of it is not"),),
        ),
        remedy="Grant read access to the repositories listed under the holes and scan again.",
        effort=Effort(0.5),
        weight=2.0,
    )
)
def repositories_read(scan: ScanLedger) -> Outcome:
    """Share (0 to 100 %) of the repositories found that could be read."""
    if not scan.repositories_found:
        return Unknown(Why.NOT_REQUESTED, "no repository was found", "a target with repositories")
    return Measured(
        percent(scan.repositories_read, scan.repositories_found),
        f"{scan.repositories_read} of {scan.repositories_found} repositories were read",
    )
