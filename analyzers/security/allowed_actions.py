"""Whose actions the pipelines may run."""

from __future__ import annotations

from analyzers.security import no_workflows
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.ci import Pipelines
from scanner.facts.forge import AutomationSettings

LEGITIFY = Source(Rank.SECONDARY, "Legitify policies: actions are limited to verified or explicitly trusted ones")
VALUES = {"local_only": 100.0, "selected": 70.0, "all": 0.0}
PINNED = 30.0
PINNED_ALL = 60.0


@check(
    CheckSpec(
        id="SEC-031",
        stage=Stage.SECURITY,
        practice="pipeline",
        question="Is it limited whose actions the pipelines may run?",
        rationale="An action is a stranger's program with the pipeline's rights; a list keeps the next one from being anybody's.",
        scale=Scale(
            "% of the limit",
            ((0, 30), (60, 70), (70, 80), (100, 100)),
            (
                LEGITIFY,
                ours("own actions only 100, a list 70, pinning to commits adds 30 to a list and gives 60 alone"),
            ),
        ),
        remedy="Allow own, GitHub's and listed actions only, and require that actions are pinned to a full commit.",
        effort=Effort(1, each=0.1, per="repository"),
        weight=0.5,
    )
)
def allowed_actions(settings: AutomationSettings, pipelines: Pipelines) -> Outcome:
    """How far the use of others' actions is limited, 0 to 100 %: by whose they are, and by having to be pinned to a commit."""
    unmoved = no_workflows(settings, pipelines)
    if unmoved is not None:
        return unmoved
    if settings.system == "gitlab-ci":
        return NotApplicable("GitLab runs no actions: what its pipelines take from others is part of their own text")
    if settings.allowed is None:
        detail = "the forge does not show this reader whose actions may run"
        return Unknown(Why.FORBIDDEN, detail, "a token with “Administration: read”")
    value = VALUES[settings.allowed]
    if settings.requires_pinning:
        value = max(PINNED_ALL, min(100.0, value + PINNED))
    whose = {"local_only": "own actions only", "selected": "listed actions only", "all": "anybody's actions"}
    pinned = "pinned to a commit" if settings.requires_pinning else "at any version"
    return Measured(value, f"pipelines may run {whose[settings.allowed]}, {pinned}")
