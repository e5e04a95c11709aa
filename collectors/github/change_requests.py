"""Pull requests of the last year with their reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.text import clean
from scanner.facts.forge import ChangeRequest, ChangeRequests, Review
from scanner.http.forge import ABSENT
from scanner.http.github.graphql import Query
from scanner.http.github.permissions import PULL_REQUESTS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

WINDOW_DAYS = 365
MOST_PAGES = 10
"""Pages of 100: the newest 1,000 change requests."""

QUERY = Query(
    "ChangeRequests",
    """
    query ChangeRequests($owner: String!, $name: String!, $size: Int!, $after: String) {
      repository(owner: $owner, name: $name) {
        open: pullRequests(states: OPEN) { totalCount }
        pullRequests(first: $size, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes {
            number createdAt updatedAt mergedAt closedAt isDraft baseRefName headRefOid body
            additions deletions changedFiles
            author { __typename login }
            mergedBy { __typename login }
            mergeCommit { oid }
            labels(first: 20) { nodes { name } }
            comments { totalCount }
            closingIssuesReferences { totalCount }
            commits(first: 1) { totalCount nodes { commit { authoredDate } } }
            reviews(first: 20) {
              totalCount
              nodes { state submittedAt author { __typename login } comments { totalCount } }
            }
          }
        }
      }
    }
    """,
    PULL_REQUESTS,
)
State = Literal["approved", "changes_requested", "commented", "dismissed"]
_STATES: dict[str, State] = {
    "APPROVED": "approved",
    "CHANGES_REQUESTED": "changes_requested",
    "COMMENTED": "commented",
    "DISMISSED": "dismissed",
}


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One query for each 100 requests updated in the window, at most ten."""
    source = ask.source
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    default_branch = source.record().text("default_branch")
    requests: dict[int, ChangeRequest] = {}
    open_total = cut_reviews = 0
    more = False
    for repository in source.connection(QUERY, "pullRequests", MOST_PAGES):
        open_total = repository.node("open").number("totalCount")
        page = repository.node("pullRequests")
        more = page.node("pageInfo").flag("hasNextPage")
        for node in page.nodes("nodes"):
            if node.moment("updatedAt") < since:
                more = False
                break
            if node.moment("createdAt") <= ask.as_of:
                requests[node.number("number")] = parse(node, source, default_branch, ask.as_of)
                cut_reviews += node.node("reviews").number("totalCount") > 20
        else:
            continue
        break
    newest = sorted(requests.values(), key=lambda r: (r.created_at, r.number), reverse=True)
    yield found(
        ChangeRequests(ask.as_of, WINDOW_DAYS, tuple(newest), open_total),
        f"POST /graphql ChangeRequests({source.full_name})",
        caveat=_caveat(len(newest), cut_reviews, more=more),
    )


def _caveat(read: int, cut_reviews: int, *, more: bool) -> str:
    said = [f"the {read:,} most recently updated only"] if more else []
    if cut_reviews:
        said.append(f"{cut_reviews} with more than 20 reviews: the first 20 only")
    return "; ".join(said)


def parse(node: Node, source: GithubRepositorySource, default_branch: str, as_of: datetime) -> ChangeRequest:
    """One change request as it stood at ``as_of``: what happened later is left out."""
    person, bot = source.who(node.node_or_none("author"))
    merged_at = _until(node.moment_or_none("mergedAt"), as_of)
    merge_commit = node.node_or_none("mergeCommit")
    commits = node.node("commits")
    first = commits.nodes("nodes")
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
        reviews=_reviews(node.node("reviews"), source, as_of),
        description_words=words(node.raw_text("body")),
        linked_issues=_linked(node),
        labels=_labels(node),
        draft=node.flag("isDraft"),
        to_default=node.text("baseRefName") == default_branch,
        head_commit=node.text("headRefOid"),
        merge_commit=merge_commit.text("oid") if merge_commit and merged_at else "",
    )


def _until(moment: datetime | None, as_of: datetime) -> datetime | None:
    return moment if moment is not None and moment <= as_of else None


def _linked(node: Node) -> int:
    linked = node.node_or_none("closingIssuesReferences")
    return linked.number("totalCount") if linked else 0


def _labels(node: Node) -> tuple[str, ...]:
    labels = node.node_or_none("labels")
    return tuple(sorted(label.text("name") for label in labels.nodes("nodes"))) if labels else ()


def _reviews(reviews: Node, source: GithubRepositorySource, as_of: datetime) -> tuple[Review, ...]:
    """Submitted reviews up to ``as_of``, in order of time."""
    out = []
    for node in reviews.nodes("nodes"):
        state, at = _STATES.get(node.text("state")), node.moment_or_none("submittedAt")
        if state is None or at is None or at > as_of:
            continue
        person, bot = source.who(node.node_or_none("author"))
        out.append(Review(person, bot, state, at, node.node("comments").number("totalCount")))
    return tuple(sorted(out, key=lambda r: (r.at, r.person)))


def words(body: str) -> int:
    """Words of a description without HTML comments, which are what templates leave behind."""
    visible = []
    for index, part in enumerate(body[:100_000].split("<!--")):
        visible.append(part if index == 0 else part.partition("-->")[2])
    return len(clean(" ".join(visible), 100_000).split())


COLLECTOR = Collector(
    name="github-change-requests",
    version="1",
    source=GithubRepositorySource,
    provides=(ChangeRequests,),
    collect=collect,
    permissions=("Pull requests: read",),
    absent=ABSENT,
)
