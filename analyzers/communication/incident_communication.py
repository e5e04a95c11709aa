"""Whether users hear of incidents from the company first."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="COM-012",
        stage=Stage.COMMUNICATION,
        practice="informed",
        question="Do users and staff learn of incidents from a status page or message, with updates until the end?",
        rationale="An outage that is told costs patience; one that is found out costs trust.",
        scale=DECLARED,
        remedy="Set up a status page, name who writes on it, and rehearse it once.",
        effort=Effort(2.0),
    )
)
def incident_communication(answers: Answers) -> Outcome:
    """How far incidents are communicated, as declared (0 to 100 %)."""
    return answers.to("COM-012")
