"""Whether feedback can be seen in what was built."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="EXP-008",
        stage=Stage.EXPERIENCE,
        practice="acted",
        question="Can the team show which of last quarter's changes came from users' feedback, and were those users told?",
        rationale="Feedback that changes nothing stops coming.",
        scale=DECLARED,
        remedy="Link each change to the feedback behind it, and tell the users when it ships.",
        effort=Effort(2),
    )
)
def feedback_loop(answers: Answers) -> Outcome:
    """How far feedback is closed into changes (0 to 100 %), as declared."""
    return answers.to("EXP-008")
