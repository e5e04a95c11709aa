"""Whether there is a technology strategy that serves the business."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="STR-004",
        stage=Stage.STRATEGY,
        practice="direction",
        question="Is there a written technology strategy that follows from the business goals?",
        rationale="Without a strategy each team optimises its own part, and investment follows the loudest need.",
        scale=DECLARED,
        remedy="Write a technology strategy of at most five pages: goals, guiding choices, what is not done, next steps.",
        effort=Effort(5.0),
    )
)
def strategy_stated(answers: Answers) -> Outcome:
    """How far a technology strategy is written and follows from the goals, as declared (0 to 100 %)."""
    return answers.to("STR-004")
