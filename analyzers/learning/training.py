"""Whether there is time and money to learn."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="LEA-010",
        stage=Stage.LEARNING,
        practice="kept",
        question="Does everyone have, and use, time and budget for training, security included, every year?",
        rationale="Skills age as fast as software does.",
        scale=DECLARED,
        remedy="Set aside days and a budget per person and look at their use each quarter.",
        effort=Effort(2),
        controls=("ISO 27001:2022 A.6.3", "SSDF PO.2", "SOC 2 CC1.4"),
    )
)
def training(answers: Answers) -> Outcome:
    """How far training is provided and used (0 to 100 %), as declared."""
    return answers.to("LEA-010")
