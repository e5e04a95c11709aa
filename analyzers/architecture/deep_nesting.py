"""How much of the code stands in deeply nested functions."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import Functions

LIMIT = 4
SONAR = Source(
    Rank.PRIMARY,
    "SonarSource rule S134, control flow statements should not be nested too deeply: 3 or 4 by language",
    "https://rules.sonarsource.com/python/RSPEC-134/",
)


@check(
    CheckSpec(
        id="ARC-015",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="How much of the code stands in functions whose control flow is nested more than 4 levels deep?",
        rationale="Whoever changes the innermost line must hold every condition around it in mind.",
        scale=Scale(
            "% of function lines",
            ((0, 100), (5, 85), (15, 60), (30, 30), (50, 0)),
            (SONAR, ours("a twentieth is ordinary where text is parsed; a sixth means that nobody flattens")),
            sample=20,
        ),
        remedy="Return early and extract the inner loops of the listed functions.",
        effort=Effort(0.5, each=0.25, per="finding"),
        weight=0.5,
    )
)
def deep_nesting(functions: Functions) -> Outcome:
    """Share (0 to 100 %) of function lines in functions with control flow nested over 4 deep (default of rule S134)."""
    if not functions.code_lines:
        return NotApplicable("there is no product code")
    known = [(f, f.nesting) for f in functions.functions if f.nesting is not None]
    total, held = sum(f.lines for f in functions.functions), sum(f.lines for f, _ in known)
    if 2 * functions.code_lines_measured < functions.code_lines or 2 * held < total:
        return Unknown(Why.UNSUPPORTED, "nesting is known for under half of the code", "a grammar for the rest")
    if not held:
        return NotApplicable("the code holds no functions")
    over = sorted(((f, n) for f, n in known if n > LIMIT), key=lambda pair: (-pair[1], pair[0].path, pair[0].line))
    places = tuple(
        Place(f"{f.name} is nested {n} levels deep", Severity.LOW, path=f.path, line=f.line, anchor=f.name)
        for f, n in over[:200]
    )
    lines = sum(f.lines for f, _ in over)
    because = f"{len(over)} of {len(known)} functions are over {LIMIT}; they hold {lines} of {held} function lines"
    return Measured(percent(lines, held), because, sample=len(known), places=places)
