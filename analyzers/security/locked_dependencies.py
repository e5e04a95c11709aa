"""Whether what is shipped is built from exact versions."""

from __future__ import annotations

from pathlib import PurePosixPath

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import Dependencies, Dependency
from scanner.facts.infrastructure import RuntimeTraits


@check(
    CheckSpec(
        id="SEC-005",
        stage=Stage.SECURITY,
        practice="dependencies",
        question="Is every manifest of what is deployed covered by a lock file or exact versions?",
        rationale="Without a lock each build may ship other code than was tested, among it code planted last night.",
        scale=Scale(
            "% of manifests",
            ((0, 0), (50, 40), (80, 70), (100, 100)),
            (
                SCORECARD,
                ours("a forgotten tool folder is ordinary; half of the manifests unlocked is no habit of locking"),
            ),
        ),
        remedy="Commit a lock file beside each manifest, and install from it alone in pipelines and images.",
        effort=Effort(0.25, each=0.25, per="finding"),
        controls=("SSDF PW.4", "OSPS-QA-02.01"),
    )
)
def locked_dependencies(dependencies: Dependencies, traits: RuntimeTraits) -> Outcome:
    """Share (0 to 100 %) of manifests that name packages with a lock of their ecosystem above them, or exact versions only."""
    if not traits.deployable:
        return NotApplicable("it is not deployed by itself: a library leaves the choice of versions to its users")
    locks = {(m.ecosystem, PurePosixPath(m.path).parent) for m in dependencies.manifests if m.kind == "lock"}
    exact: dict[str, bool] = {}
    for d in dependencies.dependencies:
        exact[d.path] = exact.get(d.path, True) and (bool(d.version) or _is_managed(d))
    naming = sorted(
        (m for m in dependencies.manifests if m.kind == "manifest" and m.path in exact), key=lambda m: m.path
    )
    if not naming:
        return NotApplicable("no manifest names a package")
    bare = [
        m
        for m in naming
        if not exact[m.path] and not any((m.ecosystem, folder) in locks for folder in PurePosixPath(m.path).parents)
    ]
    places = tuple(
        Place(
            f"{m.ecosystem} versions are left open and no lock file covers them",
            Severity.MEDIUM,
            path=m.path,
            anchor=m.path,
        )
        for m in bare[:200]
    )
    because = f"{len(naming) - len(bare)} of {len(naming)} manifests are covered by a lock file, exact versions or a platform that fixes them"
    return Measured(percent(len(naming) - len(bare), len(naming)), because, places=places)


def _is_managed(dependency: Dependency) -> bool:
    """Whether the Maven parent or platform fixes the version: the manifest names none, and Maven resolves no ranges then."""
    open_here = dependency.ecosystem == "Maven" and not dependency.version
    return open_here and (not dependency.requirement or dependency.requirement.startswith("${"))
