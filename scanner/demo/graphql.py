"""GraphQL answers of the stand-in: one function for each query that Assay sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from scanner.demo.forge import DeploymentRecord, IssueRecord, PullRecord, ReleaseRecord, RepositoryRecord
from scanner.demo.rest import iso

Json = dict[str, object]
Variables = Mapping[str, object]
T = TypeVar("T")


def actor(login: str) -> Json | None:
    """An actor as GraphQL shows it: machines without their suffix, deleted accounts not at all."""
    if not login:
        return None
    bare = login.removesuffix("[bot]")
    return {"__typename": "Bot" if bare != login else "User", "login": bare}


def connection(records: Sequence[T], show: Callable[[T], Json], variables: Variables) -> Json:
    """One page of ``records``; the cursor is the number of records before the page's end."""
    after, size = variables.get("after"), variables.get("size")
    start = int(after) if isinstance(after, str) and after.isdigit() else 0
    end = start + (size if isinstance(size, int) else 100)
    page = records[start:end]
    return {
        "totalCount": len(records),
        "pageInfo": {"hasNextPage": end < len(records), "endCursor": str(start + len(page)) if page else None},
        "nodes": [show(record) for record in page],
    }


def _count(number: int) -> Json:
    return {"totalCount": number}


def _names(labels: tuple[str, ...]) -> Json:
    return {"nodes": [{"name": label} for label in labels]}


def pull(record: PullRecord) -> Json:
    """A pull request."""
    first = record.first_commit_at or record.created_at
    return {
        "number": record.number, "createdAt": iso(record.created_at), "updatedAt": iso(record.last_event),
        "mergedAt": iso(record.merged_at), "closedAt": iso(record.closed_at or record.merged_at),
        "isDraft": record.draft, "baseRefName": record.base, "headRefOid": record.head_commit, "body": record.body,
        "additions": record.additions, "deletions": record.deletions, "changedFiles": record.files,
        "author": actor(record.author), "mergedBy": actor(record.merged_by),
        "mergeCommit": {"oid": record.merge_commit} if record.merge_commit else None,
        "labels": _names(record.labels), "comments": _count(record.comments),
        "closingIssuesReferences": _count(record.linked_issues),
        "commits": {"totalCount": record.commits, "nodes": [{"commit": {"authoredDate": iso(first)}}]},
        "reviews": {
            "totalCount": len(record.reviews),
            "nodes": [
                {"state": r.state, "submittedAt": None if r.state == "PENDING" else iso(r.at),
                 "author": actor(r.author), "comments": _count(r.comments)}
                for r in record.reviews[:20]
            ],
        },
    }  # fmt: skip


def issue(record: IssueRecord) -> Json:
    """An issue."""
    return {
        "number": record.number, "createdAt": iso(record.created_at), "closedAt": iso(record.closed_at),
        "author": actor(record.author), "labels": _names(record.labels),
        "milestone": {"title": record.milestone} if record.milestone else None,
        "comments": {
            "totalCount": len(record.comments),
            "nodes": [{"createdAt": iso(c.at), "author": actor(c.author)} for c in record.comments[:20]],
        },
        "timelineItems": {"nodes": [{"createdAt": iso(at)} for at in record.reopened_at[:10]]},
    }  # fmt: skip


def release(record: ReleaseRecord) -> Json:
    """A release."""
    return {
        "tagName": record.tag, "createdAt": iso(record.at), "publishedAt": None if record.draft else iso(record.at),
        "isPrerelease": record.prerelease, "isDraft": record.draft, "description": record.notes or None,
        "releaseAssets": _count(record.assets),
    }  # fmt: skip


def deployment(record: DeploymentRecord) -> Json:
    """A deployment with its statuses, newest first as GitHub sends them."""
    statuses = [{"state": state, "createdAt": iso(at)} for state, at in reversed(record.statuses)]
    return {
        "environment": record.environment, "createdAt": iso(record.at), "commitOid": record.commit,
        "statuses": {"nodes": statuses},
    }  # fmt: skip


def _pulls(repo: RepositoryRecord, variables: Variables) -> Json:
    ordered = sorted(repo.pulls, key=lambda p: (p.last_event, p.number), reverse=True)
    still_open = sum(p.closed_at is None and p.merged_at is None for p in repo.pulls)
    return {"open": _count(still_open), "pullRequests": connection(ordered, pull, variables)}


def _issues(repo: RepositoryRecord, variables: Variables) -> Json:
    since = str(variables.get("since", ""))
    touched = [i for i in repo.issues if (iso(i.last_event) or "") >= since]
    ordered = sorted(touched, key=lambda i: (i.last_event, i.number), reverse=True)
    still_open = sum(i.closed_at is None for i in repo.issues)
    return {
        "hasIssuesEnabled": repo.has_issues,
        "open": _count(still_open),
        "issues": connection(ordered, issue, variables),
    }


def _releases(repo: RepositoryRecord, variables: Variables) -> Json:
    ordered = sorted(repo.releases, key=lambda r: (r.at, r.tag), reverse=True)
    return {"releases": connection(ordered, release, variables)}


def _deployments(repo: RepositoryRecord, variables: Variables) -> Json:
    ordered = sorted(repo.deployments, key=lambda d: (d.at, d.environment), reverse=True)
    return {"deployments": connection(ordered, deployment, variables)}


def _open_issues(repo: RepositoryRecord, _: Variables) -> Json:
    return {"issues": _count(sum(i.closed_at is None for i in repo.issues))}


ANSWERS: dict[str, Callable[[RepositoryRecord, Variables], Json]] = {
    "ChangeRequests": _pulls,
    "Issues": _issues,
    "Releases": _releases,
    "Deployments": _deployments,
    "OpenIssues": _open_issues,
}
"""By operation name: the ``repository`` object that answers the query."""
