"""Whether the team looks back and changes something."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="ADA-009",
        stage=Stage.ADAPTATION,
        practice="learning",
        question="Does every team look back at least each month, and was last time's action carried out?",
        rationale="Teams that look back without acting stop looking back.",
        scale=DECLARED,
        remedy="Hold a retrospective each month that starts with the last one's actions.",
        effort=Effort(1),
    )
)
def retrospectives(answers: Answers) -> Outcome:
    """How far retrospectives are held and acted on (0 to 100 %), as declared."""
    return answers.to("ADA-009")
