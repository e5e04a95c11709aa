"""What the stand-in answers to each REST path and each GraphQL query."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote, urlencode

from scanner.demo import graphql, rest, settings
from scanner.demo.forge import ForgeData, RepositoryRecord, SecretRecord


class Reply(NamedTuple):
    """An answer before it is written. ``payload`` None: no content."""

    status: int
    payload: object
    headers: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: ``name`` is "GET /path" or "POST /graphql Name"."""

    name: str
    path: str
    parameters: Mapping[str, str] = field(default_factory=dict)


NOT_FOUND = Reply(404, {"message": "Not Found", "documentation_url": rest.WEB, "status": "404"})


def answer(data: ForgeData, asked: Asked) -> Reply:
    """The answer to a GET request."""
    for pattern, respond in _ROUTES:
        match = pattern.fullmatch(asked.path)
        if match:
            return respond(data, asked, match)
    return NOT_FOUND


def answer_query(data: ForgeData, name: str, variables: Mapping[str, object]) -> Reply:
    """The answer to the GraphQL query ``name``."""
    told = graphql.answer(data, name, variables)
    if told is None:
        said = {"type": "NOT_FOUND", "message": "Could not resolve to a Repository"}
        return Reply(200, {"data": {"repository": None}, "errors": [said]})
    return Reply(200, {"data": told})


Respond = Callable[[ForgeData, Asked, re.Match[str]], Reply]


