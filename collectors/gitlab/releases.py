"""Published releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Release, Releases
from scanner.http.assets import provenances, signatures
from scanner.http.forge import ABSENT
from scanner.http.gitlab import REPORTER
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.shape import Node

WINDOW_DAYS = 365
MOST_PAGES = 5


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One request for each 100 releases of the window, at most five."""
    since = ask.as_of - timedelta(days=WINDOW_DAYS)
    read: list[Node] = []
    total, more = 0, False
    for page in ask.source.pages("/releases", REPORTER, MOST_PAGES, order_by="released_at", sort="desc"):
        read += page.items
        total, more = page.total or len(read), page.more
        if read and read[-1].moment("released_at") < since:
            more = False
            break
    yield found(
        parse(read, total, ask.as_of),
        ask.source.label("/releases"),
        caveat=f"the newest {len(read):,} of {total:,} only" if more else "",
    )


def parse(nodes: Iterable[Node], total: int, as_of: datetime) -> Releases:
    """Releases of the 365 days before ``as_of``; GitLab marks none as a preview, and its source archives are no assets."""
    since = as_of - timedelta(days=WINDOW_DAYS)
    releases = []
    for node in nodes:
        at = node.moment("released_at")
        if at > as_of:
            total -= 1
        elif at > since:
            notes = node.raw_text("description") if node.has("description") else ""
            links = node.node("assets").nodes("links") if node.has("assets") else ()
            named = [(link.text_or("name"), link.text_or("url")) for link in links]
            signed, proven = (sum(count(names) > 0 for names in named) for count in (signatures, provenances))
            releases.append(
                Release(
                    node.text("tag_name"),
                    at,
                    prerelease=False,
                    notes_words=len(notes.split()),
                    assets=len(links),
                    signed_assets=signed,
                    provenance_assets=proven,
                )
            )
    releases.sort(key=lambda r: (r.at, r.tag), reverse=True)
    return Releases(as_of, tuple(releases), max(total, 0))


COLLECTOR = Collector(
    name="gitlab-releases",
    version="2",
    source=GitlabProjectSource,
    provides=(Releases,),
    collect=collect,
    permissions=("read_api",),
    absent=ABSENT,
)
