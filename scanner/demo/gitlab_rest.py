"""REST answers of a stand-in GitLab, in the shapes that GitLab documents: what a GitHub tells, told as GitLab does."""

from __future__ import annotations

from datetime import datetime, timedelta

from scanner.demo.forge import (
    DeploymentRecord,
    EnvironmentRecord,
    ForgeData,
    HookRecord,
    IssueRecord,
    PersonRecord,
    ProtectionRecord,
    PullRecord,
    ReleaseRecord,
    RepositoryRecord,
)
from scanner.demo.gitlab_forge import DeployTokenRecord
from scanner.demo.rest import number_of

Json = dict[str, object]
WEB = "https://gitlab.example"
LEVELS = {"read": 20, "triage": 20, "write": 30, "maintain": 40, "admin": 50}
"""GitLab's roles that come nearest: Reporter, Developer, Maintainer, Owner."""
_PRODUCTION = frozenset({"prod", "production", "live", "prd"})
_ENDS = {"SUCCESS": "success", "FAILURE": "failed", "ERROR": "failed"}
_MANAGERS = {"pypi": "pip", "npm": "npm", "gem": "bundler", "golang": "go", "maven": "maven", "cargo": "cargo"}


def iso(moment: datetime | None) -> str | None:
    """The time as GitLab writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z" if moment else None


def username(login: str) -> str:
    """The account as GitLab would have it: no brackets, and a ghost for a deleted one."""
    return login.replace("[bot]", "-bot") if login else "ghost"


def user(login: str) -> Json:
    """A user as lists show it."""
    name = username(login)
    return {
        "id": number_of(name), "username": name, "name": name, "state": "active", "locked": False, "public_email": None,
        "avatar_url": None, "web_url": f"{WEB}/{name}",
    }  # fmt: skip


def me(data: ForgeData) -> Json:
    """The token's own user."""
    return user(data.user) | {"created_at": "2020-01-01T00:00:00.000Z", "bio": "", "bot": False}


def project(login: str, repo: RepositoryRecord, *, licensed: bool) -> Json:
    """A project's record; size and some settings show to those who may see them."""
    path = f"{login}/{repo.name}"
    web = f"{WEB}/{path}"
    shown: Json = {
        "id": number_of(path), "name": repo.name, "path": repo.name, "name_with_namespace": f"{login} / {repo.name}",
        "path_with_namespace": path, "description": repo.description or None, "created_at": iso(repo.created_at),
        "default_branch": repo.default_branch, "topics": sorted(repo.topics), "web_url": web,
        "ssh_url_to_repo": f"git@gitlab.example:{path}.git", "http_url_to_repo": repo.clone_url or f"{web}.git",
        "readme_url": None, "forks_count": 0, "avatar_url": None, "star_count": repo.stars,
        "last_activity_at": iso(repo.pushed_at), "archived": repo.archived,
        "visibility": "private" if repo.private else "public", "empty_repo": False,
        "namespace": {
            "id": number_of(login), "name": login, "path": login, "kind": "group", "full_path": login, "parent_id": None,
            "avatar_url": None, "web_url": f"{WEB}/groups/{login}",
        },
        "issues_enabled": repo.has_issues, "issues_access_level": "enabled" if repo.has_issues else "disabled",
        "open_issues_count": sum(i.closed_at is None for i in repo.issues),
        "merge_requests_enabled": True, "jobs_enabled": repo.automation.enabled,
        "builds_access_level": "enabled" if repo.automation.enabled else "disabled",
        "ci_push_repository_for_job_token_allowed": repo.automation.default_permission == "write",
        "container_expiration_policy": {
            "cadence": "1d", "enabled": repo.registry.cleans, "keep_n": repo.registry.keep_n,
            "older_than": repo.registry.older_than, "name_regex_delete": ".*", "name_regex_keep": None,
            "next_run_at": iso(repo.pushed_at + timedelta(days=1)),
        },
        "container_registry_access_level": "enabled" if repo.registry.enabled else "disabled",
        "only_allow_merge_if_pipeline_succeeds": _checks(repo),
        "remove_source_branch_after_merge": repo.deletes_merged_branches,
        "merge_method": "merge" if "merge" in repo.merge_methods else "ff",
        "squash_option": "default_off" if "squash" in repo.merge_methods else "never",
        "license": {"key": repo.licence.lower(), "name": repo.licence, "nickname": None, "html_url": WEB, "source_url": WEB}
        if repo.licence
        else None,
        "permissions": {
            "project_access": None,
            "group_access": {"access_level": 40 if repo.admin else 20, "notification_level": 3},
        },
        "statistics": {
            "commit_count": 1, "storage_size": repo.size_kb * 1024, "repository_size": repo.size_kb * 1024,
            "container_registry_size": repo.registry.size_bytes,
        },
    }  # fmt: skip
    if repo.fork:
        shown["forked_from_project"] = {"id": 1, "name": repo.name, "path_with_namespace": f"upstream/{repo.name}"}
    if licensed and repo.admin:
        shown["secret_push_protection_enabled"] = repo.settings.push_protection
    return shown


