"""Whether a service states what it offers."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.infrastructure import Infrastructure, RuntimeTraits


@check(
    CheckSpec(
        id="ARC-012",
        stage=Stage.ARCHITECTURE,
        practice="structure",
        question="Does each service state its interface in a machine-readable contract?",
        rationale="Without a contract, callers depend on behaviour that nobody promised and every change is a gamble.",
        scale=Scale(
            "% (contract present)",
            ((0, 25), (100, 100)),
            (ours("a contract file is the only promise that tools can check; a service can live without, at a price"),),
        ),
        remedy="Write or generate an OpenAPI, protobuf, GraphQL or AsyncAPI contract and check it in the pipeline.",
        effort=Effort(0.5, each=2, per="repository"),
    )
)
def api_contracts(traits: RuntimeTraits, infrastructure: Infrastructure) -> Outcome:
    """100 % when a contract file (OpenAPI, protobuf, GraphQL, AsyncAPI) is in the tree of a serving repository, else 0."""
    if traits.api_contracts:
        return Measured(
            100, f"{counted(len(traits.api_contracts), 'interface contract')}, such as {min(traits.api_contracts)}"
        )
    serves = traits.health_endpoints or infrastructure.of("load-balancer")
    if not (traits.deployable and serves):
        return NotApplicable("nothing shows that this repository serves requests")
    return Measured(0, "it answers requests, but no interface contract is in the tree")
