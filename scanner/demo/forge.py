"""What a stand-in forge knows: plain records, easy to build and always the same.

A login that ends in ``[bot]`` is a machine. All times are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from scanner.demo.gitlab_forge import UNUSED_REGISTRY, DeployTokenRecord, RegistryRecord

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
"""When everything began that does not say otherwise."""


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A review; ``state`` as GraphQL writes it."""

    author: str
    state: Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]
    at: datetime
    comments: int = 0


@dataclass(frozen=True, slots=True)
class PullRecord:
    """A pull request. An empty ``author`` is a deleted account; ``updated_at`` None: its last event."""

    number: int
    author: str
    created_at: datetime
    merged_at: datetime | None = None
    closed_at: datetime | None = None
    merged_by: str = ""
    first_commit_at: datetime | None = None
    additions: int = 10
    deletions: int = 2
    files: int = 1
    commits: int = 1
    comments: int = 0
    reviews: tuple[ReviewRecord, ...] = ()
    body: str = ""
    linked_issues: int = 0
    labels: tuple[str, ...] = ()
    draft: bool = False
    base: str = "main"
    head_commit: str = "0" * 40
    merge_commit: str = ""
    updated_at: datetime | None = None
    merge_parents: int = 2
    threads: int = 0
    threads_resolved: int = 0

    @property
    def last_event(self) -> datetime:
        """When it was last touched."""
        moments = (self.created_at, self.merged_at, self.closed_at, *(r.at for r in self.reviews))
        return self.updated_at or max(m for m in moments if m)


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """A comment on an issue."""

    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """An issue."""

    number: int
    author: str
    created_at: datetime
    closed_at: datetime | None = None
    comments: tuple[CommentRecord, ...] = ()
    labels: tuple[str, ...] = ()
    milestone: str = ""
    reopened_at: tuple[datetime, ...] = ()

    @property
    def last_event(self) -> datetime:
        """When it was last touched."""
        moments = (self.created_at, self.closed_at, *(c.at for c in self.comments), *self.reopened_at)
        return max(m for m in moments if m)


@dataclass(frozen=True, slots=True)
class MilestoneRecord:
    """A milestone."""

    title: str
    due_on: datetime | None = None
    closed_at: datetime | None = None
    open_issues: int = 0
    closed_issues: int = 0
    created_at: datetime = BEGINNING


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A release."""

    tag: str
    at: datetime
    prerelease: bool = False
    draft: bool = False
    notes: str = ""
    assets: int = 0
    asset_names: tuple[str, ...] = ()
    """Names of the first files; the rest are called by their number."""

    @property
    def asset_list(self) -> tuple[str, ...]:
        """The names of all files."""
        return self.asset_names + tuple(f"file-{n}.zip" for n in range(len(self.asset_names), self.assets))


@dataclass(frozen=True, slots=True)
class DeploymentRecord:
    """A deployment; ``statuses`` are (GraphQL state, time) in order."""

    environment: str
    at: datetime
    commit: str = "0" * 40
    statuses: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job of a run; ``conclusion`` as REST writes it."""

    name: str
    created_at: datetime
    started_at: datetime
    finished_at: datetime
    conclusion: str = "success"
    self_hosted: bool = False


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A workflow run; ``conclusion`` as REST writes it."""

    id: int
    workflow: str
    commit: str
    created_at: datetime
    finished_at: datetime
    conclusion: str = "success"
    started_at: datetime | None = None
    event: str = "push"
    branch: str = "main"
    attempt: int = 1
    actor: str = "ada"
    jobs: tuple[JobRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtectionRecord:
    """Classic protection of the default branch."""

    approvals: int = 0
    code_owner_review: bool = False
    dismisses_stale: bool = False
    status_checks: tuple[str, ...] = ()
    binds_admins: bool = False
    allows_force_push: bool = False
    allows_deletion: bool = False
    signed_commits: bool = False
    bypassing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesetRecord:
    """A ruleset on the default branch; ``approvals`` None: it asks for no pull request."""

    id: int
    approvals: int | None = None
    status_checks: tuple[str, ...] = ()
    blocks_force_push: bool = False
    blocks_deletion: bool = False
    signed_commits: bool = False
    bypassing: int = 0


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """A security alert; ``state`` "fixed" or "dismissed" needs ``closed_at``."""

    kind: Literal["dependency", "code", "secret"]
    severity: Literal["low", "medium", "high", "critical"]
    opened_at: datetime
    closed_at: datetime | None = None
    state: Literal["open", "fixed", "dismissed"] = "open"


@dataclass(frozen=True, slots=True)
class SettingsRecord:
    """Which security features are on."""

    vulnerability_alerts: bool = False
    secret_scanning: bool = False
    push_protection: bool = False
    code_scanning: bool = False
    private_reporting: bool = False


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A collaborator of a repository."""

    login: str
    role: Literal["read", "triage", "write", "maintain", "admin"] = "write"
    outside: bool = False


@dataclass(frozen=True, slots=True)
class HookRecord:
    """A webhook."""

    url: str
    secret: bool = True
    verifies_tls: bool = True


