"""Whether old images leave the registry."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines
from scanner.facts.forge import RegistryRetention

GITLAB = Source(
    Rank.SECONDARY,
    "GitLab, Reduce container registry storage: a cleanup policy removes what is old and not kept",
    "https://docs.gitlab.com/user/packages/container_registry/reduce_container_registry_storage/",
)


@check(
    CheckSpec(
        id="SEC-043",
        stage=Stage.SECURITY,
        practice="infrastructure",
        question="Does the container registry forget old images by itself?",
        rationale="Images of years ago hold known vulnerabilities, can still be deployed, and are paid for each month.",
        scale=Scale(
            "% (cleaned or not)",
            ((0, 35), (100, 100)),
            (GITLAB, ours("nothing breaks at once where nothing is removed, so it is weak rather than hopeless")),
        ),
        remedy="Switch the registry's cleanup policy on: keep the newest images and the tags of releases, remove the rest by age.",
        effort=Effort(0.1, each=0.1, per="repository"),
        weight=0.5,
    )
)
def registry_retention(retention: RegistryRetention, pipelines: Pipelines) -> Outcome:
    """100 % when a policy that removes by number or age runs on a registry in use, 0 % when none does."""
    if not retention.enabled:
        return NotApplicable("the container registry is switched off here")
    if not retention.size_bytes and not pipelines.does("package"):
        if pipelines.unparsed:
            unread = counted(len(pipelines.unparsed), "pipeline")
            return Unknown(Why.UNPARSABLE, f"{unread} could not be read and may fill the container registry")
        return NotApplicable("nothing shows that the container registry is used")
    if retention.cleans and (retention.keep_n is not None or retention.older_than_days is not None):
        kept = f"the newest {retention.keep_n} of each image" if retention.keep_n is not None else "what is new"
        aged = f", others for {retention.older_than_days} days" if retention.older_than_days is not None else ""
        return Measured(100, f"the registry keeps {kept}{aged}")
    loose = Place("the container registry keeps every image for ever", Severity.LOW, anchor="container registry")
    return Measured(0, "the registry keeps every image for ever", places=(loose,))
