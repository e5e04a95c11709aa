"""Projects and discussions: where work is planned and talked about on the forge."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import Planning
from scanner.http.forge import ABSENT
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

_COUNTS = (
    ("openProjects", "hasProjectsEnabled"),
    ("closedProjects", "hasProjectsEnabled"),
    ("discussions", "hasDiscussionsEnabled"),
    ("answeredDiscussions", "hasDiscussionsEnabled"),
)
"""Field of the count, and of the switch that says whether the repository offers such a thing."""


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """No request: the listing told it already, or nobody can."""
    listing = ask.source.listing()
    if listing is None:
        raise Unreadable(
            Why.UNSUPPORTED,
            "GitHub's listing of repositories told nothing of projects and discussions",
            "a token that may ask GraphQL",
        )
    hidden = sorted({switch for count, switch in _COUNTS if listing.flag(switch) and not listing.has(count)})
    names = {"hasProjectsEnabled": "projects", "hasDiscussionsEnabled": "discussions"}
    yield found(
        parse(listing),
        ask.source.listing_label(),
        caveat=f"not shown to this token: {', '.join(names[switch] for switch in hidden)}" if hidden else "",
    )


def parse(listing: Node) -> Planning:
    """The counts; None for what is switched off or not shown."""
    counts = [_count(listing, name) if listing.flag(switch) else None for name, switch in _COUNTS]
    return Planning(*counts)


def _count(listing: Node, name: str) -> int | None:
    connection = listing.node_or_none(name)
    return connection.number("totalCount") if connection else None


COLLECTOR = Collector(
    name="github-planning",
    version="1",
    source=GithubRepositorySource,
    provides=(Planning,),
    collect=collect,
    permissions=("Metadata: read", "Discussions: read", "Projects: read"),
    absent=ABSENT,
)
