"""Whether vendors and tools are chosen, and looked at again."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="VEN-004",
        stage=Stage.VENDORS,
        practice="known",
        question="Are vendors and tools chosen against written criteria, and reviewed once a year?",
        rationale="Tools come in through single developers and stay; unused, unsafe and double ones are then paid for years.",
        scale=DECLARED,
        remedy="Write one page of criteria, and review the register of vendors against it once a year.",
        effort=Effort(2),
        controls=("ISO 27001:2022 A.5.22",),
    )
)
def selection_reviewed(answers: Answers) -> Outcome:
    """The declared answer in % (0 no criteria, 100 criteria and yearly review)."""
    return answers.to("VEN-004")
