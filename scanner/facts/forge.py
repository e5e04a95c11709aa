"""Facts that only the forge knows: settings, change requests, reviews, issues, runs, releases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import ClassVar, Literal

from scanner.core.evidence import Fact
from scanner.core.outcomes import Severity
from scanner.core.subjects import Kind


@dataclass(frozen=True, slots=True)
class ForgeRepository(Fact):
    """The repository's own record."""

    description: str
    topics: tuple[str, ...]
    archived: bool
    fork: bool
    template: bool
    visibility: Literal["public", "private", "internal"]
    created_at: datetime
    default_branch: str
    has_issues: bool
    has_discussions: bool
    licence: str
    stars: int
    open_issues: int
    deletes_merged_branches: bool | None
    url: str
    pushed_at: datetime | None = None
    node_id: str = ""
    """The forge's own lasting name of the repository: it survives renames and transfers."""
    merge_methods: tuple[Literal["merge", "squash", "rebase"], ...] = ()
    """Ways of merging that the settings allow; empty when not shown."""
    size_kb: int = 0
    default_branch_commit: str = ""
    empty: bool = False


@dataclass(frozen=True, slots=True)
class BranchProtection(Fact):
    """Rules on the default branch, from classic protection and rulesets together (the stricter holds).

    ``protected`` is False only when the forge said so to a reader who may see it.
    """

    branch: str
    protected: bool
    required_approvals: int
    code_owner_review: bool
    dismisses_stale: bool
    required_status_checks: int
    binds_admins: bool
    allows_force_push: bool
    allows_deletion: bool
    signed_commits: bool
    bypass_actors: int | None


@dataclass(frozen=True, slots=True)
class Review:
    """One review by a pseudonymous person.

    ``comments`` on the change's lines. Where the forge tells them for the whole request only (GitHub: its review
    threads), they stand with the first review by somebody else than the author.
    """

    person: str
    bot: bool
    state: Literal["approved", "changes_requested", "commented", "dismissed"]
    at: datetime
    comments: int


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A pull or merge request. ``comments`` are those of the conversation, comments on lines are with the reviews."""

    number: int
    person: str
    bot: bool
    created_at: datetime
    merged_at: datetime | None
    closed_at: datetime | None
    merged_by: str
    first_commit_at: datetime | None
    additions: int
    deletions: int
    files: int
    commits: int
    comments: int
    reviews: tuple[Review, ...]
    description_words: int
    linked_issues: int
    labels: tuple[str, ...]
    draft: bool
    to_default: bool
    head_commit: str
    merge_commit: str
    merge_method: Literal["merge", "one-commit", ""] = ""
    """How it was merged: a merge commit of two parents, or one commit (squash, rebase, fast-forward); empty: unknown or unmerged."""
    threads: int = 0
    """Review threads; ``threads_resolved`` of them are marked resolved."""
    threads_resolved: int = 0


@dataclass(frozen=True, slots=True)
class ChangeRequests(Fact):
    """Change requests updated in the window, newest first; ``open_total`` are all that are open."""

    personal: ClassVar[bool] = True
    as_of: datetime
    window_days: int
    requests: tuple[ChangeRequest, ...]
    open_total: int

    def merged(self, days: int = 365, *, bots: bool = False) -> tuple[ChangeRequest, ...]:
        """Requests merged into the default branch in the ``days`` before ``as_of``; people's only unless ``bots``."""
        since = self.as_of - timedelta(days=days)
        return tuple(
            r
            for r in self.requests
            if r.merged_at is not None and since < r.merged_at <= self.as_of and r.to_default and (bots or not r.bot)
        )

    def recent(self) -> tuple[ChangeRequest, ...]:
        """People's requests merged into the default branch in the last 90 days."""
        return self.merged(90)


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue. ``first_response_at`` is the first comment by someone else who is no bot."""

    number: int
    person: str
    bot: bool
    created_at: datetime
    closed_at: datetime | None
    first_response_at: datetime | None
    labels: tuple[str, ...]
    comments: int
    reopened: bool
    milestone: str
    reopened_times: int = 0


@dataclass(frozen=True, slots=True)
class Issues(Fact):
    """Issues updated in the window, newest first; ``open_total`` are all that are open."""

    personal: ClassVar[bool] = True
    as_of: datetime
    window_days: int
    issues: tuple[Issue, ...]
    open_total: int
    enabled: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone with its dates and counts."""

    title: str
    due_on: datetime | None
    closed_at: datetime | None
    open_issues: int
    closed_issues: int


