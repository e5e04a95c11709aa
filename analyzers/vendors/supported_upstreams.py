"""Whether the products that others run or publish for us are still cared for."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.dependencies import SupportStatus

BOUGHT = ("image", "database", "service", "library")
ENDOFLIFE = Source(Rank.SECONDARY, "endoflife.date, end of support by product and cycle", "https://endoflife.date/")


@check(
    CheckSpec(
        id="VEN-012",
        stage=Stage.VENDORS,
        practice="upstream",
        question="Are the images, databases, services and libraries in use still supported by their makers?",
        rationale="An upstream that has stopped caring sends no fixes; the bill for leaving it only grows.",
        scale=Scale(
            "% of products",
            ((0, 0), (50, 25), (80, 60), (95, 90), (100, 100)),
            (ENDOFLIFE, ours("dates from the table, points ours: one of five unsupported is ordinary neglect")),
            sample=3,
        ),
        remedy="Move the listed products to a supported cycle, or to another maker where there is none.",
        effort=Effort(0.5, each=2, per="finding", spread=3),
        controls=("ISO 27001:2022 A.8.8",),
    )
)
def supported_upstreams(support: SupportStatus) -> Outcome:
    """Share (0 to 100 %) of distinct image, database, service and library cycles whose support has not ended."""
    bought = sorted((c for c in support.components if c.kind in BOUGHT), key=lambda c: (c.path, c.line, c.product))
    cycles = {(c.product, c.cycle): c.ended for c in bought}
    if not support.components and support.unmatched:
        hole = f"{counted(support.unmatched, 'version')} named, none of them in the table of support dates"
        return Unknown(Why.UNSUPPORTED, hole, "a newer table of support dates")
    if not cycles:
        return NotApplicable("no image, database, service or library with a known support date is named")
    places = tuple(
        Place(
            f"{c.product} {c.cycle} is no longer supported" + (f" since {c.eol_on.isoformat()}" if c.eol_on else ""),
            Severity.MEDIUM,
            path=c.path,
            line=c.line,
            anchor=f"{c.product} {c.cycle}",
        )
        for c in bought
        if c.ended
    )
    alive = sum(not ended for ended in cycles.values())
    because = f"{alive} of {len(cycles)} product cycles of others are supported"
    return Measured(percent(alive, len(cycles)), because, sample=len(cycles), places=places[:200])
