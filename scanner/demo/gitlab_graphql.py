"""GraphQL answers of the stand-in GitLab: one function for each query that Assay sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from scanner.demo.forge import (
    AlertRecord,
    ForgeData,
    IssueRecord,
    JobRecord,
    MilestoneRecord,
    PullRecord,
    RepositoryRecord,
    RunRecord,
    SecretRecord,
    TeamRecord,
)
from scanner.demo.gitlab_rest import username

Json = dict[str, object]
Variables = Mapping[str, object]
_STATUSES = {"success": "SUCCESS", "failure": "FAILED", "cancelled": "CANCELED"}
_REPORTS = {"dependency": "DEPENDENCY_SCANNING", "code": "SAST", "secret": "SECRET_DETECTION"}
_STATES = {"open": "DETECTED", "fixed": "RESOLVED", "dismissed": "DISMISSED"}


def iso(moment: datetime | None) -> str | None:
    """The time as GitLab's GraphQL writes it: to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _person(login: str) -> Json:
    return {"username": username(login)}


def _notes(activity: Sequence[tuple[str, str, datetime]], comments: Sequence[tuple[str, datetime]]) -> Json:
    """(who, GitLab's words, when) and (who, when), the first hundred of each."""
    return {
        "activity": {
            "pageInfo": {"hasNextPage": len(activity) > 100},
            "nodes": [{"body": said, "createdAt": iso(at), "author": _person(who)} for who, said, at in activity[:100]],
        },
        "comments": {
            "pageInfo": {"hasNextPage": len(comments) > 100},
            "nodes": [{"createdAt": iso(at), "author": _person(who)} for who, at in comments[:100]],
        },
    }


def merge_request(record: PullRecord) -> Json:
    """What GraphQL tells of a merge request; comments of a review are notes of their own."""
    told = [r for r in record.reviews if r.state != "PENDING"]
    words = {
        "APPROVED": "approved this merge request",
        "DISMISSED": "approved this merge request",
        "CHANGES_REQUESTED": "requested changes",
    }
    activity = [(r.author, words[r.state], r.at) for r in told if r.state in words]
    comments = [(r.author, r.at) for r in told for _ in range(max(r.comments, r.state == "COMMENTED"))]
    standing = sorted({username(r.author) for r in told if r.state == "APPROVED"})
    first = record.first_commit_at or record.created_at
    return {
        "iid": str(record.number), "commitCount": record.commits,
        "resolvableDiscussionsCount": record.threads or sum(r.comments for r in record.reviews),
        "resolvedDiscussionsCount": record.threads_resolved,
        "diffStatsSummary": {"additions": record.additions, "deletions": record.deletions, "fileCount": record.files},
        "approvedBy": {"nodes": [{"username": name} for name in standing]},
        "commits": {"nodes": [{"authoredDate": iso(first)}]}, **_notes(activity, comments),
    }  # fmt: skip


def issue(record: IssueRecord) -> Json:
    """What GraphQL tells of an issue."""
    activity = [(record.author, "reopened", at) for at in record.reopened_at]
    return {"iid": str(record.number), **_notes(activity, [(c.author, c.at) for c in record.comments])}


def milestone(record: MilestoneRecord) -> Json:
    """A milestone; GitLab keeps the day of an end, not the hour."""
    return {
        "title": record.title, "dueDate": record.due_on.date().isoformat() if record.due_on else None,
        "state": "closed" if record.closed_at else "active", "createdAt": iso(record.created_at),
        "updatedAt": iso(max(record.created_at, record.closed_at or record.created_at)),
        "stats": {
            "totalIssuesCount": record.open_issues + record.closed_issues, "closedIssuesCount": record.closed_issues,
        },
    }  # fmt: skip


