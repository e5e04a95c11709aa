"""Issues of the last year with their first response."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Issue, Issues
from scanner.http.forge import ABSENT
from scanner.http.github.graphql import Query
from scanner.http.github.permissions import ISSUES
from scanner.http.github.series import Series, open_total
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

WINDOW_DAYS = 365
MOST = 1000
COMMENTS_READ = 20

QUERY = Query(
    "Issues",
    """
    query Issues($owner: String!, $name: String!, $size: Int!, $after: String) {
      repository(owner: $owner, name: $name) {
        hasIssuesEnabled
        openIssues: issues(states: OPEN) { totalCount }
        issues(first: $size, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes {
            number createdAt updatedAt closedAt
            author { __typename login }
            labels(first: 20) { nodes { name } }
            milestone { title }
            comments(first: 20) { totalCount nodes { createdAt author { __typename login } } }
            timelineItems(itemTypes: [REOPENED_EVENT], first: 10) {
              nodes { __typename ... on ReopenedEvent { createdAt } }
            }
          }
        }
      }
    }
    """,
    ISSUES,
)
"""For 100 issues 3 points by GitHub's formula: (2 + 100 × 3) ÷ 100."""
SERIES = Series(QUERY, "issues", "updatedAt", "number", rises=True, most=MOST)


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One query for each 100 issues updated in the window, at most ten; later only those updated since."""
    source = ask.source
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    listed = source.series(SERIES, since, lambda node: parse(node, source, ask.as_of))
    issues = [parse(node, source, ask.as_of) for node in listed.nodes if node.moment("createdAt") <= ask.as_of]
    newest = tuple(sorted(issues, key=lambda i: (i.created_at, i.number), reverse=True))
    said = [f"the {len(newest):,} most recently updated only"] if listed.cut else []
    said += [listed.short] if listed.short else []
    unanswered = sum(i.first_response_at is None and i.comments > COMMENTS_READ for i in newest)
    if unanswered:
        said.append(f"{unanswered} without a response among their first {COMMENTS_READ} comments, later ones unread")
    enabled = listed.about is not None and listed.about.flag("hasIssuesEnabled")
    yield found(
        Issues(ask.as_of, WINDOW_DAYS, newest, open_total(listed.about, "openIssues"), enabled),
        f"POST /graphql Issues({source.full_name})",
        caveat="; ".join(said),
    )


def parse(node: Node, source: GithubRepositorySource, as_of: datetime) -> Issue:
    """One issue as it stood at ``as_of``."""
    person, bot = source.who(node.node_or_none("author"))
    closed_at = node.moment_or_none("closedAt")
    labels = node.node_or_none("labels")
    milestone = node.node_or_none("milestone")
    reopened = [event.moment("createdAt") for event in node.node("timelineItems").nodes("nodes")]
    times = sum(at <= as_of for at in reopened)
    return Issue(
        number=node.number("number"),
        person=person,
        bot=bot,
        created_at=node.moment("createdAt"),
        closed_at=closed_at if closed_at is not None and closed_at <= as_of else None,
        first_response_at=_first_response(node.node("comments"), source, person, as_of),
        labels=tuple(sorted(label.text("name") for label in labels.nodes("nodes"))) if labels else (),
        comments=node.node("comments").number("totalCount"),
        reopened=times > 0,
        milestone=milestone.text("title") if milestone else "",
        reopened_times=times,
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
    version="2",
    source=GithubRepositorySource,
    provides=(Issues,),
    collect=collect,
    permissions=("Issues: read",),
    absent=ABSENT,
)
