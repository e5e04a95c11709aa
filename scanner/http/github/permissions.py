"""Which permission of a token opens which fact."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Permission:
    """A right to read, as a fine-grained token (or App) and as a classic token name it."""

    fine_grained: str
    classic: str

    @property
    def closes(self) -> str:
        """What to ask of the owner, as the request list prints it."""
        return f"a fine-grained token with “{self.fine_grained}”, or a classic token with {self.classic}"


METADATA = Permission("Metadata: read", "the repo scope (public repositories: none)")
CONTENTS = Permission("Contents: read", "the repo scope (public repositories: none)")
PULL_REQUESTS = Permission("Pull requests: read", "the repo scope (public repositories: none)")
ISSUES = Permission("Issues: read", "the repo scope (public repositories: none)")
DEPLOYMENTS = Permission("Deployments: read", "the repo scope (public repositories: none)")
ACTIONS = Permission("Actions: read", "the repo scope (public repositories: none)")
ADMINISTRATION = Permission("Administration: read", "the repo scope, held by a repository admin")
WEBHOOKS = Permission("Webhooks: read", "the read:repo_hook scope, held by a repository admin")
DEPENDABOT = Permission("Dependabot alerts: read", "the security_events scope, held by an admin or security manager")
CODE_SCANNING = Permission("Code scanning alerts: read", "the security_events scope, held by a writer")
SECRET_SCANNING = Permission(
    "Secret scanning alerts: read", "the security_events scope, held by an admin or security manager"
)
MEMBERS = Permission("Organization members: read", "the read:org scope, held by a member")
ORGANISATION = Permission("Organization administration: read", "the read:org scope, held by an owner")

PERMISSIONS: tuple[tuple[str, Permission], ...] = (
    ("ForgeRepository", METADATA),
    ("ForgeRepository", ISSUES),
    ("Community", CONTENTS),
    ("BranchProtection", CONTENTS),
    ("BranchProtection", ADMINISTRATION),
    ("ChangeRequests", PULL_REQUESTS),
    ("Issues", ISSUES),
    ("Milestones", ISSUES),
    ("Releases", CONTENTS),
    ("Deployments", DEPLOYMENTS),
    ("Runs", ACTIONS),
    ("SecuritySettings", ADMINISTRATION),
    ("SecurityAlerts", DEPENDABOT),
    ("SecurityAlerts", CODE_SCANNING),
    ("SecurityAlerts", SECRET_SCANNING),
    ("RepositoryAccess", ADMINISTRATION),
    ("RepositoryAccess", WEBHOOKS),
    ("Organisation", MEMBERS),
    ("Organisation", ORGANISATION),
)
"""(fact, permission that it needs): `assay doctor` prints it; a fact with two rows needs both."""
