"""The cheapest request that shows whether a right is there, for each fact that Assay reads from GitHub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from scanner.core.evidence import Unreadable, Why
from scanner.doctor.preflight import Right, State, readers
from scanner.http.forge import ListedRepository
from scanner.http.github import permissions as may
from scanner.http.github.client import Github, Parameter
from scanner.http.github.permissions import PERMISSIONS, Permission
from scanner.http.refused import Denied, Refused

_OFF = ("disabled", "not enabled", "must be enabled", "no analysis found", "is empty")
"""Parts of refusals that say a feature is off, which is no matter of rights."""
_HIDING = {"hide_secret": "true"}
"""Found secrets are never asked for."""
_NOTHING_THERE = ("branch not protected",)
"""Parts of refusals that only those are told who may see."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Where to look: in the ``listing`` under a key, or at a ``path`` of a repository or the organisation."""

    where: Literal["listing", "repository", "organisation"]
    path: str
    pages: bool = True


_BRANCH = Probe("repository", "/branches/{branch}", pages=False)
_KEYS = Probe("repository", "/keys")
PROBES: dict[tuple[str, Permission], Probe] = {
    ("ForgeRepository", may.METADATA): Probe("repository", "", pages=False),
    ("ForgeRepository", may.ISSUES): Probe("listing", "issues"),
    ("Community", may.CONTENTS): Probe("repository", "/community/profile", pages=False),
    ("BranchProtection", may.CONTENTS): _BRANCH,
    ("BranchProtection", may.ADMINISTRATION): Probe("repository", "/branches/{branch}/protection", pages=False),
    ("ChangeRequests", may.PULL_REQUESTS): Probe("listing", "pullRequests"),
    ("Issues", may.ISSUES): Probe("listing", "issues"),
    ("Milestones", may.ISSUES): Probe("listing", "milestones"),
    ("Planning", may.METADATA): Probe("repository", "", pages=False),
    ("Planning", may.DISCUSSIONS): Probe("listing", "discussions"),
    ("Planning", may.PROJECTS): Probe("listing", "openProjects"),
    ("Releases", may.CONTENTS): Probe("listing", "releases"),
    ("Deployments", may.DEPLOYMENTS): Probe("listing", "deployments"),
    ("Runs", may.ACTIONS): Probe("repository", "/actions/runs"),
    ("SecuritySettings", may.ADMINISTRATION): _KEYS,
    ("SecurityAlerts", may.DEPENDABOT): Probe("repository", "/dependabot/alerts"),
    ("SecurityAlerts", may.CODE_SCANNING): Probe("repository", "/code-scanning/alerts"),
    ("SecurityAlerts", may.SECRET_SCANNING): Probe("repository", "/secret-scanning/alerts"),
    ("RepositoryAccess", may.METADATA): Probe("listing", "rulesets"),
    ("RepositoryAccess", may.ADMINISTRATION): _KEYS,
    ("RepositoryAccess", may.WEBHOOKS): Probe("repository", "/hooks"),
    ("Environments", may.ENVIRONMENTS): Probe("repository", "/environments"),
    ("AutomationSettings", may.ADMINISTRATION): Probe("repository", "/actions/permissions", pages=False),
    ("AutomationSettings", may.SECRET_NAMES): Probe("repository", "/actions/secrets"),
    ("AutomationSettings", may.DEPENDABOT_SECRET_NAMES): Probe("repository", "/dependabot/secrets"),
    ("OwnershipRules", may.CONTENTS): _BRANCH,
    ("DependencyGraph", may.CONTENTS): _BRANCH,
    ("Teams", may.MEMBERS): Probe("organisation", "/teams"),
    ("SharedCredentials", may.ORGANISATION_SECRETS): Probe("organisation", "/actions/secrets"),
    ("Organisation", may.MEMBERS): Probe("organisation", "/members"),
    ("Organisation", may.ORGANISATION): Probe("organisation", "/installations"),
    ("Organisation", may.ORGANISATION_WEBHOOKS): Probe("organisation", "/hooks"),
    ("Organisation", may.ORGANISATION_ROLES): Probe("organisation", "/organization-roles", pages=False),
    ("Organisation", may.ORGANISATION_RUNNERS): Probe("organisation", "/actions/runners"),
}
"""By the rows of `PERMISSIONS`. A path that hides from everybody what is not there is replaced by one that does not."""


class Prober:
    """Asks each question once, of one sample after the other until one tells. GithubDenied ends it all."""

    def __init__(self, client: Github, login: str, samples: Sequence[ListedRepository]) -> None:
        self._client = client
        self._login = login
        self._samples = samples
        self._told: dict[str, State] = {}

    def rights(self) -> tuple[Right, ...]:
        """Every fact with every right that it needs, in the order of `PERMISSIONS`."""
        checks = readers()
        found = []
        for fact, permission in PERMISSIONS:
            state, tried = self._tried(PROBES[fact, permission], permission)
            found.append(Right(fact, permission.fine_grained, permission.closes, state, tried, checks.get(fact, ())))
        return tuple(found)

    def _tried(self, probe: Probe, permission: Permission) -> tuple[State, str]:
        if probe.where == "listing":
            return self._listed(probe.path), "the listing"
        if probe.where == "organisation":
            return self._of_organisation(probe, permission)
        state: State = "not told"
        tried = ""
        for sample in self._samples:
            branch = quote(sample.default_branch, safe="")
            if "{branch}" in probe.path and not branch:
                continue
            path = f"/repos/{quote(sample.full_name)}{probe.path.format(branch=branch)}"
            state, tried = self._asked(path, permission, pages=probe.pages), f"GET {path}"
            if state in ("readable", "refused"):
                break
        return state, tried

    def is_organisation(self) -> bool:
        """Whether the account is an organisation as far as it shows: a person has neither settings nor teams."""
        return self._asked(self._organisation, may.METADATA, pages=False) != "hidden"

    @property
    def _organisation(self) -> str:
        return f"/orgs/{quote(self._login, safe='')}"

    def _of_organisation(self, probe: Probe, permission: Permission) -> tuple[State, str]:
        if not self.is_organisation():
            return "off", f"GET {self._organisation}"
        path = self._organisation + probe.path
        return self._asked(path, permission, pages=probe.pages), f"GET {path}"

    def _listed(self, key: str) -> State:
        """What the listing told, or had to leave out because the token may not see it."""
        records = [sample.record for sample in self._samples if sample.record is not None]
        if not records:
            return "not told"
        return "readable" if any(record.get(key) is not None for record in records) else "refused"

    def _asked(self, path: str, permission: Permission, *, pages: bool) -> State:
        if path not in self._told:
            self._told[path] = self._ask(path, permission, pages=pages)
        return self._told[path]

    def _ask(self, path: str, permission: Permission, *, pages: bool) -> State:
        parameters: dict[str, Parameter] = {"per_page": 1} if pages else {}
        if "/secret-scanning/" in path:
            parameters |= _HIDING
        try:
            self._client.get(path, permission, **parameters)
        except Denied:
            raise
        except Unreadable as problem:
            return _state(problem)
        return "readable"


def _state(problem: Unreadable) -> State:
    said = problem.said.lower() if isinstance(problem, Refused) else ""
    if any(part in said for part in _NOTHING_THERE):
        return "readable"
    if any(part in said for part in _OFF) or problem.hole.why is Why.NO_SUCH_NOTION:
        return "off"
    if problem.hole.why is Why.AMBIGUOUS_404:
        return "hidden"
    return "refused" if problem.hole.why is Why.FORBIDDEN else "not told"