@dataclass(frozen=True, slots=True)
class Milestones(Fact):
    """All milestones."""

    as_of: datetime
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A published release.

    ``signed_assets`` and ``provenance_assets`` are those of its files that by their names sign it or say how it was made
    (OpenSSF Scorecard, Signed-Releases); None: not all names were told, and none of those that were is one.
    """

    tag: str
    at: datetime
    prerelease: bool
    notes_words: int
    assets: int
    signed_assets: int | None = None
    provenance_assets: int | None = None


@dataclass(frozen=True, slots=True)
class Releases(Fact):
    """Published releases of the last 365 days, newest first; ``total`` counts all time."""

    as_of: datetime
    releases: tuple[Release, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment and its last verdict, which came at ``finished_at``; ``production`` by environment name.

    ``failed_at`` is when it was first recorded as failed, also where a later try succeeded.
    """

    environment: str
    production: bool
    at: datetime
    finished_at: datetime | None
    state: Literal["success", "failure", "pending", "inactive"]
    commit: str
    failed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deployments(Fact):
    """Deployments of the last 365 days, newest first. Empty: the forge records none."""

    as_of: datetime
    deployments: tuple[Deployment, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A job of a run. ``queued_seconds`` from its creation to its start; times in UTC."""

    name: str
    started_at: datetime
    finished_at: datetime
    queued_seconds: float
    conclusion: Literal["success", "failure", "cancelled", "other"]
    self_hosted: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A workflow run. ``started_at`` minus ``created_at`` is the time in the queue.

    ``jobs`` are those of its last attempt, read for the newest few runs only: None is unread.
    """

    workflow: str
    event: str
    branch: str
    commit: str
    attempt: int
    created_at: datetime
    started_at: datetime
    finished_at: datetime
    conclusion: Literal["success", "failure", "cancelled", "other"]
    bot: bool = False
    """Whether a machine set it off."""
    jobs: tuple[Job, ...] | None = None


@dataclass(frozen=True, slots=True)
class Runs(Fact):
    """Completed workflow runs of the window, newest first."""

    as_of: datetime
    window_days: int
    default_branch: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Community(Fact):
    """The forge's community profile. ``files`` are the health files it found (readme, license, …)."""

    health_percentage: int
    files: tuple[str, ...]
    issue_template: bool
    change_request_template: bool


@dataclass(frozen=True, slots=True)
class SecuritySettings(Fact):
    """Which security features are switched on; None when the forge does not offer or show it."""

    vulnerability_alerts: bool | None
    secret_scanning: bool | None
    push_protection: bool | None
    code_scanning: bool | None
    private_reporting: bool | None


@dataclass(frozen=True, slots=True)
class Alert:
    """A security alert of the forge; never its secret value."""

    kind: Literal["dependency", "code", "secret"]
    severity: Severity
    opened_at: datetime
    closed_at: datetime | None
    state: Literal["open", "fixed", "dismissed"]


@dataclass(frozen=True, slots=True)
class SecurityAlerts(Fact):
    """Alerts of the kinds that could be read (``kinds``). ``unread`` are kinds that may be on but were not shown or failed."""

    as_of: datetime
    kinds: tuple[str, ...]
    alerts: tuple[Alert, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeployToken:
    """A live token of a project or group that is no person's: its name, scopes and end (None: it has none), never itself."""

    name: str
    scopes: tuple[str, ...]
    expires_at: datetime | None

    @property
    def writes(self) -> bool:
        """Whether it may put images or packages where others fetch them (write_registry, write_package_registry, …)."""
        return any(scope.startswith("write_") for scope in self.scopes)

    def ends_within_year(self, moment: datetime) -> bool:
        """Whether its end is at most 365 days after ``moment``."""
        return self.expires_at is not None and self.expires_at - moment <= timedelta(days=365)


@dataclass(frozen=True, slots=True)
class TagRule:
    """A rule on who may make, move or delete tags: patterns of the names it is for, and of those it spares.

    One star stands for anything but a slash, two for anything.
    """

    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()

    def covers(self, tag: str) -> bool:
        """Whether the rule is for ``tag``."""
        return any(_is_like(tag, p) for p in self.include) and not any(_is_like(tag, p) for p in self.exclude)


def _is_like(tag: str, pattern: str) -> bool:
    if "**" in pattern:
        return fnmatchcase(tag, pattern)
    parts, wanted = tag.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))


@dataclass(frozen=True, slots=True)
class RepositoryAccess(Fact):
    """Who may do what, as counts."""

    collaborators: int
    admins: int
    outside: int
    deploy_keys: int
    deploy_keys_writing: int
    webhooks: int
    webhooks_insecure: int
    """Webhooks without a secret, or without TLS verification."""
    oldest_key_at: datetime | None = None
    """When the oldest deploy key was made."""
    deploy_tokens: tuple[DeployToken, ...] | None = None
    """Deploy tokens of the repository itself, neither revoked nor expired; None: the forge has no such thing (GitHub)."""
    protected_tags: tuple[TagRule, ...] | None = None
    """Rules on tags; empty: any writer may move a release; None: not shown."""

    @property
    def deploy_tokens_writing(self) -> int | None:
        """How many of the deploy tokens may write; None where there is no such thing."""
        return None if self.deploy_tokens is None else sum(token.writes for token in self.deploy_tokens)


