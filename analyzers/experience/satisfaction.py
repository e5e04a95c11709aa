"""Whether the satisfaction of users is measured."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="EXP-004",
        stage=Stage.EXPERIENCE,
        practice="gathered",
        question="Is the satisfaction of users measured at least twice a year, and is the trend known to the engineers?",
        rationale="Churn is decided months before it shows in revenue.",
        scale=DECLARED,
        remedy="Ask one satisfaction question in the product each half-year and show the trend to the team.",
        effort=Effort(2),
    )
)
def satisfaction(answers: Answers) -> Outcome:
    """How far satisfaction is measured (0 to 100 %), as declared."""
    return answers.to("EXP-004")
