"""A small GitLab on this machine, its payloads after GitLab's documented examples, and what a collector needs to ask it."""

from __future__ import annotations

import copy
import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from scanner.core.collecting import Ask
from scanner.core.subjects import Kind, Subject
from scanner.http.gitlab import Gitlab, GitlabSettings
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.limits import Limits
from scanner.http.secret import Secret
from scanner.http.shape import Node
from tests.builders import AS_OF

TOKEN = "glpat-S3cr3tS3cr3tS3cr3t"
REPO = Subject(Kind.REPO, "acme/web/api")
PROJECT = "/projects/acme%2Fweb%2Fapi"
TIGHT = Limits(exchange_seconds=0.4, call_seconds=5, wait_seconds=120, body_bytes=300_000, pages=20, tries=3)


class Fault(StrEnum):
    """A way to answer badly."""

    DENIED = "401"
    FORBIDDEN = "403"
    HIDDEN = "404"
    LIMITED = "429"
    BROKEN = "500"
    TRUNCATED = "truncated JSON"
    HTML = "HTML with status 200"
    WRONG_TYPE = "another type"
    HUGE = "a body without end"
    SLOW = "a body that drips"
    AWAY = "a redirect to another host"
    ENDLESS = "endless pages"
    CIRCLE = "pages in a circle"
    ECHO = "a refusal that repeats the credential"


def ago(**span: float) -> datetime:
    """A moment before AS_OF."""
    return AS_OF - timedelta(**span)


def iso(**span: float) -> str:
    """The same as GitLab writes it."""
    return ago(**span).isoformat().replace("+00:00", "Z")


class Names:
    """Pseudonyms that a test can read."""

    def of(self, identity: str) -> str:
        return f"<{identity}>"

    def machine(self, identity: str) -> bool | None:
        return None


def user(name: str) -> dict[str, object]:
    return {"id": 1, "username": name, "name": name.title(), "state": "active"}


