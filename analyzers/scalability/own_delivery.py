"""Whether each service has its own way to production."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines
from scanner.facts.infrastructure import RuntimeTraits


@check(
    CheckSpec(
        id="SCA-010",
        stage=Stage.SCALABILITY,
        practice="decoupled",
        question="Can this service be delivered by itself, from its own pipeline?",
        rationale="Services that only ship together are one service, with the costs of many.",
        scale=Scale(
            "% in place",
            ((0, 20), (60, 70), (100, 100)),
            (ours("a package of its own is most of the way; the deployment may be pulled from elsewhere"),),
        ),
        remedy="Give the service a pipeline that packages and deploys it without waiting for another repository.",
        effort=Effort(0, each=3, per="repository"),
    )
)
def own_delivery(traits: RuntimeTraits, pipelines: Pipelines) -> Outcome:
    """100 % when a pipeline of a deployable deploys or releases it, 60 % when one packages it, else 0 %."""
    if not traits.deployable:
        return NotApplicable("nothing here is deployed")
    if pipelines.does("deploy") or pipelines.does("release"):
        return Measured(100.0, "a pipeline here deploys or releases the service")
    if pipelines.unparsed:
        return Unknown(
            Why.UNPARSABLE,
            f"{counted(len(pipelines.unparsed), 'pipeline file')} could not be read",
            "repair the pipeline files named in the gaps",
        )
    if pipelines.does("package"):
        return Measured(
            60.0,
            "a pipeline here packages the service; what deploys it is not seen",
            basis=Basis.INFERRED,
            certainty=0.7,
        )
    return Measured(
        0.0, "no pipeline here packages, releases or deploys the service", basis=Basis.INFERRED, certainty=0.7
    )