def pipeline(record: RunRecord) -> Json:
    """A pipeline; a further attempt shows as a job that was retried."""
    return {
        "iid": str(record.id), "sha": record.commit, "status": _STATUSES.get(record.conclusion, "SKIPPED"),
        "source": record.event, "createdAt": iso(record.created_at), "startedAt": iso(record.started_at or record.created_at),
        "finishedAt": iso(record.finished_at), "user": _person(record.actor),
        "retried": {"nodes": [{"id": "gid://gitlab/Ci::Build/1"}] if record.attempt > 1 else []},
    }  # fmt: skip


def _job(record: JobRecord) -> Json:
    runner = "PROJECT_TYPE" if record.self_hosted else "INSTANCE_TYPE"
    return {
        "name": record.name, "status": _STATUSES.get(record.conclusion, "SKIPPED"),
        "queuedDuration": (record.started_at - record.created_at).total_seconds(),
        "startedAt": iso(record.started_at), "finishedAt": iso(record.finished_at), "runner": {"runnerType": runner},
    }  # fmt: skip


def vulnerability(record: AlertRecord) -> Json:
    """A vulnerability; a secret is critical when it still opens something, else high."""
    level = record.severity if record.kind != "secret" or record.severity == "critical" else "high"
    return {
        "reportType": _REPORTS[record.kind], "severity": level.upper(), "state": _STATES[record.state],
        "detectedAt": iso(record.opened_at),
        "resolvedAt": iso(record.closed_at) if record.state == "fixed" else None,
        "dismissedAt": iso(record.closed_at) if record.state == "dismissed" else None,
    }  # fmt: skip


def _chosen(variables: Variables) -> frozenset[str]:
    wanted = variables.get("iids")
    return frozenset(str(iid) for iid in wanted) if isinstance(wanted, list) else frozenset()


def _merge_requests(repo: RepositoryRecord, variables: Variables) -> Json:
    wanted = _chosen(variables)
    return {"mergeRequests": {"nodes": [merge_request(p) for p in repo.pulls if str(p.number) in wanted]}}


def _issues(repo: RepositoryRecord, variables: Variables) -> Json:
    wanted = _chosen(variables)
    return {"issues": {"nodes": [issue(i) for i in repo.issues if str(i.number) in wanted]}}


def _newest(repo: RepositoryRecord, _: Variables) -> Json:
    pulls = sorted((p.last_event for p in repo.pulls), reverse=True)
    issues = sorted((i.last_event for i in repo.issues), reverse=True)
    return {
        "mergeRequests": {"count": len(pulls), "nodes": [{"updatedAt": iso(at)} for at in pulls[:1]]},
        "issues": {"count": len(issues), "nodes": [{"updatedAt": iso(at)} for at in issues[:1]]},
        "openMergeRequests": {"count": sum(p.closed_at is None and p.merged_at is None for p in repo.pulls)},
        "openIssues": {"count": sum(i.closed_at is None for i in repo.issues)},
    }


def _milestones(repo: RepositoryRecord, _: Variables) -> Json:
    return {"milestones": {"pageInfo": {"hasNextPage": False}, "nodes": [milestone(m) for m in repo.milestones]}}


def _page(rows: Sequence[Json], variables: Variables) -> Json:
    start = int(str(variables.get("after") or 0))
    more = len(rows) > start + 100
    ends = {"hasNextPage": more, "endCursor": str(start + 100) if more else None}
    return {"pageInfo": ends, "nodes": list(rows[start : start + 100])}


def _runs(repo: RepositoryRecord, variables: Variables) -> Json:
    chosen = [r for r in repo.runs if r.branch == variables.get("ref")]
    chosen.sort(key=lambda r: (r.created_at, r.id), reverse=True)
    return {"pipelines": _page([pipeline(r) for r in chosen], variables)}


def _jobs(repo: RepositoryRecord, variables: Variables) -> Json:
    by_number = {str(r.id): r for r in repo.runs}
    told: Json = {}
    for name in "ab":
        run = by_number.get(str(variables.get(name)))
        told[name] = run and {"iid": str(run.id), "jobs": {"nodes": [_job(j) for j in run.jobs]}}
    return told


