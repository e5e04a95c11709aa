"""How much of the code could be taken apart and measured."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import Functions


@check(
    CheckSpec(
        id="STA-003",
        stage=Stage.STATE,
        practice="evidence",
        question="Is the code in languages and shapes that analysers can read?",
        rationale="Code that no analyser can read is judged by nobody but its authors.",
        scale=Scale(
            "% of code lines",
            ((0, 0), (50, 50), (80, 85), (95, 100)),
            (ours("function measures of four fifths of the code stand for the whole"),),
        ),
        remedy="Review the unmeasured languages and unparsable files by hand, and mend the files that do not parse.",
        effort=Effort(1.0),
        weight=0.5,
    )
)
def code_measured(functions: Functions) -> Outcome:
    """Share (0 to 100 %) of product code lines whose functions could be measured."""
    if not functions.code_lines:
        return NotApplicable("there is no product code")
    places = tuple(
        Place(f"not parsed: {reason}", Severity.LOW, path=path, anchor=path)
        for path, reason in sorted(functions.unparsed)[:200]
    )
    return Measured(
        min(100.0, percent(functions.code_lines_measured, functions.code_lines)),
        f"functions of {functions.code_lines_measured} of {functions.code_lines} code lines could be measured",
        places=places,
    )
