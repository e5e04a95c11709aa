"""REST answers of the stand-in, in the shape of GitHub's OpenAPI description."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime

from scanner.demo.forge import (
    AlertRecord,
    ForgeData,
    HookRecord,
    PersonRecord,
    ProtectionRecord,
    RepositoryRecord,
    RulesetRecord,
    RunRecord,
)

Json = dict[str, object]
API = "https://api.github.example"
WEB = "https://github.example"
ZEROS = "0" * 40

_USER_LINKS = ("events", "followers", "following", "gists", "organizations", "received_events", "repos", "starred", "subscriptions")  # fmt: skip
_REPOSITORY_LINKS = (
    "archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare", "contents",
    "contributors", "deployments", "downloads", "events", "forks", "git_commits", "git_refs", "git_tags", "hooks",
    "issue_comment", "issue_events", "issues", "keys", "labels", "languages", "merges", "milestones", "notifications",
    "pulls", "releases", "stargazers", "statuses", "subscribers", "subscription", "tags", "teams", "trees",
)  # fmt: skip
_RUN_LINKS = ("jobs", "logs", "check_suite", "cancel", "rerun", "artifacts", "workflow")


def iso(moment: datetime | None) -> str | None:
    """The time as GitHub writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def number_of(text: str) -> int:
    """An id made from ``text``, the same on every machine."""
    return zlib.crc32(text.encode()) + 1


def user(login: str) -> Json:
    """A simple user."""
    api = f"{API}/users/{login}"
    links: Json = {f"{link}_url": f"{api}/{link}" for link in _USER_LINKS}
    return links | {
        "login": login, "id": number_of(login), "node_id": f"U_{login}", "avatar_url": f"{WEB}/{login}.png",
        "gravatar_id": "", "url": api, "html_url": f"{WEB}/{login}", "site_admin": False,
        "type": "Bot" if login.endswith("[bot]") else "User",
    }  # fmt: skip


def me(data: ForgeData) -> Json:
    """The token's own user."""
    return user(data.user) | {
        "bio": None, "blog": None, "company": None, "email": None, "followers": 0, "following": 0, "hireable": None,
        "location": None, "name": None, "public_gists": 0, "public_repos": 0, "created_at": "2020-01-01T00:00:00Z",
        "updated_at": "2020-01-01T00:00:00Z",
    }  # fmt: skip


def rate_limit(remaining: int) -> Json:
    """The rate-limit overview."""
    rate = {"limit": 5000, "remaining": remaining, "reset": 1_767_225_600, "used": 5000 - remaining}
    return {"rate": rate, "resources": {"core": rate, "search": rate, "graphql": rate}}


def minimal_repository(owner: str, repo: RepositoryRecord) -> Json:
    """A repository as lists show it."""
    full = f"{owner}/{repo.name}"
    api = f"{API}/repos/{full}"
    links: Json = {f"{link}_url": f"{api}/{link}" for link in _REPOSITORY_LINKS}
    return links | {
        "id": number_of(full), "node_id": repo.node_id or f"R_{repo.name}", "name": repo.name, "full_name": full, "owner": user(owner),
        "private": repo.private, "visibility": "private" if repo.private else "public", "html_url": f"{WEB}/{full}",
        "description": repo.description or None, "fork": repo.fork, "url": api, "archived": repo.archived,
        "clone_url": repo.clone_url or f"{WEB}/{full}.git", "default_branch": repo.default_branch,
        "size": repo.size_kb, "pushed_at": iso(repo.pushed_at), "created_at": iso(repo.created_at),
        "updated_at": iso(repo.pushed_at), "is_template": repo.template, "topics": list(repo.topics),
        "has_issues": repo.has_issues, "has_discussions": repo.has_discussions, "stargazers_count": repo.stars,
    }  # fmt: skip


