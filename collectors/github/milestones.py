"""Milestones with due dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Milestone, Milestones
from scanner.http.forge import ABSENT
from scanner.http.github.permissions import ISSUES
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

MOST_PAGES = 5


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One request for each 100 milestones, at most five."""
    read: list[Node] = []
    more = False
    for page in ask.source.pages("/milestones", ISSUES, limit=MOST_PAGES, state="all", sort="due_on", direction="desc"):
        read += page.items
        more = page.more
    caveat = f"the {len(read)} with the latest due dates only" if more else ""
    yield found(parse(read, ask.as_of), ask.source.label("/milestones"), caveat=caveat)


def parse(nodes: Iterable[Node], as_of: datetime) -> Milestones:
    """Milestones that existed at ``as_of``, latest due first, undated ones last; counts are today's."""
    milestones = []
    for node in nodes:
        closed_at = node.moment_or_none("closed_at")
        if node.moment("created_at") > as_of:
            continue
        milestones.append(
            Milestone(
                title=node.text("title"),
                due_on=node.moment_or_none("due_on"),
                closed_at=closed_at if closed_at is not None and closed_at <= as_of else None,
                open_issues=node.number("open_issues"),
                closed_issues=node.number("closed_issues"),
            )
        )
    milestones.sort(key=lambda m: (m.due_on is None, -m.due_on.timestamp() if m.due_on else 0.0, m.title))
    return Milestones(as_of, tuple(milestones))


COLLECTOR = Collector(
    name="github-milestones",
    version="1",
    source=GithubRepositorySource,
    provides=(Milestones,),
    collect=collect,
    permissions=("Issues: read",),
    absent=ABSENT,
)
