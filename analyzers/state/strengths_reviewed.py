"""Whether strengths and weaknesses are reviewed by the people themselves."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="STA-010",
        stage=Stage.STATE,
        practice="known",
        question="Were the strengths and weaknesses of the technology reviewed with the team in the last year?",
        rationale="A team that names its own weaknesses is already mending them; one that does not is surprised by them.",
        scale=DECLARED,
        remedy="Hold a yearly review of strengths, weaknesses, opportunities and threats, and publish its result.",
        effort=Effort(2.0),
    )
)
def strengths_reviewed(answers: Answers) -> Outcome:
    """How far strengths and weaknesses were reviewed in the last year, as declared (0 to 100 %)."""
    return answers.to("STA-010")
