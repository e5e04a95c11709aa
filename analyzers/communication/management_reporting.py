"""Whether management gets a regular view of technology."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="COM-013",
        stage=Stage.COMMUNICATION,
        practice="informed",
        question="Does management get a regular report on delivery, quality, cost and risk of the technology?",
        rationale="Without figures that repeat, the board hears of technology only when something breaks.",
        scale=DECLARED,
        remedy="Report one page each month: delivery, quality, cost, risks, decisions needed.",
        effort=Effort(2.0),
    )
)
def management_reporting(answers: Answers) -> Outcome:
    """How far technology is reported to management, as declared (0 to 100 %)."""
    return answers.to("COM-013")
