"""How much of the evidence that was asked for could be established."""

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
        id="STA-002",
        stage=Stage.STATE,
        practice="evidence",
        question="Was the evidence that was asked for obtained?",
        rationale="Every hole in the evidence is a question that somebody else must ask again.",
        scale=Scale(
            "% of facts asked for",
            ((0, 0), (50, 30), (80, 65), (95, 95), (100, 100)),
            (ours("below half known weight the model calls a stage not assessable; a few holes are normal"),),
        ),
        remedy="Grant the permissions named beside the holes of this report and scan again.",
        effort=Effort(0.5),
    )
)
def evidence_known(scan: ScanLedger) -> Outcome:
    """Share (0 to 100 %) of the facts asked for that are known; facts nobody asked for are left out."""
    asked = scan.facts_known + scan.facts_unknown
    if not asked:
        return Unknown(Why.NOT_REQUESTED, "no fact was asked for", "a target with repositories")
    return Measured(
        percent(scan.facts_known, asked),
        f"{scan.facts_known} of {asked} facts asked for are known; {scan.facts_not_requested} were not asked for",
    )
