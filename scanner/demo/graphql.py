"""GraphQL answers of the stand-in: one function for each query that Assay sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from scanner.demo.forge import (
    DeploymentRecord,
    ForgeData,
    IssueRecord,
    MilestoneRecord,
    PullRecord,
    ReleaseRecord,
    RepositoryRecord,
    TeamRecord,
)
from scanner.demo.rest import WEB, ZEROS, iso

Json = dict[str, object]
Variables = Mapping[str, object]
T = TypeVar("T")


def actor(login: str) -> Json | None:
    """An actor as GraphQL shows it: machines without their suffix, deleted accounts not at all."""
    if not login:
        return None
    bare = login.removesuffix("[bot]")
    return {"__typename": "Bot" if bare != login else "User", "login": bare}


def connection(
    records: Sequence[T],
    show: Callable[[T], Json],
    place: Callable[[T], str],
    variables: Variables,
    *,
    rising: bool = False,
) -> Json:
    """One page of ``records``, ordered by ``place``, latest first unless ``rising``.

    A cursor is the place of the page's last record, as it is with GitHub: what has moved since does not shift the next page.
    """
    after, size = variables.get("after"), variables.get("size")
    ordered = sorted(records, key=place, reverse=not rising)
    left = [r for r in ordered if not isinstance(after, str) or (place(r) > after if rising else place(r) < after)]
    page = left[: size if isinstance(size, int) else 100]
    return {
        "totalCount": len(records),
        "pageInfo": {"hasNextPage": len(page) < len(left), "endCursor": place(page[-1]) if page else None},
        "nodes": [show(record) for record in page],
    }


def _count(number: int) -> Json:
    return {"totalCount": number}


def _names(labels: tuple[str, ...]) -> Json:
    return {"nodes": [{"name": label} for label in labels]}


def pull(record: PullRecord) -> Json:
    """A pull request."""
    first = record.first_commit_at or record.created_at
    threads = record.threads or sum(review.comments for review in record.reviews)
    return {
        "number": record.number, "createdAt": iso(record.created_at), "updatedAt": iso(record.last_event),
        "mergedAt": iso(record.merged_at), "closedAt": iso(record.closed_at or record.merged_at),
        "isDraft": record.draft, "baseRefName": record.base, "headRefOid": record.head_commit, "body": record.body,
        "additions": record.additions, "deletions": record.deletions, "changedFiles": record.files,
        "author": actor(record.author), "mergedBy": actor(record.merged_by),
        "mergeCommit": {"oid": record.merge_commit, "parents": _count(record.merge_parents)} if record.merge_commit else None,
        "labels": _names(record.labels), "comments": _count(record.comments),
        "closingIssuesReferences": _count(record.linked_issues),
        "commits": {"totalCount": record.commits, "nodes": [{"commit": {"authoredDate": iso(first)}}]},
        "reviews": {
            "totalCount": len(record.reviews),
            "nodes": [
                {"state": r.state, "submittedAt": None if r.state == "PENDING" else iso(r.at), "author": actor(r.author)}
                for r in record.reviews[:20]
            ],
        },
        "reviewThreads": {
            "totalCount": threads,
            "nodes": [{"isResolved": n < record.threads_resolved} for n in range(min(threads, 50))],
        },
    }  # fmt: skip


def issue(record: IssueRecord) -> Json:
    """An issue."""
    return {
        "number": record.number, "createdAt": iso(record.created_at), "updatedAt": iso(record.last_event),
        "closedAt": iso(record.closed_at), "author": actor(record.author), "labels": _names(record.labels),
        "milestone": {"title": record.milestone} if record.milestone else None,
        "comments": {
            "totalCount": len(record.comments),
            "nodes": [{"createdAt": iso(c.at), "author": actor(c.author)} for c in record.comments[:20]],
        },
        "timelineItems": {"nodes": [{"__typename": "ReopenedEvent", "createdAt": iso(at)} for at in record.reopened_at[:10]]},
    }  # fmt: skip


def release(record: ReleaseRecord) -> Json:
    """A release."""
    return {
        "id": f"RE_{record.tag}", "tagName": record.tag, "createdAt": iso(record.at), "publishedAt": None if record.draft else iso(record.at),
        "isPrerelease": record.prerelease, "isDraft": record.draft, "description": record.notes or None,
        "releaseAssets": {"totalCount": record.assets, "nodes": [{"name": name} for name in record.asset_list[:50]]},
    }  # fmt: skip


def deployment(record: DeploymentRecord) -> Json:
    """A deployment with its statuses, newest first as GitHub sends them."""
    statuses = [{"state": state, "createdAt": iso(at)} for state, at in reversed(record.statuses)]
    return {
        "id": _deployment_id(record), "environment": record.environment, "createdAt": iso(record.at), "commitOid": record.commit,
        "statuses": {"totalCount": len(statuses), "nodes": statuses[:20]},
    }  # fmt: skip


def _deployment_id(record: DeploymentRecord) -> str:
    return f"DE_{record.environment}_{iso(record.at)}"


def milestone(number: int, record: MilestoneRecord) -> Json:
    """A milestone; all that belongs to it are issues."""
    return {
        "number": number, "title": record.title, "createdAt": iso(record.created_at), "updatedAt": iso(_touched(record)),
        "dueOn": iso(record.due_on), "closedAt": iso(record.closed_at),
        "openIssues": _count(record.open_issues), "closedIssues": _count(record.closed_issues),
        "openRequests": _count(0), "closedRequests": _count(0),
    }  # fmt: skip


def _touched(record: MilestoneRecord) -> datetime:
    return max(record.created_at, record.closed_at or record.created_at)


def _open_pulls(repo: RepositoryRecord) -> Json:
    return _count(sum(p.closed_at is None and p.merged_at is None for p in repo.pulls))


def _open_issues(repo: RepositoryRecord) -> Json:
    return _count(sum(i.closed_at is None for i in repo.issues))


def team(record: TeamRecord) -> Json:
    """A team with its sizes."""
    return {
        "name": record.name, "parentTeam": {"name": record.parent} if record.parent else None,
        "members": _count(len(record.members)), "repositories": _count(len(record.repositories)),
    }  # fmt: skip


def _pulls(repo: RepositoryRecord, variables: Variables) -> Json:
    page = connection(repo.pulls, pull, lambda p: f"{iso(p.last_event)} {p.number:09}", variables)
    return {"openPullRequests": _open_pulls(repo), "pullRequests": page}


def _issues(repo: RepositoryRecord, variables: Variables) -> Json:
    page = connection(repo.issues, issue, lambda i: f"{iso(i.last_event)} {i.number:09}", variables)
    return {"hasIssuesEnabled": repo.has_issues, "openIssues": _open_issues(repo), "issues": page}


def _releases(repo: RepositoryRecord, variables: Variables) -> Json:
    return {"releases": connection(repo.releases, release, lambda r: f"{iso(r.at)} {r.tag}", variables)}


def _deployments(repo: RepositoryRecord, variables: Variables) -> Json:
    page = connection(repo.deployments, deployment, lambda d: f"{iso(d.at)} {d.environment}", variables)
    return {"deployments": page}


def _milestones(repo: RepositoryRecord, variables: Variables) -> Json:
    numbered = tuple(enumerate(repo.milestones, 1))
    page = connection(numbered, lambda m: milestone(*m), lambda m: f"{iso(_touched(m[1]))} {m[0]:09}", variables)
    return {"milestones": page}


def _plans(repo: RepositoryRecord, variables: Variables) -> Json:
    parts = _releases(repo, variables) | _deployments(repo, variables) | _milestones(repo, variables)
    return {name: page for name, page in parts.items() if variables.get(name)}


def listed(owner: str, repo: RepositoryRecord, variables: Variables, *, projects: bool) -> Json:
    """A repository as the listing shows it: its record, with what is newest in its lists."""
    url = f"{WEB}/{owner}/{repo.name}"
    shown: Json = {
        "id": repo.node_id or f"R_{repo.name}", "nameWithOwner": f"{owner}/{repo.name}", "url": url,
        "sshUrl": repo.clone_url or f"git@github.example:{owner}/{repo.name}.git", "description": repo.description or None,
        "visibility": "PRIVATE" if repo.private else "PUBLIC", "isPrivate": repo.private, "isArchived": repo.archived,
        "isFork": repo.fork, "isTemplate": repo.template, "isEmpty": False, "createdAt": iso(repo.created_at),
        "pushedAt": iso(repo.pushed_at), "updatedAt": iso(repo.pushed_at), "diskUsage": repo.size_kb,
        "stargazerCount": repo.stars, "hasIssuesEnabled": repo.has_issues, "hasDiscussionsEnabled": repo.has_discussions,
        "hasProjectsEnabled": True, "mergeCommitAllowed": "merge" in repo.merge_methods,
        "squashMergeAllowed": "squash" in repo.merge_methods, "rebaseMergeAllowed": "rebase" in repo.merge_methods,
        "deleteBranchOnMerge": repo.deletes_merged_branches, "viewerCanAdminister": repo.admin,
        "licenseInfo": {"spdxId": repo.licence} if repo.licence else None,
        "repositoryTopics": {"nodes": [{"topic": {"name": topic}} for topic in repo.topics[:20]]},
        "defaultBranchRef": {"name": repo.default_branch, "target": {"__typename": "Commit", "oid": ZEROS}},
    }  # fmt: skip
    for part, fields in _newest(repo).items():
        if variables.get(part):
            shown |= fields
    if projects:
        shown |= {"openProjects": _count(repo.projects_open), "closedProjects": _count(repo.projects_closed)}
    return shown


def _newest(repo: RepositoryRecord) -> dict[str, Json]:
    """By the part of the listing: counts, and the newest entries of each list."""
    pulls = sorted((str(iso(p.last_event)) for p in repo.pulls), reverse=True)
    issues = sorted((str(iso(i.last_event)) for i in repo.issues), reverse=True)
    releases = sorted(repo.releases, key=lambda r: (r.at, r.tag), reverse=True)
    deployments = sorted(repo.deployments, key=lambda d: (d.at, d.environment), reverse=True)
    milestones = sorted(enumerate(repo.milestones, 1), key=lambda m: (_touched(m[1]), m[0]), reverse=True)
    return {
        "pullRequests": {
            "openPullRequests": _open_pulls(repo),
            "pullRequests": _some(len(pulls), [{"updatedAt": at} for at in pulls[:1]]),
        },
        "issues": {"openIssues": _open_issues(repo), "issues": _some(len(issues), [{"updatedAt": at} for at in issues[:1]])},
        "releases": {
            "releases": _some(
                len(releases),
                [{"id": f"RE_{r.tag}", "updatedAt": iso(r.at), "isDraft": r.draft} for r in releases[:3]],
            )
        },
        "deployments": {"deployments": _some(len(deployments), [_newest_deployment(d) for d in deployments[:5]])},
        "milestones": {
            "milestones": _some(len(milestones), [_newest_milestone(n, m) for n, m in milestones[:20]])
        },
        "discussions": {
            "discussions": _count(repo.discussions), "answeredDiscussions": _count(repo.discussions_answered),
        },
        "codeowners": {
            "codeowners": None if repo.codeowners_errors is None
            else {"errors": [{"kind": kind} for kind in repo.codeowners_errors]}
        },
        "rulesets": {"rulesets": _some(len(repo.protected_tags), [_tag_rule(tag) for tag in repo.protected_tags[:20]])},
    }  # fmt: skip


def _newest_deployment(record: DeploymentRecord) -> Json:
    state, at = record.statuses[-1] if record.statuses else ("", record.at)
    status = {"state": state, "createdAt": iso(at)} if state else None
    return {"id": _deployment_id(record), "updatedAt": iso(max(record.at, at)), "latestStatus": status}


def _newest_milestone(number: int, record: MilestoneRecord) -> Json:
    whole = record.open_issues + record.closed_issues
    progress = 100 * record.closed_issues / whole if whole else 0.0
    return {"id": f"MI_{number}", "updatedAt": iso(_touched(record)), "progressPercentage": progress}


def _tag_rule(pattern: str) -> Json:
    return {"enforcement": "ACTIVE", "conditions": {"refName": {"include": [f"refs/tags/{pattern}"], "exclude": []}}}


def _some(total: int, nodes: list[Json]) -> Json:
    return {"totalCount": total, "nodes": nodes}


def _associations(repo: RepositoryRecord, variables: Variables) -> Json:
    """Whose commits the merged pull requests hold; an account's address is its login at acme.dev."""
    size = variables.get("size")
    merged = sorted((p for p in repo.pulls if p.merged_at), key=lambda p: (p.last_event, p.number), reverse=True)
    shown = [
        {"email": f"{p.author}@acme.dev" if p.author else "gone@acme.dev", "user": {"login": p.author} if p.author else None}
        for p in merged[: size if isinstance(size, int) else 100]
    ]  # fmt: skip
    return {"pullRequests": {"nodes": [{"commits": {"nodes": [{"commit": {"author": a}}]}} for a in shown]}}


