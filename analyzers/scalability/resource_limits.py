"""Whether the declared compute says how much it may use."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.infrastructure import Infrastructure


@check(
    CheckSpec(
        id="SCA-002",
        stage=Stage.SCALABILITY,
        practice="elastic",
        question="Does every declared workload state limits of processor and memory?",
        rationale="Without limits one greedy process starves its neighbours, and no scheduler can plan.",
        scale=Scale(
            "% of compute resources",
            ((0, 10), (50, 50), (80, 80), (100, 100)),
            (ours("each workload without limits is a neighbour's risk"),),
            sample=2,
        ),
        remedy="State requests and limits for every workload from a week of observed use.",
        effort=Effort(0.5, each=0.25, per="finding"),
        controls=("ISO 27001:2022 A.8.6",),
    )
)
def resource_limits(infrastructure: Infrastructure) -> Outcome:
    """Share (0 to 100 %) of compute resources with limits, among those where limits could be stated and read."""
    stated = [r for r in infrastructure.of("compute") if r.limits is not None]
    if not infrastructure.of("compute"):
        return NotApplicable("no compute is declared here")
    if not stated:
        return NotApplicable("the declared compute is of kinds that carry no limits of their own")
    bare = [r for r in stated if not r.limits]
    places = tuple(
        Place(f"{r.type} states no limits", Severity.LOW, path=r.path, line=r.line, anchor=f"{r.type}.{r.name}")
        for r in sorted(bare, key=lambda r: (r.path, r.line))[:200]
    )
    return Measured(
        percent(len(stated) - len(bare), len(stated)),
        f"{len(stated) - len(bare)} of {len(stated)} workloads state limits",
        sample=len(stated),
        places=places,
    )
