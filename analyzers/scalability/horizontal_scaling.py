"""Whether the declared compute can run as more than one."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import TWELVE_FACTOR, ours
from scanner.core.stages import Stage
from scanner.facts.infrastructure import Infrastructure


@check(
    CheckSpec(
        id="SCA-001",
        stage=Stage.SCALABILITY,
        practice="elastic",
        question="Does the declared compute run as two or more replicas, or scale by itself?",
        rationale="What runs as one cannot carry more load by adding a second, and stops when it restarts.",
        scale=Scale(
            "% of compute resources",
            ((0, 10), (50, 50), (80, 80), (100, 100)),
            (TWELVE_FACTOR, ours("singletons for schedules and tools are normal, so half is a middling figure")),
            sample=2,
        ),
        remedy="Run each user-facing service as at least two replicas, with an autoscaler where load varies.",
        effort=Effort(0.5, each=1, per="finding"),
        weight=1.5,
        controls=("ISO 27001:2022 A.8.6", "SOC 2 A1.1"),
    )
)
def horizontal_scaling(infrastructure: Infrastructure) -> Outcome:
    """Share (0 to 100 %) of compute resources with two or more replicas or an autoscaler, among those whose files say."""
    compute = infrastructure.of("compute")
    if not compute:
        return NotApplicable("no compute is declared here")
    stated = [r for r in compute if r.replicas is not None or r.autoscaled is not None]
    if not stated:
        return Unknown(
            Why.UNSUPPORTED,
            f"none of {len(compute)} compute resources states replicas or autoscaling",
            "state the replicas in the infrastructure code",
        )
    single = [r for r in stated if not r.autoscaled and (r.replicas is None or r.replicas < 2)]
    places = tuple(
        Place(
            f"{r.type} runs as one and does not scale",
            Severity.LOW,
            path=r.path,
            line=r.line,
            anchor=f"{r.type}.{r.name}",
        )
        for r in sorted(single, key=lambda r: (r.path, r.line))[:200]
    )
    return Measured(
        percent(len(stated) - len(single), len(stated)),
        f"{len(stated) - len(single)} of {len(stated)} compute resources run as several or scale; {len(compute) - len(stated)} do not say",
        sample=len(stated),
        places=places,
    )
