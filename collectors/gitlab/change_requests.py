"""Merge requests of the last year with their approvals, comments and threads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from collectors.github.change_requests import words
from collectors.gitlab.conversation import (
    APPROVED,
    NOTES,
    NOTES_READ,
    REQUESTED_CHANGES,
    Conversation,
    kept_notes,
    kept_user,
    read_notes,
    until,
)
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import ChangeRequest, ChangeRequests, Review
from scanner.http.forge import ABSENT
from scanner.http.gitlab import REPORTER, GitlabQuery
from scanner.http.gitlab_lists import GitlabList
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.shape import Node

WINDOW_DAYS = 365
QUERY = GitlabQuery(
    "ChangeRequests",
    """
    query ChangeRequests($path: ID!, $iids: [String!]) {
      project(fullPath: $path) {
        mergeRequests(iids: $iids, first: 50) {
          nodes {
            iid commitCount resolvableDiscussionsCount resolvedDiscussionsCount
            diffStatsSummary { additions deletions fileCount }
            approvedBy { nodes { username } }
            commits(last: 1) { nodes { authoredDate } }
            %s
          }
        }
      }
    }
    """.replace("%s", NOTES),
    REPORTER,
)
_CLOSING = re.compile(
    r"\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?):? (?:issues? )?#(\d{1,9})",
    re.IGNORECASE,
)
"""The core of GitLab's own pattern (https://docs.gitlab.com/user/project/issues/managing_issues/)."""
_AS_IT_CAME = (
    "iid", "created_at", "updated_at", "merged_at", "closed_at", "target_branch", "sha", "merge_commit_sha",
    "squash_commit_sha", "draft", "labels", "user_notes_count",
)  # fmt: skip


def _kept(node: Node, detail: Node | None) -> dict[str, object]:
    """A merge request without its texts: of the description the number of words and of issues it closes."""
    whole = node.plain()
    body = node.raw_text("description") if node.has("description") else ""
    kept: dict[str, object] = {key: whole.get(key) for key in _AS_IT_CAME}
    merger = "merge_user" if node.has("merge_user") else "merged_by"
    kept |= {
        "author": kept_user(node, "author"), "merger": kept_user(node, merger), "words": words(body),
        "closes": len(set(_CLOSING.findall(body[:100_000]))), "detail": None,
    }  # fmt: skip
    if detail is not None and detail.has("diffStatsSummary"):
        told = detail.plain()
        kept["detail"] = {
            "commits": told.get("commitCount"), "threads": told.get("resolvableDiscussionsCount"),
            "resolved": told.get("resolvedDiscussionsCount"), "size": told.get("diffStatsSummary"),
            "approved": [kept_user(Node({"user": user.plain()}, user.where), "user") for user in detail.node("approvedBy").nodes("nodes")],
            "first": [commit.plain() for commit in detail.node("commits").nodes("nodes")] if detail.has("commits") else [],
            "notes": kept_notes(detail),
        }  # fmt: skip
    return kept


