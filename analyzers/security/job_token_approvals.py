"""Whether a pipeline can stand in for the second person."""

from __future__ import annotations

from analyzers.security import no_workflows
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.ci import Pipelines
from scanner.facts.forge import AutomationSettings

HARDENING = Source(
    Rank.PRIMARY,
    "GitHub, Secure use reference: preventing GitHub Actions from creating or approving pull requests",
    "https://docs.github.com/en/actions/reference/security/secure-use",
)
LEGITIFY = Source(Rank.SECONDARY, "Legitify policies: workflows are not allowed to approve pull requests")


@check(
    CheckSpec(
        id="SEC-032",
        stage=Stage.SECURITY,
        practice="pipeline",
        question="Are pipelines kept from approving changes?",
        rationale="A workflow that may approve lets one person merge alone, with a rule in force that asks for two.",
        scale=Scale(
            "% (kept from it or not)",
            ((0, 25), (100, 100)),
            (
                HARDENING,
                LEGITIFY,
                ours("one switch, so there is no middle; it needs a malicious insider or a hijacked step"),
            ),
        ),
        remedy="Switch off that GitHub Actions may create and approve pull requests, or give one bot a token of its own.",
        effort=Effort(0.1, each=0.05, per="repository"),
        weight=0.5,
    )
)
def job_token_approvals(settings: AutomationSettings, pipelines: Pipelines) -> Outcome:
    """100 % when the job token cannot approve change requests, 0 % when it can."""
    unmoved = no_workflows(settings, pipelines)
    if unmoved is not None:
        return unmoved
    if settings.may_approve is None:
        detail = "the forge does not show this reader whether the job token may approve changes"
        return Unknown(Why.FORBIDDEN, detail, "a token with “Administration: read”")
    if not settings.may_approve:
        return Measured(100, "pipelines cannot approve changes")
    loose = Place("the job token may approve changes", Severity.MEDIUM, anchor="job token approvals")
    return Measured(0, "pipelines may approve changes", places=(loose,))
