"""How many of the resources that cost money say whom they belong to."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.infrastructure import Infrastructure

COSTLY = ("compute", "database", "cache", "queue", "storage", "load-balancer", "cluster", "cdn")
PORTABLE = frozenset({"kubernetes", "compose", "docker", "helm", ""})


@check(
    CheckSpec(
        id="BUD-005",
        stage=Stage.BUDGET,
        practice="allocation",
        question="Do cloud resources carry tags that a bill can be split by?",
        rationale="An untagged resource lands in the common pot, where nobody has a reason to save.",
        scale=Scale(
            "% of cost-bearing resources",
            ((0, 0), (50, 45), (80, 75), (95, 100)),
            (ours("a bill is split fairly when a twentieth or less is common"),),
            sample=10,
        ),
        remedy="Set default tags (system, environment, owner) on the provider and require them by policy.",
        effort=Effort(0.5, each=0.5, per="repository"),
    )
)
def tag_coverage(infrastructure: Infrastructure) -> Outcome:
    """Share (0 to 100 %) of the cost-bearing cloud resources with at least one tag; resources of unknown tags left out."""
    costly = [r for r in infrastructure.resources if r.kind in COSTLY and r.provider.lower() not in PORTABLE]
    if not costly:
        return NotApplicable("no cost-bearing cloud resource is declared here")
    told = [r for r in costly if r.tags is not None]
    if 2 * len(told) < len(costly):
        return Unknown(Why.UNSUPPORTED, f"the tags of only {len(told)} of {len(costly)} resources can be read")
    bare = sorted((r for r in told if not r.tags), key=lambda r: (r.path, r.line, r.name))
    return Measured(
        percent(len(told) - len(bare), len(told)),
        f"{len(told) - len(bare)} of {len(told)} cost-bearing resources are tagged",
        sample=len(told),
        places=tuple(
            Place(f"{r.type} {r.name} has no tags", Severity.LOW, path=r.path, line=r.line, anchor=f"{r.type}.{r.name}")
            for r in bare[:200]
        ),
    )