LIST = GitlabList("/merge_requests", "mergeRequests", QUERY, REPORTER, _kept)


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One request and two queries for each 100 merge requests updated in the window, at most 1,000; later only those updated since."""
    source, as_of = ask.source, ask.as_of
    branch = source.default_branch()
    read = source.series(LIST, as_of - timedelta(days=WINDOW_DAYS), lambda node: _whole(node, source, branch, as_of))
    nodes = [node for node in read.nodes if node.moment("created_at") <= as_of]
    told = [node for node in nodes if node.has("detail")]
    requests = [parse(node, source, branch, as_of) for node in told]
    newest = sorted(requests, key=lambda r: (r.created_at, r.number), reverse=True)
    said = [f"the {len(nodes):,} most recently updated only"] if read.cut else []
    if len(told) < len(nodes):
        said.append(f"{len(nodes) - len(told)} whose size GitLab does not tell are left out")
    if cut := sum(node.node("detail").node("notes").flag("cut") for node in told):
        said.append(f"{cut} with more than {NOTES_READ} notes: the first ones only")
    yield found(
        ChangeRequests(as_of, WINDOW_DAYS, tuple(newest), source.open_total("openMergeRequests")),
        source.label("/merge_requests"),
        caveat="; ".join(said),
    )


def _whole(node: Node, source: GitlabProjectSource, branch: str, as_of: datetime) -> None:
    if node.has("detail"):
        parse(node, source, branch, as_of)


def parse(node: Node, source: GitlabProjectSource, default_branch: str, as_of: datetime) -> ChangeRequest:
    """One kept merge request as it stood at ``as_of``. A fast-forward merge has no merge commit: its head stands for it.

    ``commits`` is 0 where GitLab does not count them (open requests of old versions).
    """
    detail = node.node("detail")
    person, bot = source.who(node.node_or_none("author"))
    merged_at = until(node.moment_or_none("merged_at"), as_of)
    merge_commit = node.text_or("merge_commit_sha")
    size = detail.node("size")
    first = detail.nodes("first")
    talk = read_notes(detail.node("notes"), source, as_of)
    latest = merged_at or until(node.moment("updated_at"), as_of) or as_of
    return ChangeRequest(
        number=node.number("iid"),
        person=person,
        bot=bot,
        created_at=node.moment("created_at"),
        merged_at=merged_at,
        closed_at=merged_at or until(node.moment_or_none("closed_at"), as_of),
        merged_by=source.who(node.node_or_none("merger"))[0] if merged_at else "",
        first_commit_at=first[0].moment_or_none("authoredDate") if first else None,
        additions=size.number("additions"),
        deletions=size.number("deletions"),
        files=size.number("fileCount"),
        commits=detail.number("commits") if detail.has("commits") else 0,
        comments=node.number("user_notes_count"),
        reviews=_reviews(detail, talk, source, person, latest),
        description_words=node.number("words"),
        linked_issues=node.number("closes"),
        labels=tuple(sorted(node.texts("labels"))),
        draft=node.flag_or_false("draft"),
        to_default=node.text("target_branch") == default_branch,
        head_commit=node.text_or("sha"),
        merge_commit=(merge_commit or node.text_or("squash_commit_sha") or node.text_or("sha")) if merged_at else "",
        merge_method=_method(merge_commit) if merged_at else "",
        threads=detail.number("threads") if detail.has("threads") else 0,
        threads_resolved=detail.number("resolved") if detail.has("resolved") else 0,
    )


def _method(merge_commit: str) -> Literal["merge", "one-commit"]:
    """Only a merge with two parents leaves a merge commit: squashed and fast-forwarded ones have none."""
    return "merge" if merge_commit else "one-commit"


def _reviews(
    detail: Node, talk: Conversation, source: GitlabProjectSource, author: str, latest: datetime
) -> tuple[Review, ...]:
    """Approvals, requests for changes, and each other person's comments as one review, in order of time.

    GitLab tells who approves now and notes when: an approval that no longer stands was dismissed, so were those
    before the last one up to ``latest`` (the merge, else the last update), since nobody approves twice. One whose
    note is not among those read is dated ``latest``.
    """
    standing = dict(source.who(user) for user in detail.nodes("approved"))
    given = [n for n in talk.activity if n.said == APPROVED]
    last = {n.person: n.at for n in given} | {n.person: n.at for n in given if n.at <= latest}
    out = [
        Review(n.person, n.bot, "approved" if n.person in standing and n.at >= last[n.person] else "dismissed", n.at, 0)
        for n in given
    ]
    out += [Review(who, bot, "approved", latest, 0) for who, bot in standing.items() if who not in last]
    out += [Review(n.person, n.bot, "changes_requested", n.at, 0) for n in talk.activity if n.said == REQUESTED_CHANGES]
    for who in sorted({n.person for n in talk.comments} - {author}):
        theirs = [n for n in talk.comments if n.person == who]
        out.append(Review(who, theirs[0].bot, "commented", theirs[0].at, len(theirs)))
    return tuple(sorted(out, key=lambda r: (r.at, r.person, r.state)))


COLLECTOR = Collector(
    name="gitlab-change-requests",
    version="2",
    source=GitlabProjectSource,
    provides=(ChangeRequests,),
    collect=collect,
    permissions=("read_api",),
    absent=ABSENT,
)