def _listing(items: Sequence[object], asked: Asked, key: str = "") -> Reply:
    """One page of ``items`` with Link headers like GitHub's."""
    page, size = int(asked.parameters.get("page", "1")), int(asked.parameters.get("per_page", "30"))
    last = max(1, -(-len(items) // size))
    shown = list(items[(page - 1) * size : page * size])
    links = [("next", page + 1), ("last", last)] if page < last else []
    link = ", ".join(
        f'<{{base}}{asked.path}?{urlencode({**asked.parameters, "page": n})}>; rel="{rel}"' for rel, n in links
    )
    return Reply(200, {"total_count": len(items), key: shown} if key else shown, {"Link": link} if link else {})


def _of_repository(show: Callable[[RepositoryRecord, Asked, str], Reply]) -> Respond:
    def respond(data: ForgeData, asked: Asked, match: re.Match[str]) -> Reply:
        repo = data.repository(f"{match['owner']}/{match['repo']}")
        return NOT_FOUND if repo is None else show(repo, asked, match["owner"])

    return respond


def _of_organisation(show: Callable[[ForgeData, Asked], Reply]) -> Respond:
    def respond(data: ForgeData, asked: Asked, match: re.Match[str]) -> Reply:
        return show(data, asked) if match["org"] == data.organisation.login else NOT_FOUND

    return respond


def _admins_only(repo: RepositoryRecord, reply: Reply) -> Reply:
    return reply if repo.admin else NOT_FOUND


def _alerts(kind: str) -> Callable[[RepositoryRecord, Asked, str], Reply]:
    off = {
        "dependency": Reply(403, {"message": "Dependabot alerts are disabled for this repository."}),
        "code": Reply(404, {"message": "no analysis found"}),
        "secret": Reply(404, {"message": "Secret scanning is disabled on this repository."}),
    }[kind]

    def show(repo: RepositoryRecord, asked: Asked, _: str) -> Reply:
        on = {
            "dependency": repo.settings.vulnerability_alerts,
            "code": repo.settings.code_scanning,
            "secret": repo.settings.secret_scanning,
        }[kind]
        rows = [rest.alert(n, a) for n, a in enumerate(repo.alerts, 1) if a.kind == kind]
        return _admins_only(repo, _listing(rows, asked) if on else off)

    return show


def _branch(repo: RepositoryRecord, asked: Asked, owner: str) -> Reply:
    same = unquote(asked.path).endswith(f"/branches/{repo.default_branch}")
    return Reply(200, rest.branch(owner, repo)) if same else NOT_FOUND


def _protection(repo: RepositoryRecord, _: Asked, __: str) -> Reply:
    if repo.admin and repo.protection is None:
        return Reply(404, {"message": "Branch not protected"})
    return _admins_only(repo, Reply(200, rest.protection(repo.protection) if repo.protection else None))


def _ruleset(repo: RepositoryRecord, asked: Asked, _: str) -> Reply:
    for record in repo.rulesets:
        if asked.path.endswith(f"/rulesets/{record.id}"):
            return Reply(200, rest.ruleset(record, shows_bypass=repo.admin))
    return NOT_FOUND


def _runs(repo: RepositoryRecord, asked: Asked, owner: str) -> Reply:
    since, _, until = asked.parameters.get("created", "..").partition("..")
    branch = asked.parameters.get("branch", repo.default_branch)
    chosen = [
        rest.run(owner, repo, r)
        for r in sorted(repo.runs, key=lambda r: (r.created_at, r.id), reverse=True)
        if r.branch == branch and since <= (rest.iso(r.created_at) or "") <= f"{until or 9}~"
    ]
    return _listing(chosen, asked, "workflow_runs")


def _collaborators(repo: RepositoryRecord, asked: Asked, _: str) -> Reply:
    outside = asked.parameters.get("affiliation") == "outside"
    people = [rest.collaborator(p) for p in repo.people if p.outside or not outside]
    return _admins_only(repo, _listing(people, asked))


def _jobs(repo: RepositoryRecord, asked: Asked, owner: str) -> Reply:
    for run in repo.runs:
        if asked.path.endswith(f"/actions/runs/{run.id}/attempts/{run.attempt}/jobs"):
            return _listing([settings.job(owner, repo, run, n, j) for n, j in enumerate(run.jobs, 1)], asked, "jobs")
    return NOT_FOUND


def _secrets(scope: str) -> Callable[[RepositoryRecord, Asked, str], Reply]:
    def show(repo: RepositoryRecord, asked: Asked, _: str) -> Reply:
        kept: list[SecretRecord] = [s for s in repo.secrets if s.scope == scope]
        return _admins_only(repo, _listing([settings.secret(s) for s in kept], asked, "secrets"))

    return show


def _members(data: ForgeData, asked: Asked) -> Reply:
    organisation = data.organisation
    if asked.parameters.get("filter") == "2fa_disabled":
        if not organisation.owner:
            return Reply(422, {"message": "Only owners can use this filter."})
        return _listing([rest.user(login) for login in organisation.members_without_two_factor], asked)
    owners_only = asked.parameters.get("role") == "admin"
    return _listing([rest.user(m) for m, owner in organisation.members if owner or not owners_only], asked)


def _owners_only(show: Callable[[ForgeData, Asked], Reply]) -> Callable[[ForgeData, Asked], Reply]:
    return lambda data, asked: show(data, asked) if data.organisation.owner else NOT_FOUND


def _organisation_settings() -> Iterator[tuple[str, Callable[[ForgeData, Asked], Reply]]]:
    """What only owners see."""
    yield "/actions/permissions", lambda d, _: Reply(200, settings.organisation_permissions(d.organisation.automation))
    yield (
        "/actions/permissions/workflow",
        lambda d, _: Reply(200, settings.workflow_permissions(d.organisation.automation)),
    )
    yield (
        "/actions/runners",
        lambda d, a: _listing(
            [settings.runner(n) for n in range(d.organisation.automation.self_hosted_runners)], a, "runners"
        ),
    )
    yield (
        "/actions/secrets",
        lambda d, a: _listing(
            [settings.organisation_secret(d.organisation.login, s) for s in d.organisation.secrets], a, "secrets"
        ),
    )
    yield (
        "/installations",
        lambda d, a: _listing(
            [settings.installation(d.organisation.login, app) for app in d.organisation.apps], a, "installations"
        ),
    )
    yield (
        "/hooks",
        lambda d, a: _listing([settings.organisation_hook(n, h) for n, h in enumerate(d.organisation.hooks, 1)], a),
    )
    yield "/organization-roles", lambda d, a: _listing(settings.roles(d.organisation.login), a, "roles")
    holders = f"/organization-roles/{settings.SECURITY_MANAGER}"
    yield (
        f"{holders}/teams",
        lambda d, a: _listing([settings.holding_team(t) for t in d.organisation.security_managers], a),
    )
    yield f"{holders}/users", lambda _, a: _listing([], a)
    yield (
        "/audit-log",
        lambda d, a: (
            _listing([settings.audit_entry(d.organisation.login)], a) if d.organisation.audit_log else NOT_FOUND
        ),
    )


def _repository_settings() -> Iterator[tuple[str, Callable[[RepositoryRecord, Asked, str], Reply]]]:
    """Of these only the environments, the jobs and what is made from the files show to every reader."""
    yield (
        "/environments",
        lambda r, a, owner: _listing([settings.environment(owner, r, e) for e in r.environments], a, "environments"),
    )
    yield "/actions/permissions", lambda r, *_: _admins_only(r, Reply(200, settings.actions_permissions(r.automation)))
    yield (
        "/actions/permissions/workflow",
        lambda r, *_: _admins_only(r, Reply(200, settings.workflow_permissions(r.automation))),
    )
    yield "/actions/secrets", _secrets("actions")
    yield "/dependabot/secrets", _secrets("dependabot")
    yield (
        "/actions/runners",
        lambda r, a, _: _admins_only(
            r, _listing([settings.runner(n) for n in range(r.automation.self_hosted_runners)], a, "runners")
        ),
    )
    yield "/actions/runs/[0-9]+/attempts/[0-9]+/jobs", _jobs
    yield (
        "/codeowners/errors",
        lambda r, *_: (
            NOT_FOUND if r.codeowners_errors is None else Reply(200, settings.codeowners_errors(r.codeowners_errors))
        ),
    )
    yield (
        "/dependency-graph/sbom",
        lambda r, _, owner: Reply(200, settings.bill_of_materials(owner, r)) if r.packages else NOT_FOUND,
    )


def _repositories(data: ForgeData, asked: Asked) -> Reply:
    return _listing([rest.minimal_repository(data.organisation.login, r) for r in data.repositories], asked)


def _routes() -> Iterator[tuple[re.Pattern[str], Respond]]:
    yield re.compile("/rate_limit"), lambda *_: Reply(200, rest.rate_limit(4990))
    yield re.compile("/user"), lambda d, *_: Reply(200, rest.me(d), {"X-OAuth-Scopes": ", ".join(d.scopes)})
    organisation: dict[str, Callable[[ForgeData, Asked], Reply]] = {
        "": lambda d, _: Reply(200, rest.organisation(d)),
        "/repos": _repositories,
        "/members": _members,
        "/outside_collaborators": lambda d, a: _listing(
            [rest.user(u) for u in d.organisation.outside_collaborators], a
        ),
        "/teams": lambda d, a: _listing(
            [rest.team(t) for t in (*d.organisation.teams, *(r.name for r in d.organisation.team_records))], a
        ),
    }
    organisation |= {path: _owners_only(show) for path, show in _organisation_settings()}
    for path, show in organisation.items():
        yield re.compile(f"/orgs/(?P<org>[^/]+){path}"), _of_organisation(show)
    yield re.compile("/users/(?P<user>[^/]+)/repos"), lambda data, asked, _: _repositories(data, asked)
    repository: dict[str, Callable[[RepositoryRecord, Asked, str], Reply]] = {
        "": lambda r, _, owner: Reply(200, rest.repository(owner, r)),
        "/community/profile": lambda r, *_: Reply(200, rest.community(r)),
        "/branches/[^/]+": _branch,
        "/branches/[^/]+/protection": _protection,
        "/rules/branches/[^/]+": lambda r, a, _: _listing(rest.branch_rules(r.rulesets), a),
        "/rulesets/[0-9]+": _ruleset,
        "/actions/runs": _runs,
        "/vulnerability-alerts": lambda r, *_: _admins_only(
            r, Reply(204, None) if r.settings.vulnerability_alerts else NOT_FOUND
        ),
        "/private-vulnerability-reporting": lambda r, *_: Reply(200, {"enabled": r.settings.private_reporting}),
        "/dependabot/alerts": _alerts("dependency"),
        "/code-scanning/alerts": _alerts("code"),
        "/secret-scanning/alerts": _alerts("secret"),
        "/collaborators": _collaborators,
        "/keys": lambda r, a, _: _admins_only(
            r, _listing([rest.key(n, writes=w, made_at=r.keys_made_at) for n, w in enumerate(r.keys, 1)], a)
        ),
        "/hooks": lambda r, a, _: _admins_only(r, _listing([rest.hook(n, h) for n, h in enumerate(r.hooks, 1)], a)),
    }
    for path, show_one in (*repository.items(), *_repository_settings()):
        yield re.compile(f"/repos/(?P<owner>[^/]+)/(?P<repo>[^/]+){path}"), _of_repository(show_one)


_ROUTES = tuple(_routes())
