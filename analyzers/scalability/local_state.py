"""How much a service keeps on its own disk."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Certainty, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import TWELVE_FACTOR, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.infrastructure import RuntimeTraits
from scanner.facts.tree import CodeSize


@check(
    CheckSpec(
        id="SCA-007",
        stage=Stage.SCALABILITY,
        practice="decoupled",
        question="Do services keep their state outside their own disk?",
        rationale="A second copy does not see what the first one wrote to its disk.",
        scale=Scale(
            "places per 1000 lines",
            ((0, 100), (0.5, 85), (2, 60), (5, 30), (10, 0)),
            (TWELVE_FACTOR, ours("temporary files are harmless, so a few places cost little")),
            sample=500,
        ),
        remedy="Move files and sessions into a shared store.",
        effort=Effort(1, each=0.5, per="finding"),
        weight=0.5,
    )
)
def local_state(traits: RuntimeTraits, size: CodeSize) -> Outcome:
    """Places where a deployable writes files or keeps sessions on local disk, per 1000 lines (0 upwards; a proxy)."""
    if not traits.deployable or not size.product_code:
        return NotApplicable("no code here is deployed")
    places = tuple(
        Place("state is kept on the local disk", Severity.INFO, path=path, line=line, certainty=Certainty.LOW)
        for path, line in sorted(traits.local_state)[:200]
    )
    count = len(traits.local_state)
    return Measured(
        1000 * count / size.product_code,
        f"places that seem to keep state on the local disk: {count} in {counted(size.product_code, 'line')} (a proxy: temporary files look alike)",
        sample=size.product_code,
        basis=Basis.INFERRED,
        places=places,
        certainty=0.6,
    )
