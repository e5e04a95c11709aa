"""Published releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Release, Releases
from scanner.http.forge import ABSENT
from scanner.http.github.graphql import Query
from scanner.http.github.permissions import CONTENTS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

WINDOW_DAYS = 365
MOST_PAGES = 5

QUERY = Query(
    "Releases",
    """
    query Releases($owner: String!, $name: String!, $size: Int!, $after: String) {
      repository(owner: $owner, name: $name) {
        releases(first: $size, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { tagName createdAt publishedAt isPrerelease isDraft description releaseAssets { totalCount } }
        }
      }
    }
    """,
    CONTENTS,
)


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One query for each 100 releases of the window, at most five."""
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    read: list[Node] = []
    total, more = 0, False
    for repository in ask.source.connection(QUERY, "releases", MOST_PAGES):
        page = repository.node("releases")
        read += page.nodes("nodes")
        total = page.number("totalCount")
        more = page.node("pageInfo").flag("hasNextPage")
        if read and read[-1].moment("createdAt") < since:
            more = False
            break
    yield found(
        parse(read, total, ask.as_of),
        f"POST /graphql Releases({ask.source.full_name})",
        caveat=f"the newest {len(read):,} of {total:,} only" if more else "",
    )


def parse(nodes: Iterable[Node], total: int, as_of: datetime) -> Releases:
    """Releases published in the 365 days before ``as_of``; drafts are none. ``total`` leaves out drafts and later ones seen."""
    since = as_of - timedelta(days=WINDOW_DAYS)
    releases = []
    for node in nodes:
        at = node.moment_or_none("publishedAt")
        if node.flag("isDraft") or at is None or at > as_of:
            total -= 1
            continue
        if at > since:
            releases.append(
                Release(
                    tag=node.text("tagName"),
                    at=at,
                    prerelease=node.flag("isPrerelease"),
                    notes_words=len(node.raw_text("description").split()) if node.has("description") else 0,
                    assets=node.node("releaseAssets").number("totalCount"),
                )
            )
    releases.sort(key=lambda r: (r.at, r.tag), reverse=True)
    return Releases(as_of, tuple(releases), max(total, 0))


COLLECTOR = Collector(
    name="github-releases",
    version="1",
    source=GithubRepositorySource,
    provides=(Releases,),
    collect=collect,
    permissions=("Contents: read",),
    absent=ABSENT,
)