_OF_REPOSITORY: dict[str, Callable[[RepositoryRecord, Variables], Json]] = {
    "ChangeRequests": _pulls,
    "Issues": _issues,
    "Releases": _releases,
    "Deployments": _deployments,
    "Milestones": _milestones,
    "Plans": _plans,
    "Associations": _associations,
    "OpenIssues": lambda repo, _: {"openIssues": _open_issues(repo)},
}
"""By operation name: the ``repository`` object that answers the query."""


def _account(data: ForgeData, variables: Variables, *, projects: bool) -> Json:
    login = data.organisation.login
    if variables.get("login") != login:
        return {"repositoryOwner": None}
    page = connection(
        data.repositories,
        lambda repo: listed(login, repo, variables, projects=projects),
        lambda repo: repo.name,
        variables,
        rising=True,
    )
    return {"repositoryOwner": {"__typename": "Organization", "repositories": page}}


def _teams(data: ForgeData, variables: Variables) -> Json:
    organisation = data.organisation
    if variables.get("login") != organisation.login:
        return {"organization": None}
    bare = tuple(TeamRecord(name) for name in organisation.teams)
    page = connection((*organisation.team_records, *bare), team, lambda t: t.name, variables, rising=True)
    return {"organization": {"teams": page}}


OF_ACCOUNT: dict[str, Callable[[ForgeData, Variables], Json]] = {
    "Teams": _teams,
    "Listing": lambda data, variables: _account(data, variables, projects=True),
    "ListingWithoutProjects": lambda data, variables: _account(data, variables, projects=False),
}
"""By operation name: the whole ``data`` that answers a query about an account."""
_RECORDS = {"Repository": True, "RepositoryWithoutProjects": False}
ANSWERS = frozenset({*_OF_REPOSITORY, *OF_ACCOUNT, *_RECORDS})
"""The names of the queries that are answered."""
_CONNECTIONS: Mapping[str, tuple[int, int]] = {
    "Listing": (1, 13), "ListingWithoutProjects": (1, 11), "ChangeRequests": (2, 7), "Issues": (2, 3), "Releases": (1, 1),
    "Deployments": (1, 1), "Milestones": (1, 4), "Plans": (3, 6), "Associations": (1, 1), "Teams": (1, 2),
    "Repository": (13, 0), "RepositoryWithoutProjects": (11, 0),
}  # fmt: skip
"""By query: connections that are asked for once, and once for each entry of a page."""


def points(name: str, variables: Variables) -> int:
    """What GitHub's formula makes a query cost: requests for its connections ÷ 100, rounded, at least 1."""
    once, each = _CONNECTIONS.get(name, (1, 0))
    size = variables.get("size")
    return max(1, round((once + each * (size if isinstance(size, int) else 0)) / 100))


def rate_limit(cost: int, remaining: int, reset: datetime) -> Json:
    """What every answer says of itself and of the limit."""
    return {"cost": cost, "remaining": max(0, remaining), "resetAt": iso(reset)}


def answer(data: ForgeData, name: str, variables: Variables) -> Json | None:
    """The ``data`` of the query ``name``, None when there is no such repository or no such query."""
    if name in OF_ACCOUNT:
        return OF_ACCOUNT[name](data, variables)
    owner = str(variables.get("owner"))
    repo = data.repository(f"{owner}/{variables.get('name')}")
    if repo is None or name not in ANSWERS:
        return None
    if name in _RECORDS:
        return {"repository": listed(owner, repo, variables, projects=_RECORDS[name])}
    return {"repository": _OF_REPOSITORY[name](repo, variables)}