def noted(activity: Sequence[tuple[str, str, str]] = (), comments: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """GraphQL notes: (who, what GitLab says, when) and (who, when)."""
    end = {"hasNextPage": False}
    return {
        "activity": {"pageInfo": end, "nodes": [{"body": s, "createdAt": t, "author": {"username": u}} for u, s, t in activity]},
        "comments": {"pageInfo": end, "nodes": [{"createdAt": t, "author": {"username": u}} for u, t in comments]},
    }  # fmt: skip


PROJECT_RECORD: dict[str, object] = {
    "id": 3, "description": "The public API", "default_branch": "main", "visibility": "private", "topics": ["python", "api"],
    "http_url_to_repo": "https://gitlab.example.com/acme/web/api.git", "web_url": "https://gitlab.example.com/acme/web/api",
    "path_with_namespace": "acme/web/api", "issues_enabled": True, "issues_access_level": "enabled", "open_issues_count": 4,
    "created_at": iso(days=900), "last_activity_at": iso(days=1), "archived": False, "star_count": 7,
    "license": {"key": "apache-2.0", "name": "Apache License 2.0"}, "remove_source_branch_after_merge": True,
    "only_allow_merge_if_pipeline_succeeds": True, "merge_method": "ff", "squash_option": "default_off", "empty_repo": False,
    "statistics": {"repository_size": 4096, "container_registry_size": 9000}, "container_registry_access_level": "private",
    "container_expiration_policy": {"enabled": True, "cadence": "1month", "keep_n": 5, "older_than": "14d", "name_regex_delete": ".*"},
    "namespace": {"id": 17, "kind": "group", "full_path": "acme/web"},
    "builds_access_level": "enabled", "jobs_enabled": True, "ci_push_repository_for_job_token_allowed": True,
    "secret_push_protection_enabled": False,
    "permissions": {"project_access": None, "group_access": {"access_level": 40, "notification_level": 3}},
}  # fmt: skip

MERGE_REQUESTS: list[dict[str, object]] = [
    {
        "iid": 3, "state": "merged", "title": "x", "description": "Why and <!-- x --> how. Closes #8, see #9", "draft": False,
        "created_at": iso(days=4), "updated_at": iso(days=3), "merged_at": iso(days=3), "closed_at": None,
        "target_branch": "main", "author": user("ann"), "merge_user": user("bob"), "user_notes_count": 2, "labels": ["bug"],
        "sha": "a" * 40, "merge_commit_sha": "b" * 40, "squash_commit_sha": None,
    },
    {
        "iid": 2, "state": "closed", "title": "y", "description": None, "draft": True,
        "created_at": iso(days=9), "updated_at": iso(days=8), "merged_at": None, "closed_at": iso(days=8),
        "target_branch": "release", "author": user("project_3_bot_5f2e"), "user_notes_count": 0, "labels": [],
        "sha": "c" * 40, "merge_commit_sha": None, "squash_commit_sha": None,
    },
]  # fmt: skip
MERGE_DETAILS: list[dict[str, Any]] = [
    {
        "iid": "3", "commitCount": 2, "resolvableDiscussionsCount": 3, "resolvedDiscussionsCount": 2, "diffStatsSummary": {"additions": 10, "deletions": 4, "fileCount": 3},
        "approvedBy": {"nodes": [{"username": "bob"}, {"username": "dee"}]},
        "commits": {"nodes": [{"authoredDate": iso(days=5)}]},
        **noted(
            [("bob", "approved this merge request", iso(days=3, hours=1)), ("cy", "approved this merge request", iso(days=3, hours=5))],
            [("bob", iso(days=3, hours=3)), ("bob", iso(days=3, hours=2)), ("ann", iso(days=3, hours=2))],
        ),
    },
    {
        "iid": "2", "commitCount": None, "resolvableDiscussionsCount": None, "resolvedDiscussionsCount": None, "diffStatsSummary": {"additions": 1, "deletions": 1, "fileCount": 1},
        "approvedBy": {"nodes": []}, "commits": {"nodes": []}, **noted(),
    },
]  # fmt: skip
ISSUES: list[dict[str, object]] = [
    {
        "iid": 8, "state": "closed", "created_at": iso(days=20), "updated_at": iso(days=2), "closed_at": iso(days=2),
        "author": user("ann"), "labels": ["customer", "bug"], "user_notes_count": 3, "milestone": {"title": "v2"},
    },
    {
        "iid": 7, "state": "opened", "created_at": iso(days=30), "updated_at": iso(days=30), "closed_at": None,
        "author": user("bob"), "labels": [], "user_notes_count": 0, "milestone": None,
    },
]  # fmt: skip
ISSUE_DETAILS: list[dict[str, object]] = [
    {
        "iid": "8",
        **noted(
            [("ann", "reopened", iso(days=10))],
            [("renovate-bot", iso(days=19)), ("ann", iso(days=18)), ("bob", iso(days=17))],
        ),
    },
    {"iid": "7", **noted()},
]
ROUTES: dict[str, object] = {
    PROJECT: PROJECT_RECORD,
    f"{PROJECT}/protected_branches": [
        {
            "id": 1, "name": "main", "allow_force_push": False, "code_owner_approval_required": True,
            "push_access_levels": [{"id": 1, "access_level": 40, "access_level_description": "Maintainers"}],
            "merge_access_levels": [{"id": 1, "access_level": 30, "access_level_description": "Developers + Maintainers"}],
        },
    ],
    f"{PROJECT}/approval_rules": [
        {"id": 1, "rule_type": "any_approver", "approvals_required": 1, "applies_to_all_protected_branches": False, "protected_branches": []},
        {"id": 2, "rule_type": "regular", "approvals_required": 2, "applies_to_all_protected_branches": True, "protected_branches": []},
        {"id": 3, "rule_type": "report_approver", "approvals_required": 5, "applies_to_all_protected_branches": True},
    ],
    f"{PROJECT}/approvals": {"reset_approvals_on_push": True, "merge_requests_author_approval": False},
    f"{PROJECT}/push_rule": {"id": 1, "reject_unsigned_commits": True},
    f"{PROJECT}/merge_requests": MERGE_REQUESTS,
    f"{PROJECT}/issues": ISSUES,
    f"{PROJECT}/releases": [
        {"tag_name": "v1.1.0", "description": "Faster and safer", "released_at": iso(days=30),
         "assets": {"count": 6, "sources": [], "links": [{"id": 2}, {"id": 1}]}},
        {"tag_name": "v1.0.0", "description": "", "released_at": iso(days=400), "assets": {"count": 4, "links": []}},
    ],
    f"{PROJECT}/deployments": [
        {"id": 42, "created_at": iso(days=2), "updated_at": iso(days=2), "status": "failed", "sha": "d" * 40,
         "environment": {"id": 9, "name": "staging"}, "deployable": {"finished_at": iso(days=1)}},
        {"id": 41, "created_at": iso(days=6), "updated_at": iso(days=5), "status": "success", "sha": "c" * 40,
         "environment": {"id": 8, "name": "eu-west", "tier": "production"}, "deployable": None},
        {"id": 40, "created_at": iso(days=7), "updated_at": iso(days=7), "status": "canceled", "sha": "c" * 40,
         "environment": {"id": 7, "name": "prod-us"}, "deployable": {"finished_at": iso(days=7)}},
    ],
    f"{PROJECT}/members/all": [
        user("ann") | {"access_level": 50}, user("bob") | {"access_level": 40}, user("eve") | {"access_level": 30},
        user("project_3_bot_5f2e") | {"access_level": 40}, user("gone") | {"access_level": 30, "state": "blocked"},
    ],
    "/groups/17/members/all": [user("ann") | {"access_level": 50}, user("bob") | {"access_level": 30}],
    f"{PROJECT}/deploy_keys": [
        {"id": 1, "title": "ci", "can_push": True, "created_at": iso(days=700), "expires_at": None},
        {"id": 2, "title": "mirror", "can_push": False, "created_at": iso(days=90), "expires_at": None},
    ],
    f"{PROJECT}/access_tokens": [
        {"id": 5, "name": "bot", "active": True, "revoked": False, "scopes": ["write_repository"], "access_level": 30, "created_at": iso(days=10)},
        {"id": 6, "name": "old", "active": False, "revoked": True, "scopes": ["api"], "access_level": 40, "created_at": iso(days=900)},
    ],
    f"{PROJECT}/deploy_tokens": [
        {"id": 1, "name": "pull", "username": "gitlab+deploy-token-1", "expires_at": None, "revoked": False, "expired": False, "scopes": ["read_repository"]},
        {"id": 2, "name": "push", "username": "p", "expires_at": ago(days=-90).isoformat(), "revoked": False, "expired": False,
         "scopes": ["write_registry", "read_registry"]},
        {"id": 3, "name": "taken back", "username": "t", "expires_at": None, "revoked": True, "expired": False, "scopes": ["write_registry"]},
        {"id": 4, "name": "over", "username": "o", "expires_at": iso(days=3), "revoked": False, "expired": True, "scopes": ["read_registry"]},
        {"id": 5, "name": "over at that time", "username": "o", "expires_at": iso(days=1), "revoked": False, "expired": False, "scopes": []},
    ],
    f"{PROJECT}/protected_tags": [
        {"name": "v*", "create_access_levels": [{"access_level": 40}]}, {"name": "release", "create_access_levels": []},
    ],
    f"{PROJECT}/hooks": [
        {"id": 1, "url": "https://ci.example", "enable_ssl_verification": True},
        {"id": 2, "url": "https://x.example", "enable_ssl_verification": False},
        {"id": 3, "url": "http://y.example", "enable_ssl_verification": True},
    ],
    f"{PROJECT}/environments": [
        {"id": 1, "name": "eu-west", "tier": "production", "state": "available"},
        {"id": 2, "name": "prod-us", "state": "available"}, {"id": 3, "name": "review", "tier": "development", "state": "available"},
    ],
    f"{PROJECT}/protected_environments": [
        {"name": "eu-west", "deploy_access_levels": [{"access_level": 40}], "required_approval_count": 0,
         "approval_rules": [{"id": 1, "user_id": 4, "required_approvals": 1}, {"id": 2, "group_id": 5, "required_approvals": 2}]},
    ],
    f"{PROJECT}/runners": [{"id": 1, "runner_type": "project_type"}, {"id": 2, "runner_type": "group_type"}, {"id": 3, "runner_type": "instance_type"}],
    f"{PROJECT}/dependencies": [
        {"name": "rails", "version": "5.2", "package_manager": "bundler"}, {"name": "hanami", "version": "1", "package_manager": "bundler"},
        {"name": "x", "version": "1", "package_manager": "yarn"}, {"name": "y", "version": "1", "package_manager": "npm"},
    ],
    "/metadata": {"version": "18.0.0-ee", "revision": "0", "enterprise": True},
    "/groups/acme/projects": [PROJECT_RECORD],
}  # fmt: skip
GRAPHQL: dict[str, Any] = {
    "Newest": {
        "mergeRequests": {"count": 20, "nodes": [{"updatedAt": iso(days=3)}]}, "openMergeRequests": {"count": 5},
        "issues": {"count": 20, "nodes": [{"updatedAt": iso(days=2)}]}, "openIssues": {"count": 4},
    },
    "ChangeRequests": {"mergeRequests": {"nodes": MERGE_DETAILS}},
    "Issues": {"issues": {"nodes": ISSUE_DETAILS}},
    "Milestones": {"milestones": {"pageInfo": {"hasNextPage": False}, "nodes": [
        {"title": "v1", "dueDate": ago(days=100).date().isoformat(), "state": "closed", "createdAt": iso(days=200),
         "updatedAt": iso(days=90), "stats": {"totalIssuesCount": 12, "closedIssuesCount": 12}},
        {"title": "v2", "dueDate": ago(days=1).date().isoformat() + "T00:00:00Z", "state": "active", "createdAt": iso(days=80),
         "updatedAt": iso(days=3), "stats": {"totalIssuesCount": 4, "closedIssuesCount": 1}},
        {"title": "later", "dueDate": None, "state": "active", "createdAt": iso(days=80), "updatedAt": iso(days=80),
         "stats": {"totalIssuesCount": 0, "closedIssuesCount": 0}},
    ]}},
    "Runs": {"pipelines": {"pageInfo": {"hasNextPage": False, "endCursor": "x"}, "nodes": [
        {"iid": "12", "user": {"username": "ann"}, "retried": {"nodes": []}, "sha": "a" * 40, "status": "RUNNING", "source": "push", "createdAt": iso(days=1),
         "startedAt": iso(days=1), "finishedAt": None},
        {"iid": "11", "user": {"username": "ann"}, "retried": {"nodes": []}, "sha": "a" * 40, "status": "SUCCESS", "source": "push",
         "createdAt": iso(days=3, minutes=10), "startedAt": iso(days=3, minutes=9), "finishedAt": iso(days=3)},
        {"iid": "9", "user": {"username": "ann"}, "retried": {"nodes": []}, "sha": "a" * 40, "status": "CANCELED", "source": "schedule",
         "createdAt": iso(days=4), "startedAt": None, "finishedAt": iso(days=3, hours=20)},
        {"iid": "8", "user": {"username": "ann"}, "retried": {"nodes": []}, "sha": "a" * 40, "status": "FAILED", "source": "push",
         "createdAt": iso(days=91), "startedAt": iso(days=91), "finishedAt": iso(days=91)},
    ]}},
    "Jobs": {
        **dict.fromkeys("b"),
        "a": {"iid": "11", "jobs": {"nodes": [
            {"name": "test", "status": "SUCCESS", "queuedDuration": 40.5, "startedAt": iso(days=3, minutes=9),
             "finishedAt": iso(days=3), "runner": {"runnerType": "PROJECT_TYPE"}},
            {"name": "deploy", "status": "SKIPPED", "queuedDuration": None, "startedAt": None, "finishedAt": None, "runner": None},
        ]}},
    },
    "Variables": {"ciVariables": {"pageInfo": {"hasNextPage": False}, "nodes": [
        {"key": "NPM_TOKEN", "masked": True, "protected": True}, {"key": "API_KEY", "masked": True, "protected": False},
    ]}},
    "OwnershipRules": {"repository": {
        "owners": {"nodes": [{"path": "CODEOWNERS"}]},
        "validateCodeownerFile": {"total": 3, "validationErrors": [
            {"code": "invalid_entry_owner_format", "lines": [2, 4]}, {"code": "missing_entry_owner", "lines": [5]},
        ]},
    }},
    "Security": {
        "securityScanners": {"enabled": ["SAST", "SECRET_DETECTION", "DAST"]},
        "vulnerabilities": {"pageInfo": {"hasNextPage": False, "endCursor": "x"}, "nodes": [
            {"reportType": "SAST", "severity": "HIGH", "state": "DETECTED", "detectedAt": iso(days=10), "resolvedAt": None, "dismissedAt": None},
            {"reportType": "SAST", "severity": "UNKNOWN", "state": "DISMISSED", "detectedAt": iso(days=20), "resolvedAt": None, "dismissedAt": iso(days=12)},
            {"reportType": "SECRET_DETECTION", "severity": "CRITICAL", "state": "RESOLVED", "detectedAt": iso(days=30), "resolvedAt": iso(days=25), "dismissedAt": None},
            {"reportType": "DEPENDENCY_SCANNING", "severity": "LOW", "state": "DETECTED", "detectedAt": iso(days=40), "resolvedAt": None, "dismissedAt": None},
            {"reportType": "DAST", "severity": "LOW", "state": "DETECTED", "detectedAt": iso(days=50), "resolvedAt": None, "dismissedAt": None},
        ]},
    },
}  # fmt: skip
_STATUSES = {
    Fault.DENIED: (401, {"message": "401 Unauthorized"}, {}),
    Fault.FORBIDDEN: (403, {"error": "insufficient_scope", "error_description": "The request requires more"}, {}),
    Fault.HIDDEN: (404, {"message": "404 Project Not Found"}, {}),
    Fault.LIMITED: (429, {"message": "Too Many Requests"}, {"Retry-After": "1"}),
    Fault.BROKEN: (500, {"message": "500 Internal Server Error"}, {}),
    Fault.AWAY: (301, {"message": "Moved"}, {"Location": "http://elsewhere.invalid/"}),
}


class StandIn:
    """The stand-in as a context manager: ``routes`` and ``queries`` answer, ``seen`` is what was asked."""

    def __init__(
        self,
        faults: Sequence[tuple[str, Fault]] = (),
        routes: dict[str, Any] | None = None,
        queries: dict[str, Any] | None = None,
    ) -> None:
        self.routes = copy.deepcopy(ROUTES) | (routes or {})
        self.queries = copy.deepcopy(GRAPHQL) | (queries or {})
        self.faults = tuple((re.compile(pattern), fault) for pattern, fault in faults)
        self.seen: list[str] = []
        self.ending = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"standin": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    standin: StandIn

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        path = parts.path.removeprefix("/api/v4")
        given = {k: v[-1] for k, v in parse_qs(parts.query).items()}
        told: Any = self.standin.routes.get(path)
        if "updated_before" in given:
            told = [row for row in told if row["updated_at"] <= given["updated_before"]]
        self._respond(f"GET {path}", told, int(given.get("page", 1)), int(given.get("per_page", 20)))

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        name = sent["operationName"]
        project = copy.deepcopy(self.standin.queries.get(name))
        if isinstance(project, dict) and (wanted := sent["variables"].get("iids")):
            for listed in filter(None, project.values()):
                listed["nodes"] = [node for node in listed["nodes"] if node["iid"] in wanted]
        answer = {"data": {"project": project}} if "errors" not in (project or {}) else project
        self._respond(f"POST /api/graphql {name}", answer, 1, 20)

    def _respond(self, name: str, payload: Any, page: int, size: int) -> None:
        self.standin.seen.append(name)
        fault = next((f for pattern, f in self.standin.faults if pattern.search(name)), None)
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            fault = Fault.DENIED
        if fault in _STATUSES:
            return self._write(*_STATUSES[fault])
        if fault is Fault.ECHO:
            return self._write(403, {"message": f"not for {self.headers.get('Authorization')}"}, {})
        if fault in (Fault.SLOW, Fault.HUGE):
            return self._drip(fault)
        if fault is Fault.WRONG_TYPE:
            return self._write(200, "unexpected", {})
        if payload is None:
            return self._write(*_STATUSES[Fault.HIDDEN])
        headers = {}
        if isinstance(payload, list):
            more = len(payload) > page * size
            headers = {"X-Total": str(len(payload)), "X-Next-Page": str(page + 1) if more else ""}
            payload = payload[(page - 1) * size : page * size]
            if fault in (Fault.ENDLESS, Fault.CIRCLE):
                headers["X-Next-Page"] = str(page + 1) if fault is Fault.ENDLESS else "1"
        elif fault in (Fault.ENDLESS, Fault.CIRCLE):
            for listed in payload["data"]["project"].values():
                listed["pageInfo"] = {
                    "hasNextPage": True,
                    "endCursor": str(len(self.standin.seen)) if fault is Fault.ENDLESS else "1",
                }
        return self._write(200, payload, headers, fault)

    def _write(self, status: int, payload: object, headers: dict[str, str], fault: Fault | None = None) -> None:
        body = json.dumps(payload).encode()
        if fault is Fault.TRUNCATED:
            body = body[: len(body) // 2]
        if fault is Fault.HTML:
            body = b"<html><body>Sign in</body></html>"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, fault: Fault) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        piece, pause = (b" ", 0.02) if fault is Fault.SLOW else (b" " * 65536, 0.0)
        try:
            while not self.standin.ending.wait(pause):
                self.wfile.write(piece)
        except OSError:
            return


def client(standin: StandIn, *, token: bool = True) -> Gitlab:
    """A client of ``standin`` that never really waits."""
    return Gitlab(GitlabSettings(standin.url, Secret(TOKEN) if token else None, TIGHT), sleep=lambda _: None)


@contextmanager
def asking(
    *faults: tuple[str, Fault], routes: dict[str, Any] | None = None, queries: dict[str, Any] | None = None
) -> Iterator[tuple[Ask[GitlabProjectSource], StandIn]]:
    """A question about acme/web/api, and the stand-in that will answer it."""
    with StandIn(faults, routes, queries) as standin, client(standin) as gitlab:
        yield Ask(REPO, GitlabProjectSource(gitlab, "acme/web/api", Names()), AS_OF), standin


def node(**fields: object) -> Node:
    """A JSON object."""
    return Node(fields, "test")
