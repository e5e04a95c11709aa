"""Merge requests of the last year with their approvals and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from collectors.github.change_requests import words
from collectors.gitlab.conversation import NOTES, NOTES_READ, Conversation, read_details, read_notes, until
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import ChangeRequest, ChangeRequests, Review
from scanner.http.forge import ABSENT
from scanner.http.gitlab import REPORTER, GitlabProjectSource, GitlabQuery
from scanner.http.shape import Node

WINDOW_DAYS = 365
MOST_PAGES = 3
"""Pages of 100: only what is read in depth is told, so the newest 300 merge requests."""

QUERY = GitlabQuery(
    "ChangeRequests",
    """
    query ChangeRequests($path: ID!, $iids: [String!]) {
      project(fullPath: $path) {
        mergeRequests(iids: $iids, first: 20) {
          nodes {
            iid commitCount
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


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One request for each 100 requests updated in the window, at most three, and one query for each twenty."""
    source, as_of = ask.source, ask.as_of
    rest = "/merge_requests"
    since = (as_of - timedelta(days=WINDOW_DAYS)).strftime("%Y-%m-%dT%H:%M:%SZ")
    branch = source.default_branch()
    listed: dict[int, Node] = {}
    more = False
    for page in source.pages(
        rest, REPORTER, MOST_PAGES, state="all", scope="all", order_by="updated_at", sort="desc", updated_after=since
    ):
        listed |= {node.number("iid"): node for node in page.items if node.moment("created_at") <= as_of}
        more = page.more
    details = read_details(source, QUERY, "mergeRequests", list(listed))
    whole = {iid: node for iid, node in details.items() if iid in listed and node.has("diffStatsSummary")}
    talks = {iid: read_notes(node, source, as_of) for iid, node in whole.items()}
    requests = [parse(listed[iid], node, talks[iid], source, branch, as_of) for iid, node in whole.items()]
    newest = sorted(requests, key=lambda r: (r.created_at, r.number), reverse=True)
    open_total = source.client.count(source.path(rest), REPORTER, state="opened", scope="all")
    said = [f"the {len(listed):,} most recently updated only"] if more else []
    if len(whole) < len(listed):
        said.append(f"{len(listed) - len(whole)} whose size GitLab does not tell are left out")
    if cut := sum(talk.cut for talk in talks.values()):
        said.append(f"{cut} with more than {NOTES_READ} notes: the first ones only")
    yield found(
        ChangeRequests(as_of, WINDOW_DAYS, tuple(newest), open_total), source.label(rest), caveat="; ".join(said)
    )


def parse(
    node: Node, detail: Node, talk: Conversation, source: GitlabProjectSource, default_branch: str, as_of: datetime
) -> ChangeRequest:
    """One merge request as it stood at ``as_of``. A fast-forward merge has no merge commit: its head stands for it.

    ``commits`` is 0 where GitLab does not count them (open requests of old versions).
    """
    person, bot = source.who(node.node_or_none("author"))
    merged_at = until(node.moment_or_none("merged_at"), as_of)
    merger = node.node_or_none("merge_user") or node.node_or_none("merged_by")
    head = node.text_or("sha")
    size = detail.node("diffStatsSummary")
    first = detail.node("commits").nodes("nodes") if detail.has("commits") else ()
    body = node.raw_text("description") if node.has("description") else ""
    merge_commit = node.text_or("merge_commit_sha") or node.text_or("squash_commit_sha") or head
    return ChangeRequest(
        number=node.number("iid"),
        person=person,
        bot=bot,
        created_at=node.moment("created_at"),
        merged_at=merged_at,
        closed_at=merged_at or until(node.moment_or_none("closed_at"), as_of),
        merged_by=source.who(merger)[0] if merged_at else "",
        first_commit_at=first[0].moment_or_none("authoredDate") if first else None,
        additions=size.number("additions"),
        deletions=size.number("deletions"),
        files=size.number("fileCount"),
        commits=detail.number("commitCount") if detail.has("commitCount") else 0,
        comments=node.number("user_notes_count"),
        reviews=_reviews(detail, talk, source, person, merged_at or until(node.moment("updated_at"), as_of) or as_of),
        description_words=words(body),
        linked_issues=len(set(_CLOSING.findall(body[:100_000]))),
        labels=tuple(sorted(node.texts("labels"))),
        draft=node.flag_or_false("draft"),
        to_default=node.text("target_branch") == default_branch,
        head_commit=head,
        merge_commit=merge_commit if merged_at else "",
    )


def _reviews(
    detail: Node, talk: Conversation, source: GitlabProjectSource, author: str, latest: datetime
) -> tuple[Review, ...]:
    """Approvals, requests for changes, and each other person's comments as one review, in order of time.

    GitLab tells who approves now and notes when; an approval that no longer stands was dismissed, and
    one whose note is not among those read is dated ``latest``.
    """
    standing = dict(source.who(user) for user in detail.node("approvedBy").nodes("nodes"))
    approved = {n.person: n for n in talk.activity if n.said == "approved this merge request"}
    out = [
        Review(n.person, n.bot, "approved" if n.person in standing else "dismissed", n.at, 0) for n in approved.values()
    ]
    out += [Review(who, bot, "approved", latest, 0) for who, bot in standing.items() if who not in approved]
    out += [
        Review(n.person, n.bot, "changes_requested", n.at, 0) for n in talk.activity if n.said == "requested changes"
    ]
    for who in sorted({n.person for n in talk.comments} - {author}):
        theirs = [n for n in talk.comments if n.person == who]
        out.append(Review(who, theirs[0].bot, "commented", theirs[0].at, len(theirs)))
    return tuple(sorted(out, key=lambda r: (r.at, r.person, r.state)))


COLLECTOR = Collector(
    name="gitlab-change-requests",
    version="1",
    source=GitlabProjectSource,
    provides=(ChangeRequests,),
    collect=collect,
    permissions=("read_api",),
    absent=ABSENT,
)
