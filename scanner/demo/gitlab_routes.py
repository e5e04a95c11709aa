"""What the stand-in GitLab answers to each REST path and each GraphQL query."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from urllib.parse import unquote

from scanner.demo import gitlab_graphql, gitlab_rest
from scanner.demo.forge import ForgeData, IssueRecord, PullRecord, RepositoryRecord
from scanner.demo.rest import number_of
from scanner.demo.routes import Asked, Reply
from scanner.demo.standin import Budget, Dialect, Fault

PREFIX, GRAPHQL = "/api/v4", "/api/graphql"
NOT_FOUND = Reply(404, {"message": "404 Not found"})
FORBIDDEN = Reply(403, {"message": "403 Forbidden"})
_ELSEWHERE = "http://elsewhere.invalid/"
REFUSALS = {
    Fault.DENIED: Reply(401, {"message": "401 Unauthorized"}),
    Fault.FORBIDDEN: FORBIDDEN,
    Fault.HIDDEN: Reply(404, {"message": "404 Project Not Found"}),
    Fault.BUSY: Reply(429, {"message": "Too Many Requests"}, {"Retry-After": "7"}),
    Fault.LIMITED: Reply(429, {"message": "Too Many Requests"}, {"RateLimit-Reset": "99999999999"}),
    Fault.BROKEN: Reply(500, {"message": "500 Internal Server Error"}),
    Fault.GATEWAY: Reply(502, {"message": "502 Bad Gateway"}),
    Fault.SIGN_ON: Reply(403, {"message": "403 Forbidden - Your session with the SAML provider has expired"}),
    Fault.EMPTY: Reply(409, {"message": "409 Conflict"}),
    Fault.GONE: Reply(410, {"message": "410 Gone"}),
    Fault.UNPROCESSABLE: Reply(422, {"message": "422 Unprocessable Entity"}),
    Fault.LEGAL: Reply(451, {"message": "451 Unavailable For Legal Reasons"}),
    Fault.REDIRECT_AWAY: Reply(301, {"message": "Moved"}, {"Location": _ELSEWHERE}),
}
Show = Callable[[RepositoryRecord, Asked], Reply]


def dialect(*, licensed: bool = True) -> Dialect:
    """GitLab, with all paid features or the edition that has none."""
    return Dialect(
        partial(answer, licensed=licensed),
        partial(answer_query, licensed=licensed),
        REFUSALS,
        lambda _, page, __: {"X-Next-Page": page},
        limits,
        prefix=PREFIX,
        graphql=GRAPHQL,
    )


def limits(budget: Budget, resource: str) -> Mapping[str, str]:
    """What GitLab says of its limit with every answer."""
    told = budget.headers(resource)
    return {f"RateLimit-{name}": told[f"X-RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset")}


def answer(data: ForgeData, asked: Asked, *, licensed: bool) -> Reply:
    """The answer to a GET request."""
    if asked.path == "/metadata":
        return Reply(200, gitlab_rest.metadata(licensed=licensed))
    if asked.path == "/user":
        return Reply(200, gitlab_rest.me(data))
    kind, _, rest = asked.path.removeprefix("/").partition("/")
    name, slash, rest = rest.partition("/")
    if kind == "groups":
        return _of_group(data, asked, unquote(name), slash + rest, licensed=licensed)
    repo = data.repository(unquote(name)) if kind == "projects" else None
    if repo is None:
        return NOT_FOUND
    if not rest:
        return Reply(200, gitlab_rest.project(data.organisation.login, repo, licensed=licensed))
    for pattern, show, right in _OF_PROJECT:
        if pattern.fullmatch(slash + rest):
            return _allowed(repo, right, licensed=licensed) or show(repo, asked)
    return NOT_FOUND


def answer_query(data: ForgeData, name: str, variables: Mapping[str, object], *, licensed: bool) -> Reply:
    """The answer to the GraphQL query ``name``."""
    if name == "GroupVariables":
        return Reply(200, {"data": gitlab_graphql.group_variables(data, variables)})
    if name == "Teams":
        return Reply(200, {"data": gitlab_graphql.teams(data, variables)})
    if not licensed and name in gitlab_graphql.LICENSED:
        field = gitlab_graphql.LICENSED[name]
        return Reply(200, {"errors": [{"message": f"Field '{field}' doesn't exist on type 'Project'"}]})
    repo = data.repository(str(variables.get("path")))
    if repo is None:
        return Reply(200, {"data": {"project": None}})
    return Reply(200, {"data": {"project": gitlab_graphql.OF_PROJECT[name](repo, variables)}})


def _allowed(repo: RepositoryRecord, right: str, *, licensed: bool) -> Reply | None:
    """None when the reader may see it, and this GitLab has it."""
    if "licence" in right and not licensed:
        return NOT_FOUND
    return FORBIDDEN if "maintainer" in right and not repo.admin else None


def _listing(items: Sequence[object], asked: Asked) -> Reply:
    """One page of ``items`` with headers like GitLab's."""
    page, size = int(asked.parameters.get("page", "1")), int(asked.parameters.get("per_page", "20"))
    more = len(items) > page * size
    headers = {"X-Total": str(len(items)), "X-Page": str(page), "X-Next-Page": str(page + 1) if more else ""}
    return Reply(200, list(items[(page - 1) * size : page * size]), headers)


