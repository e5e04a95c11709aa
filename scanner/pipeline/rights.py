"""Which right would show what a known fact had to leave out, from the words in which its collector says so."""

from __future__ import annotations

from scanner.core.evidence import Why
from scanner.http.github import permissions as may
from scanner.http.github.permissions import Permission
from scanner.http.gitlab import GROUP_OWNER, MAINTAINER

_REFUSED = (Why.FORBIDDEN.value, Why.AMBIGUOUS_404.value)
_SIGNS = ("not shown", *_REFUSED)
_ALERTS = (("dependency", may.DEPENDABOT), ("code", may.CODE_SCANNING), ("secret", may.SECRET_SCANNING))
_GITHUB: dict[str, tuple[tuple[str, Permission], ...]] = {
    "AutomationSettings": (
        ("/actions/secrets", may.SECRET_NAMES),
        ("/dependabot/secrets", may.DEPENDABOT_SECRET_NAMES),
        ("/actions/permissions", may.ADMINISTRATION),
        ("/actions/runners", may.ADMINISTRATION),
    ),
    "BranchProtection": (("bypass", may.ADMINISTRATION),),
    "Organisation": (
        ("admins", may.MEMBERS),
        ("members,", may.MEMBERS),
        ("teams", may.MEMBERS),
        ("webhooks", may.ORGANISATION_WEBHOOKS),
        ("security_managers", may.ORGANISATION_ROLES),
        ("self_hosted_runners", may.ORGANISATION_RUNNERS),
        ("actions_", may.ORGANISATION),
        ("apps", may.ORGANISATION),
        ("audit_log", may.ORGANISATION),
        ("outside_collaborators", may.ORGANISATION),
        ("members_without_two_factor", may.ORGANISATION),
        ("two_factor_required", may.ORGANISATION),
    ),
    "RepositoryAccess": (("rules on tags", may.METADATA),),
    "Planning": (("projects", may.PROJECTS), ("discussions", may.DISCUSSIONS)),
    "SecurityAlerts": tuple((f"{kind} alerts: {why}", right) for kind, right in _ALERTS for why in _REFUSED),
    "SecuritySettings": (("", may.ADMINISTRATION),),
}
"""By fact: words of its caveat, and the right that they speak of."""


def closes(collector: str, fact: str, caveat: str) -> str:
    """What to ask of the owner for what ``caveat`` says is not shown; empty when it speaks of something else."""
    if not any(sign in caveat for sign in _SIGNS):
        return ""
    if collector.startswith("gitlab-"):
        return (GROUP_OWNER if fact in ("Organisation", "SharedCredentials") else MAINTAINER).closes
    named = f"{caveat},"
    found = {right.closes: None for words, right in _GITHUB.get(fact, ()) if words in named}
    return "; ".join(found)
