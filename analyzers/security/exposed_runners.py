"""Whether strangers can bring their code to the owner's machines."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import AutomationSettings, ForgeRepository, Runs

HARDENING = Source(
    Rank.PRIMARY,
    "GitHub, Secure use reference: self-hosted runners should almost never be used for public repositories",
    "https://docs.github.com/en/actions/reference/security/secure-use",
)


@check(
    CheckSpec(
        id="SEC-038",
        stage=Stage.SECURITY,
        practice="pipeline",
        question="Is the public code built on machines other than the company's own?",
        rationale="Anybody may propose a change to public code; on a machine of one's own that change runs inside the network.",
        scale=Scale(
            "% (kept apart or not)",
            ((0, 0), (100, 100)),
            (HARDENING, ours("one open door is enough, so there is no middle")),
        ),
        remedy="Build public repositories on the forge's machines, or on own ones that live for a single job.",
        effort=Effort(1, each=1, per="repository"),
    )
)
def exposed_runners(settings: AutomationSettings, record: ForgeRepository, runs: Runs) -> Outcome:
    """0 % when a public repository has runners of its own, or its newest jobs ran on such; 100 % when neither is so."""
    if record.visibility != "public":
        return NotApplicable("the code is not public: strangers cannot propose changes")
    if settings.enabled is False:
        return NotApplicable("the forge's pipelines are switched off here")
    jobs = [job for run in runs.runs for job in run.jobs or ()]
    if settings.self_hosted_runners or any(job.self_hosted for job in jobs):
        loose = Place("public code is built on the owner's own machines", Severity.HIGH, anchor="self-hosted runners")
        return Measured(0, "public code is built on the owner's own machines", places=(loose,))
    if settings.self_hosted_runners is None:
        detail = "the forge does not show this reader the machines of the repository"
        return Unknown(Why.FORBIDDEN, detail, "a token with “Administration: read”")
    return Measured(100, "the repository has no machine of its own, and its newest jobs ran on none")
