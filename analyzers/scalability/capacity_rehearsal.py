"""Whether several times today's peak was tried out."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="SCA-012",
        stage=Stage.SCALABILITY,
        practice="tested",
        question="Was the whole system tested within the last year at several times today's peak load?",
        rationale="Parts that hold alone can still fail together.",
        scale=DECLARED,
        remedy="Run a load test against a copy of production at three times the peak, and write down what broke first.",
        effort=Effort(5),
        controls=("ISO 27001:2022 A.8.6", "SOC 2 A1.1"),
    )
)
def capacity_rehearsal(answers: Answers) -> Outcome:
    """How far capacity is rehearsed (0 to 100 %), as declared."""
    return answers.to("SCA-012")
