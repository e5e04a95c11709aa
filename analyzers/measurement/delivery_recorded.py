"""Whether deployments leave a record that can be counted."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Deployments
from scanner.facts.infrastructure import RuntimeTraits


@check(
    CheckSpec(
        id="MEA-007",
        stage=Stage.MEASUREMENT,
        practice="measured",
        question="Does every deployment leave a record with environment, time and outcome?",
        rationale="Frequency and failure of delivery can only be steered when each one is recorded.",
        scale=Scale(
            "% in place",
            ((0, 30), (60, 70), (100, 100)),
            (ours("records elsewhere are possible, so none here is not the end of the scale"),),
        ),
        remedy="Let the deploy job record a deployment, with its environment, at the forge.",
        effort=Effort(0, each=0.5, per="repository"),
    )
)
def delivery_recorded(traits: RuntimeTraits, deployments: Deployments) -> Outcome:
    """100 % when the forge records production deployments of a deployable in 365 d, 60 % when others only, else 0 %."""
    if not traits.deployable:
        return NotApplicable("nothing here is deployed")
    production = sum(d.production for d in deployments.deployments)
    total = len(deployments.deployments)
    value = 100.0 if production else 60.0 if total else 0.0
    return Measured(
        value,
        f"{counted(production, 'production deployment')} among {total} recorded at the forge in 365 days",
        window_days=365,
    )
