"""Whether the people who matter most have a deputy."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="TEA-008",
        stage=Stage.TEAM,
        practice="continuity",
        question="Is there a deputy, and a handover plan, for each person whose leaving would stop a system?",
        rationale="Notice periods are shorter than the time it takes to learn a system from its code.",
        scale=DECLARED,
        remedy="Name a deputy for each key person and let them stand in for a week each quarter.",
        effort=Effort(5.0),
    )
)
def deputies(answers: Answers) -> Outcome:
    """How far key people have deputies and handover plans, as declared (0 to 100 %)."""
    return answers.to("TEA-008")
