"""Whether an outside auditor has looked at the controls."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="SEC-027",
        stage=Stage.SECURITY,
        practice="governance",
        question="Is there a current certificate or audit report (SOC 2, ISO 27001) that covers what is sold?",
        rationale="Customers and buyers ask for it, and getting one takes most of a year.",
        scale=DECLARED,
        remedy="Choose the certificate that customers ask for, and have the gaps to it assessed.",
        effort=Effort(60, spread=2),
    )
)
def certificates(answers: Answers) -> Outcome:
    """The declared answer in % (0 none, 100 a current report that covers what is sold)."""
    return answers.to("SEC-027")
