"""Whether a restore from backup was rehearsed."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="RIS-004",
        stage=Stage.RISK,
        practice="continuity",
        question="Was a complete restore from backup rehearsed within the last year, and timed?",
        rationale="A backup that was never restored is a hope.",
        scale=DECLARED,
        remedy="Restore the most critical data store from backup into an empty environment, time it, and repeat each year.",
        effort=Effort(3),
        controls=("ISO 27001:2022 A.8.13", "SOC 2 A1.3"),
    )
)
def restore_rehearsal(answers: Answers) -> Outcome:
    """How far restores are rehearsed (0 to 100 %), as declared."""
    return answers.to("RIS-004")
