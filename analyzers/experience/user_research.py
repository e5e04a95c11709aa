"""Whether the team talks with users at a fixed rhythm."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="EXP-005",
        stage=Stage.EXPERIENCE,
        practice="gathered",
        question="Does the product team watch or interview users at a fixed rhythm, at least each month?",
        rationale="Figures show what users do; only users can say why.",
        scale=DECLARED,
        remedy="Book two conversations with users a month, with an engineer in the room.",
        effort=Effort(3),
    )
)
def user_research(answers: Answers) -> Outcome:
    """How far users are talked with (0 to 100 %), as declared."""
    return answers.to("EXP-005")
