"""The preflight of a GitLab group or project."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from urllib.parse import quote

from scanner.core.evidence import Unreadable, Why
from scanner.doctor import budget
from scanner.doctor.github import chosen
from scanner.doctor.preflight import Holder, Preflight, Right, State, readers
from scanner.http.forge import ListedRepository
from scanner.http.gitlab import (
    DEVELOPER,
    GROUP_MEMBER,
    GROUP_OWNER,
    MAINTAINER,
    REPORTER,
    VISITOR,
    Gitlab,
    GitlabSettings,
)
from scanner.http.gitlab import Right as Role
from scanner.http.shape import Node

LEVELS = {VISITOR: 0, REPORTER: 20, DEVELOPER: 30, MAINTAINER: 40, GROUP_MEMBER: 10, GROUP_OWNER: 50}
"""Access levels as GitLab numbers them (https://docs.gitlab.com/api/access_requests/#valid-access-levels)."""
_OF_GROUP = (GROUP_MEMBER, GROUP_OWNER)
ROLES: tuple[tuple[str, Role], ...] = (
    ("ForgeRepository", VISITOR),
    ("Releases", REPORTER),
    ("ChangeRequests", REPORTER),
    ("Issues", REPORTER),
    ("Milestones", REPORTER),
    ("Planning", REPORTER),
    ("OwnershipRules", REPORTER),
    ("Deployments", REPORTER),
    ("Runs", REPORTER),
    ("Environments", REPORTER),
    ("Environments", MAINTAINER),
    ("DependencyGraph", DEVELOPER),
    ("SecuritySettings", DEVELOPER),
    ("SecurityAlerts", DEVELOPER),
    ("BranchProtection", MAINTAINER),
    ("RepositoryAccess", MAINTAINER),
    ("AutomationSettings", MAINTAINER),
    ("RegistryRetention", DEVELOPER),
    ("Teams", GROUP_MEMBER),
    ("Organisation", GROUP_MEMBER),
    ("Organisation", GROUP_OWNER),
    ("SharedCredentials", GROUP_OWNER),
)
"""(fact, role that it needs); a fact with two rows needs both to be whole."""
_READING = frozenset({"read_api", "read_repository", "read_user"})


def preflight(settings: GitlabSettings, target: str) -> Preflight:
    """What ``settings`` allow of ``target`` (GROUP or GROUP/PROJECT). Unreadable when the token is refused or nothing is listed."""
    with closing(Gitlab(settings)) as client:
        who = holder(client, settings)
        listed = client.repositories(target)
        if not listed:
            raise Unreadable(Why.AMBIGUOUS_404, f"GitLab lists no project of {target} to this token", VISITOR.closes)
        samples = chosen(listed)[:1]
        group = not any(item.full_name.lower() == target.lower() for item in listed)
        account = target if group else target.rpartition("/")[0]
        rights = tuple(_rights(client, samples[0], account))
    names = tuple(sample.full_name for sample in samples)
    return Preflight("GitLab", target, who, names, rights, budget.of_gitlab(listed, group=group))


def holder(client: Gitlab, settings: GitlabSettings) -> Holder:
    """Who the token is; Denied when it is refused."""
    if settings.token is None:
        return Holder(client.address, "", "no token", None, "")
    login = Node(client.get("/user", VISITOR), "GET /user").text("username")
    try:
        told = Node(client.get("/personal_access_tokens/self", VISITOR), "GET /personal_access_tokens/self")
    except Unreadable:
        return Holder(client.address, login, "a token of unknown kind", None, "")
    scopes = told.texts("scopes")
    flags = [f"{scope} is not needed: read_api is enough" for scope in scopes if scope not in _READING]
    if not {"api", "read_api"} & set(scopes):
        flags.append("read_api is missing: little can be read without it")
    if not {"api", "read_repository"} & set(scopes):
        flags.append("read_repository is missing: private projects cannot be cloned without it")
    return Holder(client.address, login, "an access token", scopes, told.text_or("expires_at"), tuple(flags))


def _rights(client: Gitlab, sample: ListedRepository, account: str) -> Iterable[Right]:
    """Every fact with the role that it needs, from the roles that GitLab says the token has."""
    path = f"/projects/{quote(sample.full_name, safe='')}"
    project, group = _level(client, path), _group_level(client, account)
    checks = readers()
    for fact, role in ROLES:
        level, tried = (
            (group, f"GET /groups/{quote(account, safe='')}") if role in _OF_GROUP else (project, f"GET {path}")
        )
        state: State = "not told" if level is None else "readable" if level >= LEVELS[role] else "refused"
        yield Right(
            fact,
            f"read_api, as {role.role}",
            role.closes,
            "readable" if role is VISITOR else state,
            tried,
            checks.get(fact, ()),
        )


def _level(client: Gitlab, path: str) -> int | None:
    """The token's access level in a project, by itself or through its group; 0 for none, None where it is not told."""
    rights = Node(client.get(path, VISITOR), f"GET {path}").node_or_none("permissions")
    if rights is None:
        return None
    grants = [rights.node_or_none(key) for key in ("project_access", "group_access")]
    return max((grant.number("access_level") for grant in grants if grant is not None), default=0)


def _group_level(client: Gitlab, account: str) -> int | None:
    """The token's access level in the group: GitLab shows the members to members, and the webhooks to owners."""
    where = f"/groups/{quote(account, safe='')}"
    for path, role in ((f"{where}/hooks", GROUP_OWNER), (f"{where}/members/all", GROUP_MEMBER)):
        try:
            client.get(path, role, per_page=1)
        except Unreadable as problem:
            if problem.hole.why not in (Why.FORBIDDEN, Why.AMBIGUOUS_404):
                return None
            continue
        return LEVELS[role]
    return 0
