"""Whether work is estimated, and the estimates checked."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="BUD-011",
        stage=Stage.BUDGET,
        practice="capacity",
        question="Is larger work estimated before it begins, and compared with what it took?",
        rationale="Estimates that are never compared with the outcome do not get better, and budgets rest on them.",
        scale=DECLARED,
        remedy="Estimate each piece of work above a week, and note what it took when it is done.",
        effort=Effort(1.0),
    )
)
def work_estimated(answers: Answers) -> Outcome:
    """How far larger work is estimated and the estimates checked, as declared (0 to 100 %)."""
    return answers.to("BUD-011")
