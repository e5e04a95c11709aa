"""Which documents those find who have to run or change a service."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.infrastructure import RuntimeTraits
from scanner.facts.tree import Documents


@check(
    CheckSpec(
        id="COM-003",
        stage=Stage.COMMUNICATION,
        practice="documented",
        question="Does each service come with the documents that its operators, users and newcomers need?",
        rationale="At night, in a handover or an audit, only what is written can be used.",
        scale=Scale(
            "kinds of document (of 4)",
            ((0, 0), (1, 40), (2, 65), (3, 90), (4, 100)),
            (ours("architecture, runbook, interface and contributing guide answer four different readers"),),
        ),
        remedy="Write the missing documents, one page each, beginning with the runbook of the most critical service.",
        effort=Effort(0.0, each=2.0, per="repository"),
    )
)
def operating_documents(documents: Documents, traits: RuntimeTraits) -> Outcome:
    """Kinds (0 to 4) of document present in a deployable repository: architecture, runbook, interface, contributing."""
    if not traits.deployable:
        return NotApplicable("nothing here is deployed")
    present = {
        "architecture": bool(documents.of("architecture")),
        "runbook": bool(documents.of("runbook", "disaster-recovery")),
        "interface": bool(documents.of("api")) or bool(traits.api_contracts),
        "contributing": bool(documents.of("contributing", "onboarding")),
    }
    found = [kind for kind, there in present.items() if there]
    return Measured(
        len(found),
        f"{len(found)} of 4 kinds of document are there: {', '.join(found) or 'none'} (wikis are not read)",
        basis=Basis.INFERRED,
        certainty=0.8,
    )
