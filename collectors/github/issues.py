"""Issues of the last year with their first response."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Issue, Issues
from scanner.http.forge import ABSENT
from scanner.http.github.graphql import Query
from scanner.http.github.permissions import ISSUES
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

WINDOW_DAYS = 365
MOST_PAGES = 10
COMMENTS_READ = 20

QUERY = Query(
    "Issues",
    """
    query Issues($owner: String!, $name: String!, $size: Int!, $after: String, $since: DateTime!) {
      repository(owner: $owner, name: $name) {
        hasIssuesEnabled
        open: issues(states: OPEN) { totalCount }
        issues(
          first: $size, after: $after, filterBy: {since: $since}, orderBy: {field: UPDATED_AT, direction: DESC}
        ) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes {
            number createdAt closedAt
            author { __typename login }
            labels(first: 20) { nodes { name } }
            milestone { title }
            comments(first: 20) { totalCount nodes { createdAt author { __typename login } } }
            timelineItems(itemTypes: [REOPENED_EVENT], first: 10) { nodes { ... on ReopenedEvent { createdAt } } }
          }
        }
      }
    }
    """,
    ISSUES,
)


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One query for each 100 issues updated in the window, at most ten."""
    source = ask.source
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    issues: dict[int, Issue] = {}
    open_total = total = unanswered = 0
    enabled, more = True, False
    for repository in source.connection(QUERY, "issues", MOST_PAGES, since=since.strftime("%Y-%m-%dT%H:%M:%SZ")):
        open_total = repository.node("open").number("totalCount")
        enabled = repository.flag("hasIssuesEnabled")
        page = repository.node("issues")
        total = page.number("totalCount")
        more = page.node("pageInfo").flag("hasNextPage")
        for node in page.nodes("nodes"):
            if node.moment("createdAt") > ask.as_of:
                continue
            issue = parse(node, source, ask.as_of)
            issues[issue.number] = issue
            unanswered += issue.first_response_at is None and issue.comments > COMMENTS_READ
    newest = tuple(sorted(issues.values(), key=lambda i: (i.created_at, i.number), reverse=True))
    said = [f"the {len(newest):,} most recently updated of {total:,} only"] if more else []
    if unanswered:
        said.append(f"{unanswered} without a response among their first {COMMENTS_READ} comments, later ones unread")
    yield found(
        Issues(ask.as_of, WINDOW_DAYS, newest, open_total, enabled),
        f"POST /graphql Issues({source.full_name})",
        caveat="; ".join(said),
    )


def parse(node: Node, source: GithubRepositorySource, as_of: datetime) -> Issue:
    """One issue as it stood at ``as_of``."""
    person, bot = source.who(node.node_or_none("author"))
    closed_at = node.moment_or_none("closedAt")
    labels = node.node_or_none("labels")
    milestone = node.node_or_none("milestone")
    reopened = node.node("timelineItems").nodes("nodes")
    return Issue(
        number=node.number("number"),
        person=person,
        bot=bot,
        created_at=node.moment("createdAt"),
        closed_at=closed_at if closed_at is not None and closed_at <= as_of else None,
        first_response_at=_first_response(node.node("comments"), source, person, as_of),
        labels=tuple(sorted(label.text("name") for label in labels.nodes("nodes"))) if labels else (),
        comments=node.node("comments").number("totalCount"),
        reopened=any(event.moment("createdAt") <= as_of for event in reopened),
        milestone=milestone.text("title") if milestone else "",
    )


def _first_response(comments: Node, source: GithubRepositorySource, author: str, as_of: datetime) -> datetime | None:
    """The first comment by a human other than ``author``."""
    moments = []
    for comment in comments.nodes("nodes"):
        person, bot = source.who(comment.node_or_none("author"))
        at = comment.moment("createdAt")
        if person != author and not bot and at <= as_of:
            moments.append(at)
    return min(moments, default=None)


COLLECTOR = Collector(
    name="github-issues",
    version="1",
    source=GithubRepositorySource,
    provides=(Issues,),
    collect=collect,
    permissions=("Issues: read",),
    absent=ABSENT,
)
