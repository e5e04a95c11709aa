"""How much of the technology in use is no longer supported."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import SupportStatus
from scanner.facts.engagement import Moment


@check(
    CheckSpec(
        id="STR-008",
        stage=Stage.STRATEGY,
        practice="obsolescence",
        question="Is everything in use still supported by its maker?",
        rationale="Past the end of support security faults stay open, and the upgrade only grows dearer.",
        scale=Scale(
            "% of known components",
            ((0, 100), (5, 75), (20, 40), (50, 10), (100, 0)),
            (ours("one component in twenty may be on its way out; a fifth unsupported is a project of its own"),),
            sample=3,
        ),
        remedy="Upgrade the components listed here to a supported release, runtimes and databases first.",
        effort=Effort(0.5, each=2.0, per="finding"),
        weight=2.0,
        controls=("SSDF PW.4", "ISO 27001:2022 A.8.8"),
    )
)
def ended_support(support: SupportStatus, moment: Moment) -> Outcome:
    """Share (0 to 100 %) of the components known to the end-of-life table whose support has ended.

    The places are findings of ARC-011 (runtimes, frameworks) and VEN-012 (the rest), not of this figure.
    """
    if not support.components:
        if support.unmatched:
            return Unknown(Why.UNSUPPORTED, f"none of {support.unmatched} versions is in the end-of-life table")
        return NotApplicable("no component with a published support date is in use")
    today = moment.as_of.date()
    ended = [c for c in support.components if c.ended or (c.eol_on is not None and c.eol_on <= today)]
    return Measured(
        percent(len(ended), len(support.components)),
        f"support has ended for {len(ended)} of {len(support.components)} components with known dates",
        sample=len(support.components),
    )
