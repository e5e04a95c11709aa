"""Whether a service says by itself that it is well."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.infrastructure import Containers, Infrastructure, RuntimeTraits
from scanner.facts.tree import CodeSize


@check(
    CheckSpec(
        id="MEA-003",
        stage=Stage.MEASUREMENT,
        practice="observed",
        question="Can a machine ask the service whether it is well?",
        rationale="Without a health answer a hung service looks like a running one.",
        scale=Scale(
            "% in place", ((0, 25), (100, 100)), (ours("one health answer is enough to restart and to alert on"),)
        ),
        remedy="Add a health endpoint that touches what the service depends on, and have the platform ask it.",
        effort=Effort(0, each=0.5, per="repository"),
        weight=0.5,
    )
)
def health_signals(
    traits: RuntimeTraits, size: CodeSize, containers: Containers, infrastructure: Infrastructure
) -> Outcome:
    """100 % when a deployable with code has a health endpoint, a container health check or a probe, else 0 %."""
    if not traits.deployable or not size.product_code:
        return NotApplicable("no code here is deployed")
    seen = [
        name
        for name, there in (
            ("a health endpoint", bool(traits.health_endpoints)),
            ("a container health check", any(f.healthcheck for f in containers.files)),
            ("a probe", any(r.probes for r in infrastructure.resources)),
        )
        if there
    ]
    if seen:
        return Measured(100.0, f"seen: {', '.join(seen)}")
    return Measured(
        0.0,
        "no health endpoint, health check or probe is seen (a batch job may need none)",
        basis=Basis.INFERRED,
        certainty=0.6,
    )
