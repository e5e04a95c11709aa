"""The sample organisation's settings on its forge: some tight, some loose, all of the same age at every assessment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from scanner.demo.forge import (
    AppRecord,
    AutomationRecord,
    EnvironmentRecord,
    HookRecord,
    JobRecord,
    SecretRecord,
    TeamRecord,
)
from scanner.demo.gitlab_forge import DeployTokenRecord, RegistryRecord

AUTOMATION = AutomationRecord(allowed="selected", default_permission="read", may_approve=False)
"""What Actions may do everywhere: the token reads, and actions are listed, though at any version."""
TEAMS = (
    TeamRecord("engineering"),
    TeamRecord("backend", ("annl", "bokafor", "hanasato"), ("parcel-api", "billing"), "engineering"),
    TeamRecord("frontend", ("chenwei", "diamarques", "hanasato"), ("web-shop",), "engineering"),
    TeamRecord("platform", ("annl", "faybrennan"), ("infrastructure", "handbook"), "engineering"),
    TeamRecord("routing", ("emilnovak",), ("routing-engine",), "engineering"),
    TeamRecord("partner-import", ("bokafor", "ivorossi")),
)
"""One that only holds the others, one of a single person, and one whose repository is gone."""
APPS = (
    AppRecord("renovate", (("contents", "write"), ("pull_requests", "write"), ("metadata", "read"))),
    AppRecord("parcel-deploy", (("deployments", "write"), ("contents", "read"), ("secrets", "write"))),
    AppRecord("old-board-sync", (("administration", "write"), ("issues", "write"))),
    AppRecord("chat-notices", (("contents", "read"), ("metadata", "read"))),
    AppRecord("coverage-report", (("checks", "write"), ("contents", "read"))),
)
HOOKS = (
    HookRecord("https://chat.nimbus-parcel.example/forge"),
    HookRecord("https://board.nimbus-parcel.example/sync", secret=False),
)
ENVIRONMENTS: Mapping[str, tuple[EnvironmentRecord, ...]] = {
    "parcel-api": (
        EnvironmentRecord("production", ("faybrennan",), restricts_branches=True),
        EnvironmentRecord("staging"),
    ),
    "web-shop": (EnvironmentRecord("production", restricts_branches=True), EnvironmentRecord("preview")),
    "routing-engine": (EnvironmentRecord("production"),),
    "infrastructure": (EnvironmentRecord("production", ("annl", "faybrennan"), admins_bypass=False),),
}
PACKAGES: Mapping[str, tuple[tuple[str, int], ...]] = {
    "parcel-api": (("githubactions", 4), ("pypi", 12)),
    "web-shop": (("githubactions", 4), ("npm", 64)),
    "routing-engine": (("githubactions", 3), ("golang", 9)),
}
CODEOWNERS_ERRORS: Mapping[str, tuple[str, ...]] = {"parcel-api": ("Unknown owner",)}
DISCUSSIONS: Mapping[str, tuple[int, int]] = {"web-shop": (38, 21)}
"""Begun and answered."""
PROJECTS: Mapping[str, tuple[int, int]] = {"parcel-api": (2, 5), "web-shop": (1, 3)}
"""Open and closed."""
KEY_DAYS: Mapping[str, int] = {"parcel-api": 150, "web-shop": 320, "infrastructure": 410, "routing-engine": 940}
"""Age of the deploy keys; two years and a half elsewhere."""
_SECRET_DAYS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "parcel-api": (("DEPLOY_ROLE", 60), ("REGISTRY_PASSWORD", 210)),
    "web-shop": (("NPM_TOKEN", 130), ("ERROR_REPORTS_KEY", 520)),
    "routing-engine": (("REGISTRY_PASSWORD", 890), ("DEPLOY_SSH_KEY", 1130)),
    "infrastructure": (("CLOUD_STATE_KEY", 95),),
}


PROTECTED_TAGS: Mapping[str, tuple[str, ...]] = {"parcel-api": ("v*",), "web-shop": ("release-*",)}
"""One whose rule misses the names that releases have."""
DEPLOY_TOKENS: Mapping[str, tuple[DeployTokenRecord, ...]] = {
    "parcel-api": (DeployTokenRecord("cluster-pull", ("read_registry",)), DeployTokenRecord("old", revoked=True)),
    "routing-engine": (DeployTokenRecord("image-push", ("read_registry", "write_registry")),),
}
REGISTRIES: Mapping[str, RegistryRecord] = {
    "parcel-api": RegistryRecord(size_bytes=40_000_000_000),
    "routing-engine": RegistryRecord(cleans=False, size_bytes=90_000_000_000),
}


def shared_secrets(now: datetime) -> tuple[SecretRecord, ...]:
    """The credentials that the organisation keeps for all repositories."""
    made = now - timedelta(days=1200)
    return (
        SecretRecord("CHAT_WEBHOOK", made, now - timedelta(days=1100), guarded=False),
        SecretRecord("REGISTRY_MIRROR_TOKEN", made, now - timedelta(days=140)),
    )


def key_date(repository: str, now: datetime) -> datetime:
    """When the deploy keys of ``repository`` were made."""
    return now - timedelta(days=KEY_DAYS.get(repository, 900))


def secrets(repository: str, now: datetime) -> tuple[SecretRecord, ...]:
    """The credentials that ``repository`` keeps for its pipelines, each made half a year before it was last renewed."""
    kept = _SECRET_DAYS.get(repository, ())
    return tuple(
        SecretRecord(name, now - timedelta(days=days + 180), now - timedelta(days=days)) for name, days in kept
    )


def jobs(created_at: datetime, started_at: datetime, finished_at: datetime) -> tuple[JobRecord, ...]:
    """The jobs of a run: linting ends half-way; the tests wait for a second machine and end with the run."""
    wait = started_at - created_at
    return (
        JobRecord("lint", created_at, started_at, started_at + (finished_at - started_at) / 2),
        JobRecord("test", created_at, started_at + wait, finished_at),
    )
