"""How much of the code stands in files that hold too much."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.tree import CodeSize

LIMIT = 1000


@check(
    CheckSpec(
        id="ARC-013",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="How much of the product code stands in files of more than 1000 lines?",
        rationale="A file that does everything is changed by everyone: conflicts, side effects and fear gather in it.",
        scale=Scale(
            "% of product code lines",
            ((0, 100), (5, 88), (15, 65), (35, 30), (60, 0)),
            (ours("a thousand lines is the customary ceiling of linters; a third of the code above it is a lump"),),
        ),
        remedy="Split the listed files along the reasons for which they change.",
        effort=Effort(0.5, each=2, per="finding"),
    )
)
def large_files(size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of product code lines in files of more than 1000 code lines."""
    product = [f for f in size.files if f.role == "product"]
    total = sum(f.code for f in product)
    if not total:
        return NotApplicable("there is no product code")
    large = sorted((f for f in product if f.code > LIMIT), key=lambda f: (-f.code, f.path))
    lines = sum(f.code for f in large)
    places = tuple(
        Place(f"{f.code} lines of code in one file", Severity.LOW, path=f.path, anchor=f.path) for f in large[:200]
    )
    because = f"{len(large)} of {len(product)} files are over {LIMIT} lines and hold {lines} of {total} code lines"
    return Measured(percent(lines, total), because, sample=len(product), places=places)