@dataclass(frozen=True, slots=True)
class EnvironmentRecord:
    """An environment with its rules."""

    name: str
    reviewers: tuple[str, ...] = ()
    wait_minutes: int = 0
    restricts_branches: bool = False
    admins_bypass: bool = True


@dataclass(frozen=True, slots=True)
class SecretRecord:
    """A credential kept for CI: its name and dates."""

    name: str
    created_at: datetime = BEGINNING
    updated_at: datetime = BEGINNING
    scope: Literal["actions", "dependabot"] = "actions"
    guarded: bool = True


@dataclass(frozen=True, slots=True)
class AutomationRecord:
    """What CI may do."""

    enabled: bool = True
    allowed: Literal["all", "local_only", "selected"] = "all"
    requires_pinning: bool = False
    default_permission: Literal["read", "write"] = "read"
    may_approve: bool = False
    self_hosted_runners: int = 0


@dataclass(frozen=True, slots=True)
class AppRecord:
    """An installed app and its rights ("contents": "write")."""

    slug: str
    rights: tuple[tuple[str, str], ...] = (("metadata", "read"),)


@dataclass(frozen=True, slots=True)
class TeamRecord:
    """A team with its members (logins) and repositories (names)."""

    name: str
    members: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()
    parent: str = ""


@dataclass(frozen=True, slots=True)
class RepositoryRecord:
    """A repository. ``keys`` holds True for each deploy key that may write; ``files`` are community file keys."""

    name: str
    clone_url: str = ""
    description: str = ""
    topics: tuple[str, ...] = ()
    archived: bool = False
    fork: bool = False
    template: bool = False
    private: bool = False
    created_at: datetime = BEGINNING
    pushed_at: datetime = BEGINNING
    default_branch: str = "main"
    has_issues: bool = True
    has_discussions: bool = False
    licence: str = ""
    stars: int = 0
    size_kb: int = 1
    deletes_merged_branches: bool = False
    admin: bool = True
    """Whether the reader administers it."""
    health_percentage: int = 0
    files: tuple[str, ...] = ()
    pulls: tuple[PullRecord, ...] = ()
    issues: tuple[IssueRecord, ...] = ()
    milestones: tuple[MilestoneRecord, ...] = ()
    releases: tuple[ReleaseRecord, ...] = ()
    deployments: tuple[DeploymentRecord, ...] = ()
    runs: tuple[RunRecord, ...] = ()
    protection: ProtectionRecord | None = None
    rulesets: tuple[RulesetRecord, ...] = ()
    settings: SettingsRecord = SettingsRecord()
    alerts: tuple[AlertRecord, ...] = ()
    people: tuple[PersonRecord, ...] = ()
    keys: tuple[bool, ...] = ()
    keys_made_at: datetime = BEGINNING
    """When the deploy keys were made."""
    hooks: tuple[HookRecord, ...] = ()
    node_id: str = ""
    """Lasting id; empty: made from the name."""
    environments: tuple[EnvironmentRecord, ...] = ()
    secrets: tuple[SecretRecord, ...] = ()
    automation: AutomationRecord = AutomationRecord()
    codeowners_errors: tuple[str, ...] | None = None
    """Kinds of errors in CODEOWNERS; None: there is no such file."""
    packages: tuple[tuple[str, int], ...] = ()
    """The dependency graph: (purl type, packages)."""
    projects_open: int = 0
    projects_closed: int = 0
    discussions: int = 0
    discussions_answered: int = 0
    merge_methods: tuple[Literal["merge", "squash", "rebase"], ...] = ("merge", "squash", "rebase")
    protected_tags: tuple[str, ...] = ()
    """Patterns of names of tags that are protected, each by a rule of its own."""
    deploy_tokens: tuple[DeployTokenRecord, ...] = ()
    registry: RegistryRecord = UNUSED_REGISTRY


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """The organisation; None where the reader may not see a setting. ``members`` are (login, is owner)."""

    login: str
    two_factor_required: bool | None = None
    default_permission: str | None = None
    members: tuple[tuple[str, bool], ...] = ()
    outside_collaborators: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    verified: bool | None = None
    team_records: tuple[TeamRecord, ...] = ()
    """Teams with members; shown beside ``teams``, which have none."""
    members_without_two_factor: tuple[str, ...] = ()
    security_managers: tuple[str, ...] = ()
    automation: AutomationRecord = AutomationRecord()
    apps: tuple[AppRecord, ...] = ()
    hooks: tuple[HookRecord, ...] = ()
    audit_log: bool = False
    members_create_public: bool = True
    owner: bool = True
    """Whether the reader owns the organisation."""
    secrets: tuple[SecretRecord, ...] = ()
    """Credentials that it keeps for all its repositories."""
    deploy_tokens: tuple[DeployTokenRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ForgeData:
    """Everything the stand-in knows; ``user`` is who the token belongs to."""

    organisation: OrganisationRecord
    repositories: tuple[RepositoryRecord, ...] = ()
    user: str = "auditor"
    scopes: tuple[str, ...] = ("repo", "read:org")

    def repository(self, full_name: str) -> RepositoryRecord | None:
        """The repository ORG/NAME, None when there is none."""
        owner, _, name = full_name.partition("/")
        if owner != self.organisation.login:
            return None
        return next((r for r in self.repositories if r.name == name), None)
