"""Whether a service could be rebuilt from its repository after a total loss."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines
from scanner.facts.dependencies import Dependencies
from scanner.facts.infrastructure import Containers, Infrastructure, RuntimeTraits


@check(
    CheckSpec(
        id="RIS-007",
        stage=Stage.RISK,
        practice="continuity",
        question="Could this service be rebuilt from its repository alone after a total loss?",
        rationale="What lives only in somebody's head or console is gone with the person or the account.",
        scale=Scale(
            "% of the recipe",
            ((0, 0), (50, 45), (75, 70), (100, 100)),
            (ours("each missing part must be found again by hand under pressure"),),
        ),
        remedy="Commit what is missing of: lock files, container or infrastructure recipe, build pipeline, deploy pipeline.",
        effort=Effort(0.5, each=1.5, per="repository"),
        controls=("ISO 27001:2022 A.5.30",),
    )
)
def rebuild_readiness(
    traits: RuntimeTraits,
    dependencies: Dependencies,
    containers: Containers,
    infrastructure: Infrastructure,
    pipelines: Pipelines,
) -> Outcome:
    """Share (0 to 100 %) of the parts of a rebuild recipe that the repository of a deployable holds."""
    if not traits.deployable:
        return NotApplicable("nothing here is deployed")
    parts = {
        "a container or infrastructure recipe": bool(containers.files or infrastructure.resources),
        "a pipeline that builds": any(pipelines.does(s) for s in ("build", "package", "test")),
        "a pipeline that deploys or releases": pipelines.does("deploy") or pipelines.does("release"),
    }
    if pipelines.unparsed and not all(parts.values()):
        return Unknown(
            Why.UNPARSABLE,
            f"{counted(len(pipelines.unparsed), 'pipeline file')} could not be read",
            "repair the pipeline files named in the gaps",
        )
    kinds = {m.kind for m in dependencies.manifests}
    if kinds:
        parts["locked dependencies"] = "lock" in kinds
    missing = sorted(part for part, there in parts.items() if not there)
    because = f"missing: {', '.join(missing)}" if missing else "every part is there"
    return Measured(
        percent(len(parts) - len(missing), len(parts)),
        f"{len(parts) - len(missing)} of {len(parts)} parts of a rebuild recipe; {because}",
    )