def _updated(records: Sequence[PullRecord | IssueRecord], asked: Asked) -> list[PullRecord | IssueRecord]:
    """Records within the moments that are asked for, latest update first."""
    before = datetime.fromisoformat(asked.parameters.get("updated_before", "9999-01-01T00:00:00Z"))
    kept = [r for r in records if r.last_event <= before]
    return sorted(kept, key=lambda r: (r.last_event, r.number), reverse=True)


def _merge_requests(repo: RepositoryRecord, asked: Asked) -> Reply:
    chosen = _updated(repo.pulls, asked)
    return _listing([gitlab_rest.merge_request(p) for p in chosen if isinstance(p, PullRecord)], asked)


def _issues(repo: RepositoryRecord, asked: Asked) -> Reply:
    chosen = _updated(repo.issues, asked)
    return _listing([gitlab_rest.issue(i) for i in chosen if isinstance(i, IssueRecord)], asked)


def _releases(repo: RepositoryRecord, asked: Asked) -> Reply:
    chosen = sorted((r for r in repo.releases if not r.draft), key=lambda r: (r.at, r.tag), reverse=True)
    return _listing([gitlab_rest.release(r) for r in chosen], asked)


def _deployments(repo: RepositoryRecord, asked: Asked) -> Reply:
    since = datetime.fromisoformat(asked.parameters.get("updated_after", "2000-01-01T00:00:00Z"))
    rows = [gitlab_rest.deployment(n, d) for n, d in enumerate(repo.deployments, 1)]
    rows = [row for row in rows if datetime.fromisoformat(str(row["updated_at"])) >= since]
    rows.sort(key=lambda row: str(row["updated_at"]), reverse=True)
    return _listing(rows, asked)


def _runners(repo: RepositoryRecord, asked: Asked) -> Reply:
    own = [gitlab_rest.runner(n, "project_type") for n in range(1, repo.automation.self_hosted_runners + 1)]
    return _listing([*own, gitlab_rest.runner(900, "instance_type")], asked)


