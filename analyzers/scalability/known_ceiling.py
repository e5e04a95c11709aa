"""Whether it is known what breaks first under growth."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="SCA-013",
        stage=Stage.SCALABILITY,
        practice="tested",
        question="Is it known which part gives way first at ten times the load, and what relieving it costs?",
        rationale="Growth plans fail at the part nobody looked at.",
        scale=DECLARED,
        remedy="Write one page: today's peak and headroom per part, the first ceiling, and the cost of lifting it.",
        effort=Effort(2),
        controls=("SOC 2 A1.1",),
    )
)
def known_ceiling(answers: Answers) -> Outcome:
    """How far the first ceiling is known (0 to 100 %), as declared."""
    return answers.to("SCA-013")