def _checks(repo: RepositoryRecord) -> bool:
    asked = [r.status_checks for r in (repo.protection, *repo.rulesets) if r is not None]
    return any(asked)


def merge_request(record: PullRecord) -> Json:
    """A merge request; a merge of two parents leaves a merge commit, another a squashed one."""
    state = "merged" if record.merged_at else "closed" if record.closed_at else "opened"
    closing = " ".join(f"Closes #{n + 1}" for n in range(record.linked_issues))
    merge, squash = (record.merge_commit, None) if record.merge_parents > 1 else (None, record.merge_commit)
    return {
        "id": record.number, "iid": record.number, "project_id": 1, "title": f"change {record.number}",
        "description": f"{record.body}\n<!-- {closing} -->" if closing else record.body or None, "state": state,
        "created_at": iso(record.created_at), "updated_at": iso(record.last_event), "merged_at": iso(record.merged_at),
        "closed_at": None if record.merged_at else iso(record.closed_at), "target_branch": record.base,
        "source_branch": f"topic-{record.number}", "user_notes_count": record.comments + sum(r.comments for r in record.reviews),
        "author": user(record.author), "merge_user": user(record.merged_by) if record.merged_at else None,
        "labels": list(record.labels), "draft": record.draft, "sha": record.head_commit,
        "merge_commit_sha": (merge or None) if record.merged_at else None,
        "squash_commit_sha": (squash or None) if record.merged_at else None,
        "squash": record.merge_parents < 2, "web_url": f"{WEB}/mr/{record.number}",
    }  # fmt: skip


def issue(record: IssueRecord) -> Json:
    """An issue."""
    milestone = {"id": 1, "iid": 1, "title": record.milestone, "state": "active"} if record.milestone else None
    return {
        "id": record.number, "iid": record.number, "project_id": 1, "title": f"issue {record.number}", "description": None,
        "state": "closed" if record.closed_at else "opened", "created_at": iso(record.created_at),
        "updated_at": iso(record.last_event), "closed_at": iso(record.closed_at), "author": user(record.author),
        "labels": list(record.labels), "milestone": milestone, "user_notes_count": len(record.comments),
        "issue_type": "issue", "web_url": f"{WEB}/issues/{record.number}",
    }  # fmt: skip


def release(record: ReleaseRecord) -> Json:
    """A release; its source archives are counted among the assets."""
    links = [{"id": n, "name": name, "url": WEB, "link_type": "other"} for n, name in enumerate(record.asset_list)]
    return {
        "tag_name": record.tag, "name": record.tag, "description": record.notes, "created_at": iso(record.at),
        "released_at": iso(record.at), "upcoming_release": False,
        "assets": {"count": len(links) + 4, "sources": [], "links": links},
    }  # fmt: skip


def deployment(number: int, record: DeploymentRecord) -> Json:
    """A deployment; GitLab keeps its success when another takes its place."""
    verdicts = [(at, _ENDS[state]) for state, at in record.statuses if state in _ENDS]
    status, ended = (verdicts[-1][1], verdicts[-1][0]) if verdicts else ("created", None)
    return {
        "id": number, "iid": number, "ref": "main", "sha": record.commit, "created_at": iso(record.at),
        "updated_at": iso(max([record.at, *(at for _, at in record.statuses)])), "status": status,
        "environment": {"id": number_of(record.environment), "name": record.environment, "tier": tier(record.environment)},
        "deployable": {"id": number, "status": status, "finished_at": iso(ended)},
    }  # fmt: skip