def _variable_list(secrets: Sequence[SecretRecord]) -> Json:
    rows = [{"key": s.name, "masked": s.guarded, "protected": s.guarded} for s in secrets]
    return {"pageInfo": {"hasNextPage": False}, "nodes": rows}


def _variables(repo: RepositoryRecord, _: Variables) -> Json:
    kept = [s for s in repo.secrets if s.scope == "actions"]
    return {"ciVariables": _variable_list(kept) if repo.admin else None}


def _owners(repo: RepositoryRecord, _: Variables) -> Json:
    errors = repo.codeowners_errors
    if errors is None:
        return {"repository": {"owners": {"nodes": []}, "validateCodeownerFile": None}}
    lines = {code: [n + 1 for n, error in enumerate(errors) if error == code] for code in sorted(set(errors))}
    told = {"total": len(errors), "validationErrors": [{"code": code, "lines": on} for code, on in lines.items()]}
    return {"repository": {"owners": {"nodes": [{"path": "CODEOWNERS"}]}, "validateCodeownerFile": told}}


def _security(repo: RepositoryRecord, variables: Variables) -> Json:
    if not repo.admin:
        return {"securityScanners": None, "vulnerabilities": None}
    switches = {
        "dependency": repo.settings.vulnerability_alerts,
        "code": repo.settings.code_scanning,
        "secret": repo.settings.secret_scanning,
    }
    rows = [vulnerability(a) for a in sorted(repo.alerts, key=lambda a: a.opened_at, reverse=True)]
    enabled = [_REPORTS[kind] for kind, on in switches.items() if on]
    return {"securityScanners": {"enabled": enabled}, "vulnerabilities": _page(rows, variables)}


OF_PROJECT: dict[str, Callable[[RepositoryRecord, Variables], Json]] = {
    "ChangeRequests": _merge_requests,
    "Issues": _issues,
    "Jobs": _jobs,
    "Milestones": _milestones,
    "Newest": _newest,
    "OwnershipRules": _owners,
    "Runs": _runs,
    "Security": _security,
    "Variables": _variables,
}
"""By operation name: the ``project`` object that answers the query."""
LICENSED = {"OwnershipRules": "validateCodeownerFile", "Security": "securityScanners"}
"""Queries of what the edition without paid features has no field for, with the field it names."""


def _team(login: str, record: TeamRecord) -> Json:
    parent = f"{login}/{record.parent}" if record.parent else login
    return {
        "fullPath": f"{parent}/{record.name}", "groupMembersCount": len(record.members),
        "projectsCount": len(record.repositories), "parent": {"fullPath": parent},
    }  # fmt: skip


def teams(data: ForgeData, variables: Variables) -> Json:
    """The sub-groups of the group."""
    organisation = data.organisation
    if variables.get("path") != organisation.login:
        return {"group": None}
    bare = tuple(TeamRecord(name) for name in organisation.teams)
    rows = [_team(organisation.login, t) for t in sorted((*organisation.team_records, *bare), key=lambda t: t.name)]
    return {"group": {"descendantGroups": _page(rows, variables)}}


def group_variables(data: ForgeData, variables: Variables) -> Json:
    """The variables of the group, and those of its sub-groups, which have none of their own."""
    organisation = data.organisation
    if variables.get("path") != organisation.login:
        return {"group": None}
    shown = organisation.owner
    names = sorted({*organisation.teams, *(team.name for team in organisation.team_records)})
    below: list[Json] = [
        {"fullPath": f"{organisation.login}/{name}", "ciVariables": _variable_list(()) if shown else None} for name in names
    ]  # fmt: skip
    told: Json = {
        "fullPath": organisation.login, "parent": None,
        "ciVariables": _variable_list(organisation.secrets) if shown else None,
    }  # fmt: skip
    return {"group": told | {"descendantGroups": _page(below, variables)}}
