"""Whether cost is known by product and team."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.outcomes import Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.facts.engagement import Answers


@check(
    CheckSpec(
        id="BUD-006",
        stage=Stage.BUDGET,
        practice="allocation",
        question="Are people, cloud and tool costs allocated to products or teams, and reviewed with them?",
        rationale="Only who sees a cost can lower it, and only a product whose cost is known can be priced.",
        scale=DECLARED,
        remedy="Allocate people, cloud and tool cost to products each month and review the figures with their owners.",
        effort=Effort(3.0),
    )
)
def cost_allocated(answers: Answers) -> Outcome:
    """How far cost is allocated to products or teams, as declared (0 to 100 %)."""
    return answers.to("BUD-006")