def tier(name: str) -> str:
    """GitLab's guess of what an environment is for, by its name."""
    words = "".join(c if c.isalnum() else " " for c in name.lower()).split()
    return "production" if not _PRODUCTION.isdisjoint(words) else "other"


def environment(record: EnvironmentRecord) -> Json:
    """An environment."""
    return {
        "id": number_of(record.name), "name": record.name, "slug": record.name, "external_url": None, "state": "available",
        "tier": tier(record.name), "created_at": "2020-01-01T00:00:00.000Z", "updated_at": "2020-01-01T00:00:00.000Z",
    }  # fmt: skip


def protected_environment(record: EnvironmentRecord) -> Json:
    """Who may deploy, and who must agree."""
    rules = [
        {"id": n, "user_id": number_of(who), "group_id": None, "access_level": None, "required_approvals": 1}
        for n, who in enumerate(record.reviewers)
    ]
    maintainers = {
        "id": 1,
        "access_level": 40,
        "access_level_description": "Maintainers",
        "user_id": None,
        "group_id": None,
    }
    return {
        "name": record.name, "deploy_access_levels": [maintainers], "required_approval_count": 0, "approval_rules": rules,
    }  # fmt: skip


def is_guarded(record: EnvironmentRecord) -> bool:
    """Whether GitLab would list it among the protected ones."""
    return bool(record.reviewers) or record.restricts_branches


def protected_branches(repo: RepositoryRecord) -> list[Json]:
    """The default branch, if anything protects it."""
    classic, rulesets = repo.protection, repo.rulesets
    if classic is None and not rulesets:
        return []
    rules = classic or ProtectionRecord()
    blocked = any(r.blocks_force_push for r in rulesets)
    bypassing = len(rules.bypassing) + sum(r.bypassing for r in rulesets)
    binds = rules.binds_admins or bool(rulesets)
    levels: list[Json] = [_level(40, "Maintainers") if not binds and not bypassing else _level(0, "No one")]
    levels += [_level(None, "somebody") | {"user_id": n + 1} for n in range(bypassing)]
    return [
        {
            "id": 1, "name": repo.default_branch, "push_access_levels": levels, "merge_access_levels": [_level(40, "Maintainers")],
            "allow_force_push": (classic is None or rules.allows_force_push) and not blocked,
            "code_owner_approval_required": rules.code_owner_review,
        }
    ]  # fmt: skip


def _level(number: int | None, name: str) -> Json:
    return {"id": 1, "access_level": number, "access_level_description": name, "user_id": None, "group_id": None}


def approval_rules(repo: RepositoryRecord) -> list[Json]:
    """One rule with the most approvals that anything asks for."""
    asked = [repo.protection.approvals if repo.protection else 0, *(r.approvals or 0 for r in repo.rulesets)]
    if not max(asked):
        return []
    return [
        {
            "id": 1, "name": "All Members", "rule_type": "any_approver", "approvals_required": max(asked), "users": [], "groups": [],
            "eligible_approvers": [], "contains_hidden_groups": False, "protected_branches": [],
            "applies_to_all_protected_branches": False,
        }
    ]  # fmt: skip


def approvals(repo: RepositoryRecord) -> Json:
    """Settings of approvals."""
    asked = [r.approvals is not None for r in repo.rulesets]
    resets = bool(repo.protection and repo.protection.dismisses_stale) or any(asked)
    return {
        "approvals_before_merge": 0, "reset_approvals_on_push": resets, "disable_overriding_approvers_per_merge_request": False,
        "merge_requests_author_approval": False, "merge_requests_disable_committers_approval": False,
        "require_password_to_approve": False,
    }  # fmt: skip


def push_rule(repo: RepositoryRecord) -> Json:
    """Push rules."""
    signed = bool(repo.protection and repo.protection.signed_commits) or any(r.signed_commits for r in repo.rulesets)
    return {
        "id": 1, "project_id": 1, "commit_message_regex": "", "branch_name_regex": "", "deny_delete_tag": False,
        "member_check": False, "prevent_secrets": False, "author_email_regex": "", "file_name_regex": "", "max_file_size": 0,
        "reject_unsigned_commits": signed, "created_at": "2020-01-01T00:00:00.000Z",
    }  # fmt: skip


