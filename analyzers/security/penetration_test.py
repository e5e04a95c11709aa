"""Whether strangers were asked to break in."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="SEC-028",
        stage=Stage.SECURITY,
        practice="code",
        question="Was the product tested by outside attackers in the last year, and were the findings put right?",
        rationale="Tools find known patterns; people find the mistakes of this very product.",
        scale=DECLARED,
        remedy="Commission a penetration test of the product, and track each finding to its repair.",
        effort=Effort(5, spread=2),
        controls=("ISO 27001:2022 A.8.29",),
    )
)
def penetration_test(answers: Answers) -> Outcome:
    """The declared answer in % (0 never, 100 within the year with all findings put right)."""
    return answers.to("SEC-028")
