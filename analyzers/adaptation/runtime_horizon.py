"""Whether the runtimes in use stay supported for another year."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import SupportStatus
from scanner.facts.engagement import Moment


@check(
    CheckSpec(
        id="ADA-003",
        stage=Stage.ADAPTATION,
        practice="current",
        question="Will every runtime in use still be supported in a year?",
        rationale="A runtime change takes a quarter to plan and do; a year's notice is what makes it calm.",
        scale=Scale(
            "% of runtimes",
            ((0, 0), (50, 45), (80, 75), (100, 100)),
            (ours("a year ahead is the planning horizon of most teams"),),
        ),
        remedy="Plan the move of each runtime that ends within the year.",
        effort=Effort(1, each=3, per="finding"),
        weight=1.5,
        controls=("ISO 27001:2022 A.8.8",),
    )
)
def runtime_horizon(support: SupportStatus, moment: Moment) -> Outcome:
    """Share (0 to 100 %) of distinct runtime versions whose support lasts at least 365 more days."""
    runtimes = {(c.product, c.cycle): c for c in reversed(support.components) if c.kind == "runtime"}
    if not runtimes:
        if support.unmatched:
            return Unknown(
                Why.UNSUPPORTED,
                f"none of {support.unmatched} versions seen is a runtime known to the end-of-life table",
            )
        return NotApplicable("no runtime version is named here")
    limit = moment.as_of.date() + timedelta(days=365)
    ending = sorted(
        (c for c in runtimes.values() if c.ended or (c.eol_on is not None and c.eol_on < limit)),
        key=lambda c: (not c.ended, c.product, c.cycle),
    )
    places = tuple(
        Place(
            f"support of {c.product} {c.cycle} {'has ended' if c.ended else f'ends on {c.eol_on}'}",
            Severity.MEDIUM if c.ended else Severity.LOW,
            path=c.path,
            line=c.line,
            anchor=f"{c.product} {c.cycle}",
        )
        for c in ending[:200]
    )
    lasting = len(runtimes) - len(ending)
    return Measured(
        percent(lasting, len(runtimes)),
        f"{lasting} of {len(runtimes)} runtime versions stay supported for a year (table of {support.table_as_of})",
        sample=len(runtimes),
        places=places,
    )
