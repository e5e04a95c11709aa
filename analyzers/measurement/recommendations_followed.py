"""Whether earlier advice was followed up."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="MEA-010",
        stage=Stage.MEASUREMENT,
        practice="improved",
        question="Were the recommendations of earlier assessments and audits decided on, and the accepted ones carried out?",
        rationale="Advice that is neither refused nor followed will be paid for again.",
        scale=DECLARED,
        remedy="Give each open recommendation a decision, an owner and a date.",
        effort=Effort(1),
        controls=("ISO 27001:2022 10.2", "SOC 2 CC4.2"),
    )
)
def recommendations_followed(answers: Answers) -> Outcome:
    """How far earlier recommendations were followed up (0 to 100 %), as declared."""
    return answers.to("MEA-010")
