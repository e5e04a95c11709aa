"""Whether the forge keeps an inventory of what the code is built on."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.dependencies import Dependencies
from scanner.facts.forge import DependencyGraph

NTIA = Source(
    Rank.PRIMARY,
    "NTIA, The Minimum Elements For a Software Bill of Materials (SBOM), 2021",
    "https://www.ntia.gov/report/2021/minimum-elements-software-bill-materials-sbom",
)


@check(
    CheckSpec(
        id="SEC-039",
        stage=Stage.SECURITY,
        practice="dependencies",
        question="Does the forge's inventory of dependencies cover every package ecosystem in use?",
        rationale="Alerts reach only what the inventory knows, and the next customer or buyer will ask for it as an SBOM.",
        scale=Scale(
            "% of ecosystems in use",
            ((0, 15), (50, 55), (100, 100)),
            (NTIA, ours("an ecosystem that the inventory does not list gets no alert at all")),
        ),
        remedy="Switch on the dependency graph, and submit from the pipeline what it cannot read from the files.",
        effort=Effort(0.1, each=0.1, per="repository"),
        weight=0.5,
    )
)
def dependency_inventory(graph: DependencyGraph, dependencies: Dependencies) -> Outcome:
    """Ecosystems (package URL types) of the manifests that the forge's inventory lists ÷ all of them (0 to 100 %)."""
    used = {kind for d in dependencies.dependencies if (kind := d.purl.removeprefix("pkg:").partition("/")[0])}
    if not used:
        return NotApplicable("the repository names no package of a known ecosystem")
    listed = used & {kind for kind, count in graph.packages if count}
    missing = ", ".join(sorted(used - listed))
    packages = sum(count for _, count in graph.packages)
    because = f"the inventory lists {counted(packages, 'package')} of {len(listed)} of {counted(len(used), 'ecosystem')} in use"
    return Measured(percent(len(listed), len(used)), because + (f"; none of {missing}" if missing else ""))