def repository(owner: str, repo: RepositoryRecord) -> Json:
    """A repository's full record; settings show to administrators only."""
    open_count = sum(i.closed_at is None for i in repo.issues) + sum(p.closed_at is None for p in repo.pulls)
    full: Json = minimal_repository(owner, repo) | {
        "license": licence(repo.licence), "git_url": f"git://github.example/{owner}/{repo.name}.git",
        "ssh_url": f"git@github.example:{owner}/{repo.name}.git", "svn_url": f"{WEB}/{owner}/{repo.name}",
        "forks": 0, "forks_count": 0, "watchers": repo.stars, "watchers_count": repo.stars, "network_count": 0,
        "subscribers_count": 0, "open_issues": open_count, "open_issues_count": open_count, "homepage": None,
        "language": None, "mirror_url": None, "disabled": False, "has_projects": False, "has_wiki": False,
        "has_pages": False, "has_downloads": True,
        "permissions": {"admin": repo.admin, "maintain": repo.admin, "push": repo.admin, "triage": repo.admin, "pull": True},
    }  # fmt: skip
    if repo.admin:
        full |= {
            "delete_branch_on_merge": repo.deletes_merged_branches,
            "security_and_analysis": {
                "secret_scanning": {"status": _status(on=repo.settings.secret_scanning)},
                "secret_scanning_push_protection": {"status": _status(on=repo.settings.push_protection)},
                "code_security": {"status": _status(on=repo.settings.code_scanning)},
                "dependabot_security_updates": {
                    "status": _status(on=any(s.scope == "dependabot" for s in repo.secrets))
                },
            },
        }
    return full


def _status(*, on: bool) -> str:
    return "enabled" if on else "disabled"


def licence(spdx: str) -> Json | None:
    """A licence, None without an id."""
    if not spdx:
        return None
    return {"key": spdx.lower(), "name": spdx, "spdx_id": spdx, "url": None, "node_id": f"L_{spdx}"}


def community(repo: RepositoryRecord) -> Json:
    """The community profile."""
    keys = ("contributing", "readme", "issue_template", "pull_request_template", "code_of_conduct_file")
    files: Json = {
        key: {"url": f"{API}/{key}", "html_url": f"{WEB}/{key}"} if key in repo.files else None for key in keys
    }
    conduct = {"url": API, "key": "contributor_covenant", "name": "Contributor Covenant", "html_url": None}
    files |= {
        "code_of_conduct": conduct if "code_of_conduct" in repo.files else None,
        "license": licence(repo.licence or "MIT") if "license" in repo.files else None,
    }
    return {
        "health_percentage": repo.health_percentage, "description": repo.description or None, "documentation": None,
        "files": files, "updated_at": iso(repo.pushed_at),
    }  # fmt: skip


def branch(owner: str, repo: RepositoryRecord) -> Json:
    """The default branch with its head commit."""
    url = f"{API}/repos/{owner}/{repo.name}/branches/{repo.default_branch}"
    commit: Json = {
        "url": url, "sha": ZEROS, "node_id": "C_0", "html_url": url, "comments_url": url, "author": None,
        "committer": None, "parents": [],
        "commit": {"url": url, "author": None, "committer": None, "message": "", "comment_count": 0,
                   "tree": {"sha": ZEROS, "url": url}},
    }  # fmt: skip
    return {
        "name": repo.default_branch, "commit": commit, "_links": {"html": url, "self": url}, "protection": {},
        "protected": repo.protection is not None or bool(repo.rulesets), "protection_url": f"{url}/protection",
    }  # fmt: skip


def protection(rules: ProtectionRecord) -> Json:
    """Classic branch protection."""
    url = f"{API}/protection"
    out: Json = {
        "url": url,
        "enforce_admins": {"url": url, "enabled": rules.binds_admins},
        "allow_force_pushes": {"enabled": rules.allows_force_push},
        "allow_deletions": {"enabled": rules.allows_deletion},
        "required_signatures": {"url": url, "enabled": rules.signed_commits},
    }
    if rules.approvals or rules.code_owner_review:
        bypassing = {"users": [user(login) for login in rules.bypassing], "teams": [], "apps": []}
        out["required_pull_request_reviews"] = {
            "url": url, "dismiss_stale_reviews": rules.dismisses_stale,
            "require_code_owner_reviews": rules.code_owner_review,
            "required_approving_review_count": rules.approvals, "require_last_push_approval": False,
            "bypass_pull_request_allowances": bypassing,
        }  # fmt: skip
    if rules.status_checks:
        checks = [{"context": name, "app_id": None} for name in rules.status_checks]
        out["required_status_checks"] = {
            "url": url, "strict": True, "contexts": list(rules.status_checks), "checks": checks,
            "contexts_url": url, "enforcement_level": "non_admins",
        }  # fmt: skip
    return out


