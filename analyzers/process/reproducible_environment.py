"""Whether a newcomer's machine can be made the same as everyone's."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import TWELVE_FACTOR, ours
from scanner.core.stages import Stage
from scanner.facts.ci import Automation
from scanner.facts.dependencies import Dependencies, Dependency
from scanner.facts.infrastructure import Containers, RuntimeTraits
from scanner.facts.tree import CodeSize

TOOLCHAINS = ("crates.io", "Go", "Maven", "NuGet")


@check(
    CheckSpec(
        id="PRO-022",
        stage=Stage.PROCESS,
        practice="flow",
        question="Can the development environment be made anew from what is in the repository?",
        rationale="What only works on one machine costs every newcomer days and hides faults until production.",
        scale=Scale(
            "% of signs",
            ((0, 0), (33, 40), (50, 60), (67, 78), (100, 100)),
            (TWELVE_FACTOR, ours("three signs: exact versions, a task runner, an environment described as a file")),
        ),
        remedy="Commit lock files, a task runner with set-up and test commands, and a described environment.",
        effort=Effort(0.5, each=1, per="repository"),
    )
)
def reproducible_environment(
    dependencies: Dependencies, automation: Automation, containers: Containers, size: CodeSize, traits: RuntimeTraits
) -> Outcome:
    """Share (0 to 100 %) of signs seen: task runner, development environment or container file, and exact versions.

    A toolchain that builds and tests by itself (cargo, go, Maven, .NET) is its own task runner; exact versions are
    asked of what is deployed, for a library leaves them to its users.
    """
    if not size.product_code:
        return NotApplicable("there is no product code to run")
    signs = {
        "a task runner": bool(automation.task_runners)
        or any(m.ecosystem in TOOLCHAINS for m in dependencies.manifests),
        "an environment described as a file": bool(automation.dev_environments or containers.files),
    }
    if dependencies.dependencies and traits.deployable:
        locked = any(m.kind == "lock" for m in dependencies.manifests)
        signs["exact versions"] = locked or all(d.version or _is_managed(d) for d in dependencies.dependencies)
    missing = sorted(name for name, seen in signs.items() if not seen)
    because = f"missing: {', '.join(missing)}" if missing else f"present: {', '.join(sorted(signs))}"
    return Measured(percent(len(signs) - len(missing), len(signs)), because)


def _is_managed(dependency: Dependency) -> bool:
    """Whether the Maven parent or platform fixes the version: the manifest names none, and Maven resolves no ranges then."""
    open_here = dependency.ecosystem == "Maven" and not dependency.version
    return open_here and (not dependency.requirement or dependency.requirement.startswith("${"))
