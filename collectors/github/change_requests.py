"""Pull requests of the last year with their reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.text import clean
from scanner.facts.forge import ChangeRequest, ChangeRequests, Review
from scanner.http.forge import ABSENT
from scanner.http.github.graphql import Query
from scanner.http.github.permissions import PULL_REQUESTS
from scanner.http.github.series import Series, open_total
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

WINDOW_DAYS = 365
MOST = 1000
REVIEWS_READ = 20
THREADS_READ = 50

QUERY = Query(
    "ChangeRequests",
    """
    query ChangeRequests($owner: String!, $name: String!, $size: Int!, $after: String) {
      repository(owner: $owner, name: $name) {
        openPullRequests: pullRequests(states: OPEN) { totalCount }
        pullRequests(first: $size, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes {
            number createdAt updatedAt mergedAt closedAt isDraft baseRefName headRefOid body
            additions deletions changedFiles
            author { __typename login }
            mergedBy { __typename login }
            mergeCommit { oid parents { totalCount } }
            labels(first: 20) { nodes { name } }
            comments { totalCount }
            closingIssuesReferences { totalCount }
            commits(first: 1) { totalCount nodes { commit { authoredDate } } }
            reviews(first: 20) { totalCount nodes { state submittedAt author { __typename login } } }
            reviewThreads(first: 50) { totalCount nodes { isResolved } }
          }
        }
      }
    }
    """,
    PULL_REQUESTS,
)
"""For 100 requests 7 points by GitHub's formula, (2 + 100 × 7) ÷ 100; the comments of each review would make it 27."""
State = Literal["approved", "changes_requested", "commented", "dismissed"]
_STATES: dict[str, State] = {
    "APPROVED": "approved",
    "CHANGES_REQUESTED": "changes_requested",
    "COMMENTED": "commented",
    "DISMISSED": "dismissed",
}


def _kept(node: Node) -> dict[str, object]:
    """A request with the number of its description's words in place of the description."""
    kept = node.plain()
    kept["descriptionWords"] = words(node.raw_text("body"))
    kept.pop("body", None)
    return kept