def branch_rules(rulesets: Iterable[RulesetRecord]) -> list[Json]:
    """The active rules of a branch."""
    out: list[Json] = []
    for ruleset in rulesets:
        where: Json = {"ruleset_source_type": "Repository", "ruleset_source": "acme/api", "ruleset_id": ruleset.id}
        if ruleset.approvals is not None:
            asked: Json = {
                "required_approving_review_count": ruleset.approvals, "dismiss_stale_reviews_on_push": True,
                "require_code_owner_review": False, "require_last_push_approval": False,
                "required_review_thread_resolution": False,
            }  # fmt: skip
            out.append({"type": "pull_request", "parameters": asked} | where)
        if ruleset.status_checks:
            checks = [{"context": name} for name in ruleset.status_checks]
            asked = {"required_status_checks": checks, "strict_required_status_checks_policy": True}
            out.append({"type": "required_status_checks", "parameters": asked} | where)
        kinds = (
            ("non_fast_forward", ruleset.blocks_force_push),
            ("deletion", ruleset.blocks_deletion),
            ("required_signatures", ruleset.signed_commits),
        )
        out += [{"type": kind} | where for kind, on in kinds if on]
    return out


def ruleset(record: RulesetRecord, *, shows_bypass: bool) -> Json:
    """A ruleset; its bypass list shows to administrators only."""
    out: Json = {"id": record.id, "name": f"ruleset {record.id}", "source": "acme/api", "enforcement": "active"}
    if shows_bypass:
        actor = {"actor_id": 1, "actor_type": "Team", "bypass_mode": "always"}
        out["bypass_actors"] = [actor] * record.bypassing
    return out


def run(owner: str, repo: RepositoryRecord, record: RunRecord) -> Json:
    """A completed workflow run."""
    url = f"{API}/repos/{owner}/{repo.name}/actions/runs/{record.id}"
    links: Json = {f"{link}_url": f"{url}/{link}" for link in _RUN_LINKS}
    shown = minimal_repository(owner, repo)
    return links | {
        "id": record.id, "node_id": f"W_{record.id}", "name": record.workflow, "head_branch": record.branch,
        "head_sha": record.commit, "path": f".github/workflows/{record.workflow}.yml", "run_number": record.id,
        "run_attempt": record.attempt, "display_title": record.workflow, "event": record.event, "status": "completed",
        "conclusion": record.conclusion, "workflow_id": 1, "url": url, "html_url": url, "pull_requests": [],
        "created_at": iso(record.created_at), "updated_at": iso(record.finished_at),
        "run_started_at": iso(record.started_at or record.created_at), "head_commit": None, "repository": shown,
        "triggering_actor": user(record.actor),
        "head_repository": shown,
    }  # fmt: skip


def alert(number: int, record: AlertRecord) -> Json:
    """A security alert of any kind; of a secret never the value."""
    url = f"{API}/alerts/{number}"
    closed = iso(record.closed_at)
    fixed = closed if record.state == "fixed" else None
    dismissed = closed if record.state == "dismissed" else None
    common: Json = {"number": number, "url": url, "html_url": url, "created_at": iso(record.opened_at)}
    if record.kind == "secret":
        return common | {
            "state": "open" if record.state == "open" else "resolved", "resolved_at": closed,
            "resolution": {"open": None, "fixed": "revoked", "dismissed": "used_in_tests"}[record.state],
            "validity": "active" if record.severity == "critical" else "unknown", "publicly_leaked": False,
        }  # fmt: skip
    common |= {"state": record.state, "fixed_at": fixed, "dismissed_at": dismissed, "dismissed_by": None}
    if record.kind == "code":
        return common | {
            "dismissed_reason": "false positive" if dismissed else None, "instances_url": url,
            "rule": {"id": "py/x", "severity": "error", "security_severity_level": record.severity},
            "tool": {"name": "CodeQL"}, "most_recent_instance": {"ref": "refs/heads/main"},
        }  # fmt: skip
    return common | _dependency(record, dismissed=dismissed is not None)


