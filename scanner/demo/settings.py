"""REST answers of the stand-in about settings: Actions, environments, secrets' names, roles, apps, the dependency graph."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.demo.forge import (
    AppRecord,
    AutomationRecord,
    EnvironmentRecord,
    HookRecord,
    JobRecord,
    RepositoryRecord,
    RunRecord,
    SecretRecord,
)
from scanner.demo.rest import API, WEB, ZEROS, Json, iso, number_of, team, user

_LONG_AGO = "2020-01-01T00:00:00Z"
SECURITY_MANAGER = 8132
"""The number of GitHub's own role of that name."""


def actions_permissions(record: AutomationRecord) -> Json:
    """Whether Actions runs in a repository, and whose actions."""
    if not record.enabled:
        return {"enabled": False}
    return {"enabled": True, "allowed_actions": record.allowed, "sha_pinning_required": record.requires_pinning}


def organisation_permissions(record: AutomationRecord) -> Json:
    """The same for an organisation."""
    if not record.enabled:
        return {"enabled_repositories": "none"}
    return {
        "enabled_repositories": "all", "allowed_actions": record.allowed, "sha_pinning_required": record.requires_pinning,
    }  # fmt: skip


def workflow_permissions(record: AutomationRecord) -> Json:
    """What the job token may do."""
    return {
        "default_workflow_permissions": record.default_permission,
        "can_approve_pull_request_reviews": record.may_approve,
    }


def runner(number: int) -> Json:
    """A self-hosted runner."""
    labels = [{"id": 1, "name": "self-hosted", "type": "read-only"}]
    return {
        "id": number,
        "name": f"runner-{number}",
        "os": "linux",
        "status": "online",
        "busy": False,
        "labels": labels,
    }


def secret(record: SecretRecord) -> Json:
    """A secret: its value is never told."""
    return {"name": record.name, "created_at": iso(record.created_at), "updated_at": iso(record.updated_at)}


def organisation_secret(login: str, record: SecretRecord) -> Json:
    """A secret of the organisation, for all its repositories."""
    chosen = f"{API}/orgs/{login}/actions/secrets/{record.name}/repositories"
    return secret(record) | {"visibility": "all", "selected_repositories_url": chosen}


def environment(owner: str, repo: RepositoryRecord, record: EnvironmentRecord) -> Json:
    """An environment with its protection rules."""
    url = f"{API}/repos/{owner}/{repo.name}/environments/{record.name}"
    number = number_of(f"{repo.name}/{record.name}")
    rules: list[Json] = []
    if record.wait_minutes:
        rules.append({"id": 1, "node_id": "GA_1", "type": "wait_timer", "wait_timer": record.wait_minutes})
    if record.reviewers:
        reviewers = [{"type": "User", "reviewer": user(login)} for login in record.reviewers]
        asked: Json = {"id": 2, "node_id": "GA_2", "type": "required_reviewers", "prevent_self_review": False}
        rules.append(asked | {"reviewers": reviewers})
    policy = {"protected_branches": True, "custom_branch_policies": False}
    if record.restricts_branches:
        rules.append({"id": 3, "node_id": "GA_3", "type": "branch_policy"})
    return {
        "id": number, "node_id": f"EN_{number}", "name": record.name, "url": url, "html_url": f"{WEB}/{record.name}",
        "created_at": _LONG_AGO, "updated_at": _LONG_AGO, "can_admins_bypass": record.admins_bypass,
        "protection_rules": rules, "deployment_branch_policy": policy if record.restricts_branches else None,
    }  # fmt: skip


def job(owner: str, repo: RepositoryRecord, run: RunRecord, number: int, record: JobRecord) -> Json:
    """A completed job of a run."""
    api = f"{API}/repos/{owner}/{repo.name}"
    url = f"{api}/actions/jobs/{run.id * 100 + number}"
    labels = ["self-hosted", "linux"] if record.self_hosted else ["ubuntu-latest"]
    return {
        "id": run.id * 100 + number, "run_id": run.id, "run_url": f"{api}/actions/runs/{run.id}", "node_id": f"CR_{number}",
        "run_attempt": run.attempt, "head_sha": run.commit, "url": url, "html_url": url, "status": "completed",
        "conclusion": record.conclusion, "created_at": iso(record.created_at), "started_at": iso(record.started_at),
        "completed_at": iso(record.finished_at), "name": record.name, "steps": [], "check_run_url": url,
        "labels": labels, "runner_id": 1, "runner_name": "runner", "runner_group_id": 1, "runner_group_name": "Default",
        "workflow_name": run.workflow, "head_branch": run.branch,
    }  # fmt: skip


