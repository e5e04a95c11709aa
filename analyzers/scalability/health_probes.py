"""Whether an orchestrator can tell a healthy copy from a sick one."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.infrastructure import Infrastructure


@check(
    CheckSpec(
        id="SCA-005",
        stage=Stage.SCALABILITY,
        practice="elastic",
        question="Do the orchestrated workloads declare health probes?",
        rationale="Load is only spread over copies that are known to work.",
        scale=Scale(
            "% of workloads",
            ((0, 10), (50, 50), (80, 80), (100, 100)),
            (ours("batch jobs need none; every server does"),),
            sample=2,
        ),
        remedy="Declare readiness and liveness probes for every server workload.",
        effort=Effort(0.25, each=0.25, per="finding"),
    )
)
def health_probes(infrastructure: Infrastructure) -> Outcome:
    """Share (0 to 100 %) of compute resources with health probes, among those whose kind carries probes."""
    stated = [r for r in infrastructure.of("compute") if r.probes is not None]
    if not stated:
        return NotApplicable("no workload of a kind that carries health probes is declared here")
    blind = [r for r in stated if not r.probes]
    places = tuple(
        Place(f"{r.type} declares no health probe", Severity.LOW, path=r.path, line=r.line, anchor=f"{r.type}.{r.name}")
        for r in sorted(blind, key=lambda r: (r.path, r.line))[:200]
    )
    return Measured(
        percent(len(stated) - len(blind), len(stated)),
        f"{len(stated) - len(blind)} of {len(stated)} workloads declare health probes",
        sample=len(stated),
        places=places,
    )
