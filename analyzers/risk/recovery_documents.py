"""Whether somebody else could bring each service back with what is written."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.infrastructure import RuntimeTraits
from scanner.facts.tree import Documents


@check(
    CheckSpec(
        id="RIS-008",
        stage=Stage.RISK,
        practice="continuity",
        question="Is there a runbook or recovery plan for every service that runs?",
        rationale="At night and under pressure people follow what is written, or improvise.",
        scale=Scale(
            "% of services",
            ((0, 10), (30, 45), (60, 70), (100, 100)),
            (ours("the critical few first; every service in the end"),),
        ),
        remedy="Write a runbook of one page per service: start, stop, restore, roll back, whom to call.",
        effort=Effort(0.5, each=0.75, per="repository"),
        controls=("ISO 27001:2022 A.5.37", "SOC 2 A1.2"),
    )
)
def recovery_documents(documents: Across[Documents], traits: Across[RuntimeTraits]) -> Outcome:
    """Share (0 to 100 %) of deployable repositories with a runbook or recovery plan, their own or one elsewhere by name."""
    services = [s for s, each in traits if each.deployable and s in documents.known]
    if not services:
        return NotApplicable("no repository read here is deployed")
    papers = [
        (s, f"{d.path} {d.title}".lower()) for s, each in documents for d in each.of("runbook", "disaster-recovery")
    ]
    bare = []
    for service in services:
        name = service.name.rsplit("/", 1)[-1].lower()
        if not any(owner == service or (len(name) >= 4 and name in text) for owner, text in papers):
            bare.append(service)
    places = tuple(Place("no runbook or recovery plan for this service", Severity.LOW, subject=s) for s in bare[:200])
    covered = len(services) - len(bare)
    return Measured(
        percent(covered, len(services)),
        f"{covered} of {len(services)} services have a runbook or recovery plan in the repositories (one kept elsewhere is not seen)",
        sample=len(services),
        basis=Basis.INFERRED,
        places=places,
        certainty=0.75,
    )
