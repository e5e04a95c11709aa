"""Whether it is known which version of each package is in use."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import Dependencies, Dependency
from scanner.facts.infrastructure import RuntimeTraits


@check(
    CheckSpec(
        id="VEN-011",
        stage=Stage.VENDORS,
        practice="upstream",
        question="For how many of the packages built on directly is the exact version known?",
        rationale="Where the version is not known, neither its faults nor its licence nor its age can be.",
        scale=Scale(
            "% of direct packages",
            ((0, 0), (50, 40), (80, 70), (98, 100)),
            (ours("whoever ships should be able to name each part; four of five is where gaps still show"),),
            sample=5,
        ),
        remedy="Lock the packages that have no exact version.",
        effort=Effort(0.25, each=0.25, per="repository"),
        controls=("OSPS-QA-02.01",),
    )
)
def unversioned_dependencies(dependencies: Dependencies, traits: RuntimeTraits) -> Outcome:
    """Share (0 to 100 %) of distinct direct packages that some manifest or lock file gives an exact version.

    Packages whose version a Maven parent or platform fixes are left out: that version stands outside the repository.
    """
    if not traits.deployable:
        return NotApplicable("it is not deployed by itself: a library leaves the choice of versions to its users")
    direct = {(d.ecosystem, d.name) for d in dependencies.dependencies if d.direct and not _is_managed(d)}
    if not direct:
        return NotApplicable("no manifest names a package whose version is decided here")
    exact = {(d.ecosystem, d.name) for d in dependencies.dependencies if d.version}
    known = len(direct & exact)
    because = f"the exact version is known for {known} of {len(direct)} packages built on directly"
    return Measured(percent(known, len(direct)), because, sample=len(direct))


def _is_managed(dependency: Dependency) -> bool:
    """Whether the Maven parent or platform fixes the version: the manifest names none, and Maven resolves no ranges then."""
    open_here = dependency.ecosystem == "Maven" and not dependency.version
    return open_here and (not dependency.requirement or dependency.requirement.startswith("${"))
