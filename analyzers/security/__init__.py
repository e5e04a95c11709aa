"""Checks SEC-nnn of stage 8: Security and compliance."""

from __future__ import annotations

from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Pipelines
from scanner.facts.forge import AutomationSettings

_NAMES = {"github-actions": "workflow of GitHub Actions", "gitlab-ci": "pipeline of GitLab"}
_FILES = {"github-actions": ".github/workflows/", "gitlab-ci": ".gitlab-ci.yml"}


def no_workflows(settings: AutomationSettings, pipelines: Pipelines) -> NotApplicable | None:
    """Why questions about the rights of the forge's own pipelines do not apply, or None when they do."""
    read = any(p.system == settings.system for p in pipelines.pipelines)
    if not read and not any(path.startswith(_FILES[settings.system]) for path, _ in pipelines.unparsed):
        return NotApplicable(f"there is no {_NAMES[settings.system]} here")
    return NotApplicable("the forge's pipelines are switched off here") if settings.enabled is False else None
