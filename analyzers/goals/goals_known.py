"""Whether the people who build know what the business wants."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="GOA-002",
        stage=Stage.GOALS,
        practice="stated",
        question="Can engineers outside management name the business goals that their work serves?",
        rationale="Goals that only management knows do not steer the many small decisions made in code.",
        scale=DECLARED,
        remedy="Present the goals to all engineers each quarter and keep them where work is planned.",
        effort=Effort(1.0),
    )
)
def goals_known(answers: Answers) -> Outcome:
    """How far engineers know the goals, as declared (0 to 100 %)."""
    return answers.to("GOA-002")
