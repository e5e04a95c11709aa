"""How much of the code stands in functions longer than a page."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import Functions

LIMIT = 60
POWER_OF_TEN = Source(
    Rank.PRIMARY,
    "G. J. Holzmann, The Power of 10, IEEE Computer 39(6), 2006, rule 4: no function longer than a printed page, about 60 lines",
    "https://doi.org/10.1109/MC.2006.212",
)


@check(
    CheckSpec(
        id="ARC-002",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="How much of the code stands in functions of more than 60 lines?",
        rationale="A function that does not fit on a page is rarely understood as one thing, nor tested as one.",
        scale=Scale(
            "% of function lines",
            ((0, 100), (10, 85), (25, 65), (45, 35), (70, 10), (90, 0)),
            (POWER_OF_TEN, ours("a tenth in long functions is ordinary; near half means nobody splits them")),
            sample=20,
        ),
        remedy="Extract named steps from the longest functions until each fits on a page.",
        effort=Effort(0.5, each=0.3, per="finding"),
    )
)
def long_functions(functions: Functions) -> Outcome:
    """Share (0 to 100 %) of function lines in functions of more than 60 lines (limit: Holzmann 2006)."""
    if not functions.code_lines:
        return NotApplicable("there is no product code")
    if 2 * functions.code_lines_measured < functions.code_lines:
        seen = f"{functions.code_lines_measured} of {functions.code_lines} code lines could be measured"
        return Unknown(Why.UNSUPPORTED, f"only {seen}", "a function reader for the remaining languages")
    total = sum(f.lines for f in functions.functions)
    if not total:
        return NotApplicable("the code holds no functions")
    long = sorted((f for f in functions.functions if f.lines > LIMIT), key=lambda f: (-f.lines, f.path, f.line))
    lines = sum(f.lines for f in long)
    places = tuple(
        Place(
            f"{f.name} is {f.lines} lines long",
            Severity.MEDIUM if f.lines > 4 * LIMIT else Severity.LOW,
            path=f.path,
            line=f.line,
            anchor=f.name,
        )
        for f in long[:200]
    )
    because = (
        f"{len(long)} of {len(functions.functions)} functions are over {LIMIT} lines; they hold {lines} of {total}"
    )
    return Measured(percent(lines, total), because, sample=len(functions.functions), places=places)
