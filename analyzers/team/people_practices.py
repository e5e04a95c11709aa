"""Whether people are led: talks, growth, feedback."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="TEA-014",
        stage=Stage.TEAM,
        practice="balance",
        question="Does every engineer have regular one-to-one talks and a known path to grow?",
        rationale="People leave where nobody talks with them about their work; hiring costs more than talking.",
        scale=DECLARED,
        remedy="Hold one-to-ones at least monthly and write down a career ladder.",
        effort=Effort(3.0),
    )
)
def people_practices(answers: Answers) -> Outcome:
    """How far one-to-ones and career paths are practised, as declared (0 to 100 %)."""
    return answers.to("TEA-014")
