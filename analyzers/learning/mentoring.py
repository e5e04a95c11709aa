"""Whether mentoring is somebody's task."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="LEA-007",
        stage=Stage.LEARNING,
        practice="mentoring",
        question="Does every engineer have someone, other than the line manager, who helps them grow at a fixed rhythm?",
        rationale="Growth left to chance reaches those who ask loudest.",
        scale=DECLARED,
        remedy="Agree mentor pairs for half a year with one meeting a month.",
        effort=Effort(2),
    )
)
def mentoring(answers: Answers) -> Outcome:
    """How far mentoring is arranged (0 to 100 %), as declared."""
    return answers.to("LEA-007")
