"""Whether something stands between a peak of load and the data store."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import Toolkit
from scanner.facts.infrastructure import Infrastructure, RuntimeTraits


@check(
    CheckSpec(
        id="SCA-004",
        stage=Stage.SCALABILITY,
        practice="elastic",
        question="Do a queue, a cache or a delivery network take load off the services that store data?",
        rationale="Peaks that go straight through to the database set the price of the whole system.",
        scale=Scale(
            "kinds (of 3)",
            ((0, 35), (1, 75), (2, 95), (3, 100)),
            (ours("one absorber serves most systems; none is needed while load is small, so a weak signal"),),
        ),
        remedy="Put a cache before the hottest reads or a queue behind the slowest writes, after measuring which.",
        effort=Effort(5),
        weight=0.5,
    )
)
def load_absorbers(traits: RuntimeTraits, infrastructure: Infrastructure, toolkit: Toolkit) -> Outcome:
    """How many of queue, cache and delivery network a deployable with a database declares or uses (0 to 3)."""
    if not traits.deployable:
        return NotApplicable("nothing here is deployed")
    if not (infrastructure.of("database") or traits.migrations or toolkit.of("migration")):
        return NotApplicable("no database is seen here, so there is nothing to take load off")
    seen = [
        name
        for name, there in (
            ("queue", infrastructure.of("queue") or toolkit.of("queue")),
            ("cache", infrastructure.of("cache") or toolkit.of("cache")),
            ("delivery network", infrastructure.of("cdn")),
        )
        if there
    ]
    return Measured(
        len(seen),
        f"seen: {', '.join(seen)}" if seen else "no queue, cache or delivery network is seen",
        basis=Basis.INFERRED,
        certainty=0.7,
    )
