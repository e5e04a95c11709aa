"""How much of the technology in use loses its support within a year."""

from __future__ import annotations

from datetime import date, timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import Component, SupportStatus
from scanner.facts.engagement import Moment


@check(
    CheckSpec(
        id="STR-009",
        stage=Stage.STRATEGY,
        practice="obsolescence",
        question="Will everything in use still be supported a year from now?",
        rationale="An end of support known a year ahead is a plan; found out on the day it is an emergency.",
        scale=Scale(
            "% of supported components",
            ((0, 100), (15, 80), (40, 45), (100, 5)),
            (ours("makers that support releases for some years make a share of them end every year"),),
            sample=3,
        ),
        remedy="Plan the upgrade of each component listed here before its date.",
        effort=Effort(0.25, each=1.0, per="finding"),
    )
)
def ending_support(support: SupportStatus, moment: Moment) -> Outcome:
    """Share (0 to 100 %) of the still supported components whose support ends within 365 days of the moment."""
    today = moment.as_of.date()
    supported = [c for c in support.components if not c.ended and (c.eol_on is None or c.eol_on > today)]
    if not supported:
        if support.unmatched and not support.components:
            return Unknown(Why.UNSUPPORTED, f"none of {support.unmatched} versions is in the end-of-life table")
        return NotApplicable("no supported component with a published support date is in use")
    limit = today + timedelta(days=365)
    soon = sorted((c for c in supported if c.eol_on is not None and c.eol_on <= limit), key=_soonest)
    return Measured(
        percent(len(soon), len(supported)),
        f"support ends within a year for {len(soon)} of {len(supported)} supported components",
        sample=len(supported),
        places=tuple(
            Place(
                f"{c.product} {c.cycle} loses support on {c.eol_on}",
                Severity.MEDIUM,
                path=c.path,
                line=c.line,
                anchor=f"{c.product} {c.cycle}",
            )
            for c in soon[:200]
        ),
    )


def _soonest(component: Component) -> tuple[date, str, str, int]:
    return (component.eol_on or date.max, component.product, component.path, component.line)
