"""What the pipeline's own token may do when nobody says otherwise."""

from __future__ import annotations

from analyzers.security import no_workflows
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, Outcome, Place, Severity
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.ci import Pipelines
from scanner.facts.forge import AutomationSettings

HARDENING = Source(
    Rank.PRIMARY,
    "GitHub, Secure use reference: set the default permission of GITHUB_TOKEN to read access to repository contents",
    "https://docs.github.com/en/actions/reference/security/secure-use",
)


@check(
    CheckSpec(
        id="SEC-030",
        stage=Stage.SECURITY,
        practice="pipeline",
        question="May a pipeline's token only read, unless its workflow says more?",
        rationale="With write as the default every step, also a hijacked one, can push code and publish releases.",
        scale=Scale(
            "% of the limit",
            ((0, 15), (60, 65), (100, 100)),
            (
                HARDENING,
                SCORECARD,
                ours("60 where the default is loose but every workflow of today states its own rights"),
            ),
        ),
        remedy="Set the default permission of workflows to read, for the organisation, and widen it job by job.",
        effort=Effort(0.5, each=0.1, per="repository"),
        controls=("OSPS-AC-04.01",),
    )
)
def job_token_rights(settings: AutomationSettings, pipelines: Pipelines) -> Outcome:
    """100 % when the job token reads by default, 60 % when it may write but every workflow states its rights, else 0 %."""
    unmoved = no_workflows(settings, pipelines)
    if unmoved is not None:
        return unmoved
    if settings.default_permission is None:
        detail = "the forge does not show this reader what the job token may do by default"
        return Unknown(Why.FORBIDDEN, detail, "a token with “Administration: read”")
    if settings.default_permission == "read":
        return Measured(100, "by default the job token may only read")
    states = settings.system == "github-actions" and not pipelines.unparsed
    if states and not any(w.rule == "no-permissions" for w in pipelines.weaknesses):
        return Measured(60, "by default the job token may write, though every workflow states its own rights")
    loose = Place("by default the job token may write", Severity.MEDIUM, anchor="job token")
    return Measured(0, "by default the job token may write, and workflows rely on the default", places=(loose,))
