"""How many hosts and addresses stand in the code instead of the environment."""

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
        id="SCA-006",
        stage=Stage.SCALABILITY,
        practice="decoupled",
        question="Do services take hosts and addresses from the environment instead of their code?",
        rationale="An address in the code ties the service to one place, and a second place to a second build.",
        scale=Scale(
            "endpoints per 1000 lines",
            ((0, 100), (0.5, 80), (2, 50), (5, 20), (10, 0)),
            (TWELVE_FACTOR, ours("public addresses that never change are harmless, so a few cost little")),
            sample=500,
        ),
        remedy="Read every host and address from the environment, with a default for development only.",
        effort=Effort(0.25, each=0.1, per="finding"),
    )
)
def hard_coded_endpoints(traits: RuntimeTraits, size: CodeSize) -> Outcome:
    """Product code lines with an absolute host or address per 1000 lines of a deployable (0 upwards)."""
    if not traits.deployable or not size.product_code:
        return NotApplicable("no code here is deployed")
    places = tuple(
        Place("a host or address stands in the code", Severity.LOW, path=path, line=line, certainty=Certainty.MEDIUM)
        for path, line in sorted(traits.hard_coded_endpoints)[:200]
    )
    count = len(traits.hard_coded_endpoints)
    reads = (
        "reads settings from the environment" if traits.environment_config else "shows no reading from the environment"
    )
    return Measured(
        1000 * count / size.product_code,
        f"{counted(count, 'host or address', 'hosts or addresses')} in {size.product_code} lines of product code, which {reads}",
        sample=size.product_code,
        basis=Basis.INFERRED,
        places=places,
        certainty=0.7,
    )
