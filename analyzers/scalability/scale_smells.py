"""How much code does one thing at a time that should be done once."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Certainty, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.code import ScaleSmells


@check(
    CheckSpec(
        id="SCA-003",
        stage=Stage.SCALABILITY,
        practice="elastic",
        question="Is the code free of queries in loops, unbounded reads and blocking calls in asynchronous code?",
        rationale="Such code is fast with ten rows and stands still with ten thousand.",
        scale=Scale(
            "smells per 1000 lines",
            ((0, 100), (0.5, 85), (1.5, 60), (4, 30), (10, 0)),
            (ours("a few are harmless on small tables; several per thousand lines are a habit"),),
            sample=1000,
        ),
        remedy="Batch the queries, bound the reads, and move blocking calls out of asynchronous functions.",
        effort=Effort(0.5, each=0.5, per="finding"),
    )
)
def scale_smells(smells: ScaleSmells) -> Outcome:
    """Scale smells per 1000 lines of Python product code (0 upwards), told from the syntax tree."""
    if not smells.code_lines:
        return NotApplicable("there is no Python product code, the only language read for scale smells")
    places = tuple(
        Place(
            f"{s.kind}: {s.detail}",
            Severity.LOW,
            rule=f"SCA-003:{s.kind}",
            path=s.path,
            line=s.line,
            anchor=s.detail,
            certainty=Certainty.MEDIUM,
        )
        for s in sorted(smells.smells, key=lambda s: (s.path, s.line, s.kind))[:200]
    )
    return Measured(
        1000 * len(smells.smells) / smells.code_lines,
        f"{counted(len(smells.smells), 'scale smell')} in {smells.code_lines} lines of Python",
        sample=smells.code_lines,
        basis=Basis.INFERRED,
        places=places,
        certainty=0.8,
    )