@dataclass(frozen=True, slots=True)
class RegistryRetention(Fact):
    """What the repository's container registry forgets by itself. ``enabled``: the registry is on; ``cleans``: its policy is.

    ``cadence`` is how often ("1d", "1month"); of each image the newest ``keep_n`` tags stay, others go once they are
    ``older_than_days`` old; None: no such bound. ``size_bytes`` None: not told.
    """

    enabled: bool
    cleans: bool
    cadence: str
    keep_n: int | None
    older_than_days: int | None
    size_bytes: int | None


@dataclass(frozen=True, slots=True)
class Environment:
    """A place that is deployed to, and what guards it.

    ``reviewers`` must approve a deployment, ``wait_minutes`` must pass; ``restricts_branches``: only
    protected or named branches deploy. ``admins_bypass`` None: not shown.
    """

    name: str
    production: bool
    reviewers: int
    wait_minutes: int
    restricts_branches: bool
    admins_bypass: bool | None = None


@dataclass(frozen=True, slots=True)
class Environments(Fact):
    """Environments of the repository; empty: the forge knows none."""

    environments: tuple[Environment, ...]


@dataclass(frozen=True, slots=True)
class StoredSecret:
    """A credential or variable that the forge keeps for CI: its name and age, never its value.

    ``scope`` "group": kept by the organisation or group for its repositories (`SharedCredentials`), not by one of them.
    ``guarded`` tells whether the forge hides it from logs and from unprotected branches; None: it has no such flag.
    """

    name: str
    created_at: datetime | None
    updated_at: datetime | None
    scope: Literal["actions", "dependabot", "environment", "group"]
    guarded: bool | None = None


@dataclass(frozen=True, slots=True)
class AutomationSettings(Fact):
    """What CI may do with the repository, and which credentials it holds; None when the reader may not see it.

    ``allowed``: whose reusable steps may run. ``default_permission``: what the job token may do unless
    a workflow says otherwise. Which workflows there are the files tell (`Pipelines`).
    """

    as_of: datetime
    enabled: bool | None
    allowed: Literal["all", "local_only", "selected"] | None
    requires_pinning: bool | None
    default_permission: Literal["read", "write"] | None
    may_approve: bool | None
    """Whether the job token may approve change requests."""
    self_hosted_runners: int | None
    secrets: tuple[StoredSecret, ...] | None
    system: Literal["github-actions", "gitlab-ci"] = "github-actions"
    """Whose settings these are, by the names of `Pipeline.system`."""


@dataclass(frozen=True, slots=True)
class OwnershipRules(Fact):
    """What the forge says of the ownership file (CODEOWNERS): its errors by kind, sorted. ``present`` on the default branch."""

    present: bool
    errors: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class DependencyGraph(Fact):
    """The forge's own inventory of dependencies (SBOM): packages by ecosystem (purl type), sorted."""

    packages: tuple[tuple[str, int], ...]
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Planning(Fact):
    """Where work is planned and talked about on the forge: counts, None when not offered or not shown."""

    projects_open: int | None
    projects_closed: int | None
    discussions: int | None
    discussions_answered: int | None


@dataclass(frozen=True, slots=True)
class Organisation(Fact):
    """The organisation's settings, as counts; None when the reader may not see it."""

    about: ClassVar[Kind] = Kind.ORG
    login: str
    two_factor_required: bool | None
    default_permission: str | None
    members: int | None
    admins: int | None
    outside_collaborators: int | None
    teams: int | None
    verified: bool | None
    repositories: int
    members_without_two_factor: int | None = None
    security_managers: int | None = None
    """Teams or people who may manage security everywhere."""
    actions_allowed: Literal["all", "local_only", "selected"] | None = None
    actions_default_permission: Literal["read", "write"] | None = None
    apps: int | None = None
    """Installed apps; ``apps_writing`` may write code or settings."""
    apps_writing: int | None = None
    webhooks: int | None = None
    webhooks_insecure: int | None = None
    audit_log: bool | None = None
    """Whether the audit log can be read through the API."""
    members_create_public: bool | None = None
    self_hosted_runners: int | None = None


@dataclass(frozen=True, slots=True)
class SharedCredentials(Fact):
    """Credentials that the organisation keeps for its repositories, once for all of them: names and dates, never values.

    On GitLab those of sub-groups and of the groups above as well, named "group/NAME". ``deploy_tokens`` None: the forge
    has no such thing (GitHub).
    """

    about: ClassVar[Kind] = Kind.ORG
    as_of: datetime
    secrets: tuple[StoredSecret, ...]
    deploy_tokens: tuple[DeployToken, ...] | None


@dataclass(frozen=True, slots=True)
class Team:
    """A team: its name, how many members and repositories it has, and its parent's name (empty: none)."""

    name: str
    members: int
    repositories: int
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Teams(Fact):
    """The teams of the organisation, by name."""

    about: ClassVar[Kind] = Kind.ORG
    teams: tuple[Team, ...]
