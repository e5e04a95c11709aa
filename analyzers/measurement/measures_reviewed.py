"""Whether figures change decisions."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="MEA-009",
        stage=Stage.MEASUREMENT,
        practice="improved",
        question="Are the figures looked at at a fixed rhythm, and did one of them change a decision last quarter?",
        rationale="Measuring without acting costs twice.",
        scale=DECLARED,
        remedy="Look at five figures each month and write down what will be done differently.",
        effort=Effort(1),
        controls=("ISO 27001:2022 9.1", "SOC 2 CC4.1"),
    )
)
def measures_reviewed(answers: Answers) -> Outcome:
    """How far figures are reviewed and acted on (0 to 100 %), as declared."""
    return answers.to("MEA-009")