def _dependency(record: AlertRecord, *, dismissed: bool) -> Json:
    opened = iso(record.opened_at)
    package = {"ecosystem": "pip", "name": "example"}
    vulnerability = {
        "package": package, "severity": record.severity, "vulnerable_version_range": "< 1",
        "first_patched_version": {"identifier": "1"},
    }  # fmt: skip
    advisory = {
        "ghsa_id": "GHSA-0000-0000-0000", "cve_id": None, "summary": "x", "description": "x",
        "vulnerabilities": [vulnerability], "severity": record.severity, "cvss": {"score": 0.0, "vector_string": None},
        "cwes": [], "identifiers": [], "references": [], "published_at": opened, "updated_at": opened,
        "withdrawn_at": None,
    }  # fmt: skip
    return {
        "dependency": {"package": package, "manifest_path": "requirements.txt", "scope": "runtime"},
        "security_advisory": advisory, "security_vulnerability": vulnerability, "updated_at": opened,
        "dismissed_reason": "tolerable_risk" if dismissed else None, "dismissed_comment": None,
    }  # fmt: skip


def collaborator(person: PersonRecord) -> Json:
    """A collaborator with the rights of its role."""
    rank = ("read", "triage", "write", "maintain", "admin").index(person.role)
    names = ("pull", "triage", "push", "maintain", "admin")
    return user(person.login) | {"role_name": person.role, "permissions": {n: rank >= i for i, n in enumerate(names)}}


def key(number: int, *, writes: bool, made_at: datetime) -> Json:
    """A deploy key."""
    return {
        "id": number, "key": "ssh-ed25519 AAAA", "url": f"{API}/keys/{number}", "title": f"key {number}",
        "verified": True, "created_at": iso(made_at), "read_only": not writes,
    }  # fmt: skip


def hook(number: int, record: HookRecord) -> Json:
    """A webhook; GitHub masks its secret."""
    url = f"{API}/hooks/{number}"
    config: Json = {"url": record.url, "content_type": "json", "insecure_ssl": "0" if record.verifies_tls else "1"}
    if record.secret:
        config |= {"secret": "*" * 8}
    return {
        "type": "Repository", "id": number, "name": "web", "active": True, "events": ["push"], "config": config,
        "url": url, "test_url": url, "ping_url": url, "created_at": "2020-01-01T00:00:00Z",
        "updated_at": "2020-01-01T00:00:00Z", "last_response": {"code": None, "status": "unused", "message": None},
    }  # fmt: skip


def organisation(data: ForgeData) -> Json:
    """The organisation's record."""
    login = data.organisation.login
    api = f"{API}/orgs/{login}"
    public = sum(not r.private for r in data.repositories)
    out: Json = {f"{link}_url": f"{api}/{link}" for link in ("repos", "events", "hooks", "issues", "members", "public_members")}  # fmt: skip
    out |= {
        "login": login, "id": number_of(login), "node_id": f"O_{login}", "url": api, "html_url": f"{WEB}/{login}",
        "avatar_url": f"{WEB}/{login}.png", "description": None, "has_organization_projects": False,
        "has_repository_projects": False, "public_repos": public, "public_gists": 0, "followers": 0, "following": 0,
        "type": "Organization", "created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z",
        "archived_at": None,
    }  # fmt: skip
    shown = {
        "two_factor_requirement_enabled": data.organisation.two_factor_required,
        "default_repository_permission": data.organisation.default_permission,
        "is_verified": data.organisation.verified,
        "members_can_create_public_repositories": data.organisation.members_create_public,
    }
    return out | {k: v for k, v in shown.items() if v is not None}


def team(name: str) -> Json:
    """A team."""
    url = f"{API}/teams/{name}"
    return {
        "id": number_of(name), "node_id": f"T_{name}", "url": url, "members_url": f"{url}/members", "name": name,
        "description": None, "permission": "push", "html_url": url, "repositories_url": f"{url}/repos", "slug": name,
        "parent": None, "type": "organization",
    }  # fmt: skip