def _project_routes() -> Iterator[tuple[str, Show, str]]:
    """Path, answer, and what it takes to see it."""
    yield "/merge_requests", _merge_requests, ""
    yield "/issues", _issues, ""
    yield "/releases", _releases, ""
    yield "/deployments", _deployments, ""
    yield "/environments", lambda r, a: _listing([gitlab_rest.environment(e) for e in r.environments], a), ""
    guarded = gitlab_rest.is_guarded
    yield (
        "/protected_environments",
        lambda r, a: _listing([gitlab_rest.protected_environment(e) for e in r.environments if guarded(e)], a),
        "licence maintainer",
    )
    yield "/protected_branches", lambda r, a: _listing(gitlab_rest.protected_branches(r), a), "maintainer"
    yield (
        "/protected_tags",
        lambda r, a: _listing([gitlab_rest.protected_tag(pattern) for pattern in r.protected_tags], a),
        "maintainer",
    )
    yield (
        "/deploy_tokens",
        lambda r, a: _listing([gitlab_rest.deploy_token(n, t) for n, t in enumerate(r.deploy_tokens, 1)], a),
        "maintainer",
    )
    yield "/approval_rules", lambda r, a: _listing(gitlab_rest.approval_rules(r), a), "licence maintainer"
    yield "/approvals", lambda r, _: Reply(200, gitlab_rest.approvals(r)), "licence maintainer"
    yield "/push_rule", lambda r, _: Reply(200, gitlab_rest.push_rule(r)), "licence maintainer"
    yield "/members/all", lambda r, a: _listing([gitlab_rest.project_member(p) for p in r.people], a), ""
    yield (
        "/deploy_keys",
        lambda r, a: _listing(
            [gitlab_rest.deploy_key(n, writes=w, made_at=r.keys_made_at) for n, w in enumerate(r.keys, 1)], a
        ),
        "maintainer",
    )
    yield "/access_tokens", lambda _, a: _listing([], a), "maintainer"
    yield "/hooks", lambda r, a: _listing([gitlab_rest.hook(n, h) for n, h in enumerate(r.hooks, 1)], a), "maintainer"
    yield "/runners", _runners, "maintainer"
    yield "/dependencies", lambda r, a: _listing(gitlab_rest.dependencies(r), a), "licence maintainer"


_OF_PROJECT = tuple((re.compile(path), show, right) for path, show, right in _project_routes())


def _of_group(data: ForgeData, asked: Asked, name: str, rest: str, *, licensed: bool) -> Reply:
    """The group, and what hangs below it; some of it shows to its owners only."""
    organisation = data.organisation
    login = organisation.login
    if name not in (login, str(number_of(login))):
        return NOT_FOUND
    members = [gitlab_rest.member(who, 50 if owner else 30) for who, owner in organisation.members]
    teams = [*organisation.teams, *(record.name for record in organisation.team_records)]
    everyone: dict[str, Sequence[object]] = {
        "/projects": [gitlab_rest.project(login, r, licensed=licensed) for r in data.repositories],
        "/members/all": members,
        "/descendant_groups": [gitlab_rest.subgroup(login, team) for team in teams],
    }
    outside = [{"membership_type": "project_member"} | gitlab_rest.user(u) for u in organisation.outside_collaborators]
    inside = [{"membership_type": "group_member"} | gitlab_rest.user(who) for who, _ in organisation.members]
    owners: dict[str, Sequence[object]] = {
        "/billable_members": [*inside, *outside],
        "/hooks": [gitlab_rest.hook(n, h) for n, h in enumerate(organisation.hooks, 1)],
        "/runners": [gitlab_rest.runner(n, "group_type") for n in range(organisation.automation.self_hosted_runners)],
        "/deploy_tokens": [gitlab_rest.deploy_token(n, t) for n, t in enumerate(organisation.deploy_tokens, 1)],
        "/audit_events": [gitlab_rest.audit_event(login)] if organisation.audit_log else [],
    }
    if not rest:
        return Reply(200, gitlab_rest.group(data))
    if rest in everyone:
        return _listing(everyone[rest], asked)
    if rest not in owners or (not licensed and rest not in ("/runners", "/deploy_tokens")):
        return NOT_FOUND
    return _listing(owners[rest], asked) if organisation.owner else FORBIDDEN