def member(login: str, level: int) -> Json:
    """A member with its role."""
    return user(login) | {
        "access_level": level, "created_at": "2020-01-01T00:00:00.000Z", "expires_at": None, "membership_state": "active",
    }  # fmt: skip


def project_member(person: PersonRecord) -> Json:
    """A member of a project."""
    return member(person.login, LEVELS[person.role])


def deploy_key(number: int, *, writes: bool, made_at: datetime) -> Json:
    """A deploy key."""
    return {
        "id": number, "title": f"key {number}", "key": "ssh-ed25519 AAAA", "fingerprint": "", "fingerprint_sha256": "",
        "created_at": iso(made_at), "expires_at": None, "can_push": writes,
    }  # fmt: skip


def deploy_token(number: int, record: DeployTokenRecord) -> Json:
    """A deploy token as lists show it: never itself."""
    return {
        "id": number, "name": record.name, "username": f"gitlab+deploy-token-{number}", "expires_at": iso(record.expires_at),
        "revoked": record.revoked, "expired": record.expired, "scopes": list(record.scopes),
    }  # fmt: skip


def protected_tag(pattern: str) -> Json:
    """A rule on tags."""
    return {"name": pattern, "create_access_levels": [_level(40, "Maintainers")]}


def hook(number: int, record: HookRecord) -> Json:
    """A webhook; GitLab never tells of its secret."""
    return {
        "id": number, "url": record.url, "created_at": "2020-01-01T00:00:00.000Z", "push_events": True,
        "tag_push_events": False, "merge_requests_events": False, "repository_update_events": False,
        "enable_ssl_verification": record.verifies_tls, "alert_status": "executable", "url_variables": [],
    }  # fmt: skip


def runner(number: int, kind: str) -> Json:
    """A runner."""
    return {
        "id": number, "description": f"runner {number}", "ip_address": "", "active": True, "paused": False, "is_shared": False,
        "runner_type": kind, "name": None, "online": True, "status": "online",
    }  # fmt: skip


def dependencies(repo: RepositoryRecord) -> list[Json]:
    """The list of dependencies, of ecosystems that GitLab reads."""
    return [
        {"name": f"package-{n}", "version": "1.0", "package_manager": _MANAGERS[kind], "dependency_file_path": "lock",
         "vulnerabilities": [], "licenses": []}
        for kind, count in repo.packages if kind in _MANAGERS for n in range(count)
    ]  # fmt: skip


def group(data: ForgeData) -> Json:
    """The group with its settings."""
    organisation = data.organisation
    return {
        "id": number_of(organisation.login), "web_url": f"{WEB}/groups/{organisation.login}", "name": organisation.login,
        "path": organisation.login, "full_path": organisation.login, "full_name": organisation.login, "description": "",
        "visibility": "public", "share_with_group_lock": False, "avatar_url": None, "parent_id": None,
        "require_two_factor_authentication": bool(organisation.two_factor_required), "two_factor_grace_period": 48,
        "project_creation_level": "developer" if organisation.members_create_public else "owner",
        "subgroup_creation_level": "maintainer", "lfs_enabled": True, "default_branch_protection": 2,
        "request_access_enabled": True, "created_at": "2020-01-01T00:00:00.000Z", "membership_lock": False,
    }  # fmt: skip


def subgroup(login: str, name: str) -> Json:
    """A sub-group as lists show it."""
    return {
        "id": number_of(f"{login}/{name}"), "web_url": f"{WEB}/groups/{login}/{name}", "name": name, "path": name,
        "full_path": f"{login}/{name}", "full_name": f"{login} / {name}", "visibility": "private",
        "parent_id": number_of(login), "description": "", "created_at": "2020-01-01T00:00:00.000Z",
    }  # fmt: skip


def audit_event(login: str) -> Json:
    """An entry of the audit log."""
    return {
        "id": 1, "author_id": 1, "entity_id": number_of(login), "entity_type": "Group", "event_name": "group_created",
        "details": {"author_name": "somebody", "custom_message": "Added group", "entity_path": login},
        "created_at": "2020-01-01T00:00:00.000Z",
    }  # fmt: skip


def metadata(*, licensed: bool) -> Json:
    """What the server says of itself."""
    kas = {"enabled": True, "externalUrl": None, "version": "18.0.0"}
    return {"version": "18.0.0" + ("-ee" if licensed else ""), "revision": "0", "kas": kas, "enterprise": licensed}
