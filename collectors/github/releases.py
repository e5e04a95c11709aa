"""Published releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Release, Releases
from scanner.http.forge import ABSENT
from scanner.http.github.plans import RELEASES
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

WINDOW_DAYS = 365
_DRAFT_DAYS = 90
"""Releases are listed by when they were made: a draft may have waited that long to be published."""


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """The newest 500 releases at most; none is asked for again while the listing shows no change."""
    since = ask.as_of - timedelta(days=WINDOW_DAYS + _DRAFT_DAYS)
    listed = ask.source.series(RELEASES, since, lambda node: parse((node,), 1, ask.as_of))
    caveats = [f"the newest {len(listed.nodes):,} of {listed.total:,} only"] if listed.cut else []
    caveats += [listed.short] if listed.short else []
    yield found(
        parse(listed.nodes, listed.total, ask.as_of),
        f"POST /graphql Releases({ask.source.full_name})",
        caveat="; ".join(caveats),
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
            assets = node.node("releaseAssets")
            releases.append(
                Release(
                    tag=node.text("tagName"),
                    at=at,
                    prerelease=node.flag("isPrerelease"),
                    notes_words=node.number("notesWords"),
                    assets=assets.number("totalCount"),
                    signed_assets=_told(node, "signatures"),
                    provenance_assets=_told(node, "provenances"),
                )
            )
    releases.sort(key=lambda r: (r.at, r.tag), reverse=True)
    return Releases(as_of, tuple(releases), max(total, 0))


def _told(node: Node, count: str) -> int | None:
    """How many files are of the kind ``count``; None when there are none among the names read, which are not all."""
    assets, found = node.node("releaseAssets"), node.number(count)
    return found if found or assets.number("named") >= assets.number("totalCount") else None


COLLECTOR = Collector(
    name="github-releases",
    version="3",
    source=GithubRepositorySource,
    provides=(Releases,),
    collect=collect,
    permissions=("Contents: read",),
    absent=ABSENT,
)
