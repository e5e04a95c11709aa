"""How much of the code stands in functions too branched to test and change safely."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import MCCABE, ours
from scanner.core.stages import Stage
from scanner.facts.code import Function, Functions

LIMIT = 10
SIG = Source(
    Rank.PRIMARY,
    "Heitlager, Kuipers, Visser, A Practical Model for Measuring Maintainability, QUATIC 2007: risk bands 11-20, 21-50, over 50",
    "https://doi.org/10.1109/QUATIC.2007.8",
)


@check(
    CheckSpec(
        id="ARC-001",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="How much of the code stands in functions of cyclomatic complexity over 10?",
        rationale="Every branch doubles what must be understood and tested; defects and delays gather in such functions.",
        scale=Scale(
            "% of function lines",
            ((0, 100), (10, 88), (25, 70), (35, 55), (50, 35), (70, 10), (90, 0)),
            (MCCABE, SIG, ours("points fall through the sums of that model's profile limits: 25, 35, 50 and 70 %")),
            sample=20,
        ),
        remedy="Split the listed functions, those in often-changed files first, each under a test of its present behaviour.",
        effort=Effort(0.5, each=0.5, per="finding"),
        weight=2.0,
    )
)
def complex_code(functions: Functions) -> Outcome:
    """Share (0 to 100 %) of function lines in functions of cyclomatic complexity over 10 (McCabe 1976)."""
    if not functions.code_lines:
        return NotApplicable("there is no product code")
    if 2 * functions.code_lines_measured < functions.code_lines:
        seen = f"{functions.code_lines_measured} of {functions.code_lines} code lines could be measured"
        return Unknown(Why.UNSUPPORTED, f"only {seen}", "a complexity reader for the remaining languages")
    total = sum(f.lines for f in functions.functions)
    if not total:
        return NotApplicable("the code holds no functions")
    over = [f for f in functions.functions if f.complexity > LIMIT]
    over.sort(key=lambda f: (-f.complexity, f.path, f.line))
    lines = sum(f.lines for f in over)
    return Measured(
        percent(lines, total),
        f"{len(over)} of {len(functions.functions)} functions are over {LIMIT}; they hold {lines} of {total} function lines",
        sample=len(functions.functions),
        places=tuple(_place(f) for f in over[:200]),
    )


def _place(f: Function) -> Place:
    severity = Severity.HIGH if f.complexity > 50 else Severity.MEDIUM if f.complexity > 20 else Severity.LOW
    return Place(f"{f.name} has cyclomatic complexity {f.complexity}", severity, "", f.path, f.line, anchor=f.name)
