"""How much of the stack's foundation is still supported by its makers."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import SupportStatus

ENDOFLIFE = Source(Rank.SECONDARY, "endoflife.date, end of support by product and cycle", "https://endoflife.date/")


@check(
    CheckSpec(
        id="ARC-011",
        stage=Stage.ARCHITECTURE,
        practice="stack",
        question="Are the runtimes and frameworks that the code stands on still supported by their makers?",
        rationale="An unsupported runtime or framework gets no security fixes, and everything above it ages with it.",
        scale=Scale(
            "% of runtimes and frameworks",
            ((0, 0), (50, 20), (80, 50), (95, 85), (100, 100)),
            (
                ENDOFLIFE,
                ours("dates from the table, points ours: one of five unsupported is already a project of its own"),
            ),
        ),
        remedy="Move each listed runtime or framework to a supported release, the ones that run in production first.",
        effort=Effort(1, each=5, per="finding", spread=3),
        weight=2.0,
        controls=("ISO 27001:2022 A.8.8",),
    )
)
def supported_stack(support: SupportStatus) -> Outcome:
    """Share (0 to 100 %) of distinct runtime and framework cycles, known to the table, whose support has not ended."""
    base = sorted(
        (c for c in support.components if c.kind in ("runtime", "framework")), key=lambda c: (c.path, c.line, c.product)
    )
    cycles = {(c.product, c.cycle): c.ended for c in base}
    if not cycles and support.unmatched:
        hole = f"{support.unmatched} versions are named, none of them in the table of support dates"
        return Unknown(Why.UNSUPPORTED, hole, "a newer table of support dates")
    if not cycles:
        return NotApplicable("no runtime or framework version is named")
    places = tuple(
        Place(
            f"{c.product} {c.cycle} is no longer supported" + (f" since {c.eol_on.isoformat()}" if c.eol_on else ""),
            Severity.HIGH if c.kind == "runtime" else Severity.MEDIUM,
            path=c.path,
            line=c.line,
            anchor=f"{c.product} {c.cycle}",
        )
        for c in sorted(base, key=lambda c: c.kind, reverse=True)
        if c.ended
    )
    alive = sum(not ended for ended in cycles.values())
    because = f"{alive} of {len(cycles)} runtime and framework cycles are supported"
    return Measured(percent(alive, len(cycles)), because, sample=len(cycles), places=places[:200])