SERIES = Series(QUERY, "pullRequests", "updatedAt", "number", rises=True, most=MOST, keep=_kept)


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One query for each 100 requests updated in the window, at most ten; later only those updated since."""
    source = ask.source
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    branch = source.default_branch()
    listed = source.series(SERIES, since, lambda node: parse(node, source, branch, ask.as_of))
    nodes = [node for node in listed.nodes if node.moment("createdAt") <= ask.as_of]
    requests = [parse(node, source, branch, ask.as_of) for node in nodes]
    newest = sorted(requests, key=lambda r: (r.created_at, r.number), reverse=True)
    yield found(
        ChangeRequests(ask.as_of, WINDOW_DAYS, tuple(newest), open_total(listed.about, "openPullRequests")),
        f"POST /graphql ChangeRequests({source.full_name})",
        caveat="; ".join(filter(None, (listed.short, _caveat(nodes, cut=listed.cut)))),
    )


def _caveat(nodes: Sequence[Node], *, cut: bool) -> str:
    said = [f"the {len(nodes):,} most recently updated only"] if cut else []
    reviews = sum(_length(node, "reviews") > REVIEWS_READ for node in nodes)
    if reviews:
        said.append(f"{reviews} with more than {REVIEWS_READ} reviews: the first {REVIEWS_READ} only")
    threads = sum(_length(node, "reviewThreads") > THREADS_READ for node in nodes)
    if threads:
        said.append(f"{threads} with more than {THREADS_READ} review threads: the first {THREADS_READ} only")
    unnamed = sorted(
        {state for node in nodes for state in _states(node) if state not in _STATES and state != "PENDING"}
    )
    if unnamed:
        said.append(f"reviews in a state that is not known here are left out: {', '.join(unnamed)}"[:200])
    return "; ".join(said)


def _length(node: Node, field: str) -> int:
    listed = node.node_or_none(field)
    return listed.number("totalCount") if listed else 0


def _states(node: Node) -> Iterator[str]:
    reviews = node.node_or_none("reviews")
    yield from (review.text("state", 30) for review in (reviews.nodes("nodes") if reviews else ()))


def parse(node: Node, source: GithubRepositorySource, default_branch: str, as_of: datetime) -> ChangeRequest:
    """One change request as it stood at ``as_of``: what happened later is left out."""
    person, bot = source.who(node.node_or_none("author"))
    merged_at = _until(node.moment_or_none("mergedAt"), as_of)
    merge_commit = node.node_or_none("mergeCommit")
    commits = node.node("commits")
    first = commits.nodes("nodes")
    threads = node.node_or_none("reviewThreads")
    resolved = [thread.flag("isResolved") for thread in threads.nodes("nodes")] if threads else []
    return ChangeRequest(
        number=node.number("number"),
        person=person,
        bot=bot,
        created_at=node.moment("createdAt"),
        merged_at=merged_at,
        closed_at=_until(node.moment_or_none("closedAt"), as_of),
        merged_by=source.who(node.node_or_none("mergedBy"))[0] if merged_at else "",
        first_commit_at=first[0].node("commit").moment("authoredDate") if first else None,
        additions=node.number("additions"),
        deletions=node.number("deletions"),
        files=node.number("changedFiles"),
        commits=commits.number("totalCount"),
        comments=node.node("comments").number("totalCount"),
        reviews=_reviews(node, source, person, as_of),
        description_words=node.number("descriptionWords"),
        linked_issues=_length(node, "closingIssuesReferences"),
        labels=_labels(node),
        draft=node.flag("isDraft"),
        to_default=node.text("baseRefName") == default_branch,
        head_commit=node.text("headRefOid"),
        merge_commit=merge_commit.text("oid") if merge_commit and merged_at else "",
        merge_method=_method(merge_commit) if merge_commit and merged_at else "",
        threads=len(resolved),
        threads_resolved=sum(resolved),
    )


def _method(merge_commit: Node) -> Literal["merge", "one-commit"]:
    return "merge" if merge_commit.node("parents").number("totalCount") > 1 else "one-commit"


def _until(moment: datetime | None, as_of: datetime) -> datetime | None:
    return moment if moment is not None and moment <= as_of else None


def _labels(node: Node) -> tuple[str, ...]:
    labels = node.node_or_none("labels")
    return tuple(sorted(label.text("name") for label in labels.nodes("nodes"))) if labels else ()


def _reviews(node: Node, source: GithubRepositorySource, author: str, as_of: datetime) -> tuple[Review, ...]:
    """Submitted reviews up to ``as_of``, in order of time.

    GitHub tells the review threads of a request, but the comments of each review only at thrice the cost: all
    threads stand with the first review by somebody else than the author, whoever opened them.
    """
    reviews = node.node_or_none("reviews")
    out = []
    for review in reviews.nodes("nodes") if reviews else ():
        state, at = _STATES.get(review.text("state")), review.moment_or_none("submittedAt")
        if state is not None and at is not None and at <= as_of:
            person, bot = source.who(review.node_or_none("author"))
            out.append(Review(person, bot, state, at, 0))
    out.sort(key=lambda r: (r.at, r.person, r.state))
    first = next((i for i, review in enumerate(out) if review.person != author), None)
    if first is not None:
        out[first] = replace(out[first], comments=_length(node, "reviewThreads"))
    return tuple(out)


def words(body: str) -> int:
    """Words of a description without HTML comments, which are what templates leave behind."""
    visible = []
    for index, part in enumerate(body[:100_000].split("<!--")):
        visible.append(part if index == 0 else part.partition("-->")[2])
    return len(clean(" ".join(visible), 100_000).split())


COLLECTOR = Collector(
    name="github-change-requests",
    version="2",
    source=GithubRepositorySource,
    provides=(ChangeRequests,),
    collect=collect,
    permissions=("Pull requests: read",),
    absent=ABSENT,
)
