"""How much debt the code itself admits to."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.tree import Markers

FEWEST_LINES = 200
POTDAR = Source(
    Rank.PRIMARY,
    "Potdar, Shihab, An Exploratory Study on Self-Admitted Technical Debt, ICSME 2014",
    "https://doi.org/10.1109/ICSME.2014.31",
)


@check(
    CheckSpec(
        id="ARC-009",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="How many TODO, FIXME, HACK and XXX marks stand in a thousand lines of code?",
        rationale="Marks are promises that nobody tracks; many of them show debt that has no other record.",
        scale=Scale(
            "marks per 1000 lines",
            ((0, 100), (1, 90), (3, 70), (8, 40), (20, 5)),
            (POTDAR, ours("one in a thousand lines is ordinary; one in a hundred means marks replace a backlog")),
        ),
        remedy="Turn each FIXME and HACK into a tracked issue or fix it, and delete marks that no longer hold.",
        effort=Effort(0.5, each=0.1, per="finding"),
        weight=0.5,
    )
)
def debt_markers(markers: Markers) -> Outcome:
    """Marks in comments of product code ÷ code lines × 1000 (0 and up)."""
    if markers.code_lines < FEWEST_LINES:
        return NotApplicable(f"{markers.code_lines} lines of product code are too few for a density")
    urgent = [m for m in markers.markers if m.kind.upper() != "TODO"]
    places = tuple(
        Place(f"{m.kind.upper()} left in the code", Severity.LOW, path=m.path, line=m.line, anchor=f"{m.kind} {m.path}")
        for m in sorted(urgent, key=lambda m: (m.path, m.line))[:200]
    )
    because = f"{counted(markers.total, 'mark')} in {markers.code_lines} lines of product code"
    return Measured(1000 * markers.total / markers.code_lines, because, places=places)
