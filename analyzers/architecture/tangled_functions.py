"""How much of the code stands in functions that are hard to follow."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import Functions

LIMIT = 15
SONAR = Source(
    Rank.PRIMARY,
    "G. A. Campbell, Cognitive Complexity, SonarSource white paper, 2023; rule S3776 allows 15 by default",
    "https://www.sonarsource.com/resources/cognitive-complexity/",
)


@check(
    CheckSpec(
        id="ARC-014",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="How much of the code stands in functions of cognitive complexity over 15?",
        rationale="Nesting and mixed conditions hide from a count of branches; readers lose the thread and change the wrong case.",
        scale=Scale(
            "% of function lines",
            ((0, 100), (10, 88), (25, 70), (35, 55), (50, 35), (70, 10), (90, 0)),
            (SONAR, ours("points fall as for cyclomatic complexity, ARC-001, which it completes")),
            sample=20,
        ),
        remedy="Return early, name the conditions, and move the inner levels of the listed functions into functions of their own.",
        effort=Effort(0.5, each=0.4, per="finding"),
        weight=0.5,
    )
)
def tangled_functions(functions: Functions) -> Outcome:
    """Share (0 to 100 %) of function lines in functions of cognitive complexity over 15 (Campbell 2023; default of rule S3776)."""
    if not functions.code_lines:
        return NotApplicable("there is no product code")
    known = [(f, f.cognitive) for f in functions.functions if f.cognitive is not None]
    total, held = sum(f.lines for f in functions.functions), sum(f.lines for f, _ in known)
    if 2 * functions.code_lines_measured < functions.code_lines or 2 * held < total:
        return Unknown(
            Why.UNSUPPORTED, "cognitive complexity is known for under half of the code", "a grammar for the rest"
        )
    if not held:
        return NotApplicable("the code holds no functions")
    over = sorted(((f, n) for f, n in known if n > LIMIT), key=lambda pair: (-pair[1], pair[0].path, pair[0].line))
    places = tuple(
        Place(
            f"{f.name} has cognitive complexity {n}",
            Severity.MEDIUM if n > 4 * LIMIT else Severity.LOW,
            path=f.path,
            line=f.line,
            anchor=f.name,
        )
        for f, n in over[:200]
    )
    lines = sum(f.lines for f, _ in over)
    because = f"{len(over)} of {len(known)} functions are over {LIMIT}; they hold {lines} of {held} function lines"
    return Measured(percent(lines, held), because, sample=len(known), places=places)