def codeowners_errors(kinds: Iterable[str]) -> Json:
    """The errors of the CODEOWNERS file."""
    return {
        "errors": [
            {"line": number, "column": 1, "kind": kind, "source": "* @nobody", "suggestion": None,
             "message": f"{kind} on line {number}", "path": ".github/CODEOWNERS"}
            for number, kind in enumerate(kinds, 1)
        ]
    }  # fmt: skip


def bill_of_materials(owner: str, repo: RepositoryRecord) -> Json:
    """The dependency graph as SPDX; its first package is the repository itself."""
    full = f"{owner}/{repo.name}"
    packages = [_package(full, f"pkg:github/{full}@{repo.default_branch}")]
    packages += [
        _package(f"{kind}:{n}", f"pkg:{kind}/example-{n}@1.0.{n}")
        for kind, count in repo.packages
        for n in range(count)
    ]
    created = {"created": iso(repo.pushed_at), "creators": ["Tool: GitHub.com-Dependency-Graph"]}
    return {
        "sbom": {
            "SPDXID": "SPDXRef-DOCUMENT", "spdxVersion": "SPDX-2.3", "creationInfo": created, "name": f"com.github.{full}",
            "dataLicense": "CC0-1.0", "documentNamespace": f"{WEB}/{full}/sbom", "packages": packages, "relationships": [],
        }
    }  # fmt: skip


def _package(name: str, url: str) -> Json:
    reference = {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": url}
    return {
        "SPDXID": f"SPDXRef-{number_of(name)}", "name": name, "versionInfo": "1.0", "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False, "externalRefs": [reference],
    }  # fmt: skip


def organisation_hook(number: int, record: HookRecord) -> Json:
    """A webhook of the organisation; GitHub masks its secret."""
    url = f"{API}/hooks/{number}"
    config: Json = {"url": record.url, "content_type": "json", "insecure_ssl": "0" if record.verifies_tls else "1"}
    if record.secret:
        config |= {"secret": "*" * 8}
    return {
        "type": "Organization", "id": number, "name": "web", "active": True, "events": ["push"], "config": config,
        "url": url, "ping_url": url, "created_at": _LONG_AGO, "updated_at": _LONG_AGO,
    }  # fmt: skip


def installation(login: str, record: AppRecord) -> Json:
    """An installed app."""
    number = number_of(record.slug)
    api = f"{API}/app/installations/{number}"
    return {
        "id": number, "account": user(login), "repository_selection": "all", "access_tokens_url": f"{api}/access_tokens",
        "repositories_url": f"{api}/repositories", "html_url": f"{WEB}/{record.slug}", "app_id": number,
        "target_id": number_of(login), "target_type": "Organization", "permissions": dict(record.rights), "events": [],
        "created_at": _LONG_AGO, "updated_at": _LONG_AGO, "single_file_name": None, "app_slug": record.slug,
        "suspended_by": None, "suspended_at": None,
    }  # fmt: skip


def roles(login: str) -> list[Json]:
    """The roles of the organisation."""
    common: Json = {
        "permissions": [], "organization": user(login), "created_at": _LONG_AGO, "updated_at": _LONG_AGO, "source": "Predefined",
    }  # fmt: skip
    return [
        common | {"id": SECURITY_MANAGER - 1, "name": "all_repo_read", "base_role": "read"},
        common | {"id": SECURITY_MANAGER, "name": "security_manager", "base_role": "read"},
    ]


def holding_team(name: str) -> Json:
    """A team that holds a role."""
    return team(name) | {"assignment": "direct"}


def audit_entry(login: str) -> Json:
    """An entry of the audit log."""
    return {"@timestamp": 1_577_836_800_000, "_document_id": ZEROS, "action": "org.update_member", "org": login}
