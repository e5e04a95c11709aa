"""Which permission of a token opens which fact."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Permission:
    """A right to read, as a fine-grained token (or App) and as a classic token name it.

    ``app`` are the names that the API has for the rights of an App.
    """

    fine_grained: str
    classic: str
    app: tuple[str, ...] = ()

    @property
    def closes(self) -> str:
        """What to ask of the owner, as the request list prints it."""
        return f"a fine-grained token with “{self.fine_grained}”, or a classic token with {self.classic}"


METADATA = Permission("Metadata: read", "the repo scope (public repositories: none)", ("metadata",))
CONTENTS = Permission("Contents: read", "the repo scope (public repositories: none)", ("contents",))
PULL_REQUESTS = Permission("Pull requests: read", "the repo scope (public repositories: none)", ("pull_requests",))
ISSUES = Permission("Issues: read", "the repo scope (public repositories: none)", ("issues",))
DEPLOYMENTS = Permission("Deployments: read", "the repo scope (public repositories: none)", ("deployments",))
ACTIONS = Permission("Actions: read", "the repo scope (public repositories: none)", ("actions",))
ADMINISTRATION = Permission("Administration: read", "the repo scope, held by a repository admin", ("administration",))
WEBHOOKS = Permission("Webhooks: read", "the read:repo_hook scope, held by a repository admin", ("repository_hooks",))
DEPENDABOT = Permission(
    "Dependabot alerts: read",
    "the security_events scope, held by an admin or security manager",
    ("vulnerability_alerts",),
)
CODE_SCANNING = Permission(
    "Code scanning alerts: read", "the security_events scope, held by a writer", ("security_events",)
)
SECRET_SCANNING = Permission(
    "Secret scanning alerts: read",
    "the security_events scope, held by an admin or security manager",
    ("secret_scanning_alerts",),
)
MEMBERS = Permission("Organization members: read", "the read:org scope, held by a member", ("members",))
ORGANISATION = Permission(
    "Organization administration: read", "the read:org scope, held by an owner", ("organization_administration",)
)
ENVIRONMENTS = Permission("Actions: read", "the repo scope (public repositories: none)", ("actions",))
SECRET_NAMES = Permission("Secrets: read", "the repo scope, held by a writer", ("secrets",))
DEPENDABOT_SECRET_NAMES = Permission(
    "Dependabot secrets: read", "the repo scope, held by a writer", ("dependabot_secrets",)
)
ORGANISATION_WEBHOOKS = Permission(
    "Organization webhooks: read", "the admin:org_hook scope, held by an owner", ("organization_hooks",)
)
ORGANISATION_ROLES = Permission(
    "Organization custom organization roles: read",
    "the read:org scope, held by an owner",
    ("organization_custom_org_roles",),
)
ORGANISATION_RUNNERS = Permission(
    "Organization self-hosted runners: read",
    "the admin:org scope, held by an owner",
    ("organization_self_hosted_runners",),
)
ORGANISATION_SECRETS = Permission(
    "Organization secrets: read", "the admin:org scope, held by an owner", ("organization_secrets",)
)
DISCUSSIONS = Permission("Discussions: read", "the repo scope (public repositories: none)", ("discussions",))
PROJECTS = Permission("Projects: read", "the read:project scope", ("repository_projects",))

PERMISSIONS: tuple[tuple[str, Permission], ...] = (
    ("ForgeRepository", METADATA),
    ("ForgeRepository", ISSUES),
    ("Community", CONTENTS),
    ("BranchProtection", CONTENTS),
    ("BranchProtection", ADMINISTRATION),
    ("ChangeRequests", PULL_REQUESTS),
    ("Issues", ISSUES),
    ("Milestones", ISSUES),
    ("Planning", METADATA),
    ("Planning", DISCUSSIONS),
    ("Planning", PROJECTS),
    ("Releases", CONTENTS),
    ("Deployments", DEPLOYMENTS),
    ("Runs", ACTIONS),
    ("SecuritySettings", ADMINISTRATION),
    ("SecurityAlerts", DEPENDABOT),
    ("SecurityAlerts", CODE_SCANNING),
    ("SecurityAlerts", SECRET_SCANNING),
    ("RepositoryAccess", METADATA),
    ("RepositoryAccess", ADMINISTRATION),
    ("RepositoryAccess", WEBHOOKS),
    ("Environments", ENVIRONMENTS),
    ("AutomationSettings", ADMINISTRATION),
    ("AutomationSettings", SECRET_NAMES),
    ("AutomationSettings", DEPENDABOT_SECRET_NAMES),
    ("OwnershipRules", CONTENTS),
    ("DependencyGraph", CONTENTS),
    ("Teams", MEMBERS),
    ("SharedCredentials", ORGANISATION_SECRETS),
    ("Organisation", MEMBERS),
    ("Organisation", ORGANISATION),
    ("Organisation", ORGANISATION_WEBHOOKS),
    ("Organisation", ORGANISATION_ROLES),
    ("Organisation", ORGANISATION_RUNNERS),
)
"""(fact, permission that it needs): `assay doctor` prints it; a fact with two rows needs both."""
