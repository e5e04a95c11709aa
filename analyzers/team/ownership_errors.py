"""Whether the file of owners names people and teams that can answer."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import OwnershipRules


@check(
    CheckSpec(
        id="TEA-015",
        stage=Stage.TEAM,
        practice="balance",
        question="Does the forge accept every line of the file that names the owners?",
        rationale="A line with an unknown owner or a broken pattern is ignored in silence: nobody is asked for that code.",
        scale=Scale(
            "errors",
            ((0, 100), (1, 72), (5, 40), (20, 0)),
            (ours("one error is a person who left or a typing slip; five are a file that nobody looks after"),),
        ),
        remedy="Repair the lines that the forge marks, and name teams instead of people who may leave.",
        effort=Effort(0.1, each=0.1, per="repository"),
        weight=0.5,
    )
)
def ownership_errors(rules: OwnershipRules) -> Outcome:
    """Number (0 and up) of errors that the forge finds in the ownership file of the default branch."""
    if not rules.present:
        return NotApplicable("there is no ownership file (TEA-012 judges that)")
    errors = sum(count for _, count in rules.errors)
    kinds = ", ".join(f"{count} × {kind}" for kind, count in rules.errors)
    return Measured(
        errors, f"the forge finds {counted(errors, 'error')} in the ownership file" + (f": {kinds}" if kinds else "")
    )
