"""Milestones with due dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Milestone, Milestones
from scanner.http.forge import ABSENT
from scanner.http.github.plans import MILESTONES
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """The 500 milestones updated last at most; none is asked for again while nothing changes that they count."""
    listed = ask.source.series(MILESTONES, _EVER, lambda node: parse((node,), ask.as_of))
    caveats = [f"the {len(listed.nodes):,} of {listed.total:,} that were updated last only"] if listed.cut else []
    caveats += [listed.short] if listed.short else []
    yield found(
        parse(listed.nodes, ask.as_of),
        f"POST /graphql Milestones({ask.source.full_name})",
        caveat="; ".join(caveats),
    )


def parse(nodes: Iterable[Node], as_of: datetime) -> Milestones:
    """Milestones that existed at ``as_of``, latest due first, undated ones last; counts are today's."""
    milestones = []
    for node in nodes:
        closed_at = node.moment_or_none("closedAt")
        if node.moment("createdAt") > as_of:
            continue
        milestones.append(
            Milestone(
                title=node.text("title"),
                due_on=node.moment_or_none("dueOn"),
                closed_at=closed_at if closed_at is not None and closed_at <= as_of else None,
                open_issues=_count(node, "openIssues", "openRequests"),
                closed_issues=_count(node, "closedIssues", "closedRequests"),
            )
        )
    milestones.sort(key=lambda m: (m.due_on is None, -m.due_on.timestamp() if m.due_on else 0.0, m.title))
    return Milestones(as_of, tuple(milestones))


def _count(node: Node, *keys: str) -> int:
    """Issues and change requests together, as GitHub counts them in a milestone."""
    return sum(node.node(key).number("totalCount") for key in keys)


COLLECTOR = Collector(
    name="github-milestones",
    version="2",
    source=GithubRepositorySource,
    provides=(Milestones,),
    collect=collect,
    permissions=("Issues: read",),
    absent=ABSENT,
)
