"""The project's milestones with due dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from collectors.gitlab.conversation import until
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import Milestone, Milestones
from scanner.http.forge import ABSENT
from scanner.http.gitlab import VISITOR, GitlabQuery
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.shape import Node

QUERY = GitlabQuery(
    "Milestones",
    """
    query Milestones($path: ID!) {
      project(fullPath: $path) {
        milestones(first: 100, sort: DUE_DATE_DESC) {
          pageInfo { hasNextPage }
          nodes { title dueDate state createdAt updatedAt stats { totalIssuesCount closedIssuesCount } }
        }
      }
    }
    """,
    VISITOR,
)


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One query; milestones of the groups above are not the project's own."""
    project = ask.source.query(QUERY)
    listed = project.node_or_none("milestones")
    if listed is None:
        raise Unreadable(Why.AMBIGUOUS_404, f"{project.where}: no milestones", QUERY.right.closes)
    fact = parse(listed.nodes("nodes"), ask.as_of)
    said = [f"the {len(fact.milestones)} with the latest due dates only"] if listed.node("pageInfo").flag("hasNextPage") else []  # fmt: skip
    if any(milestone.closed_at for milestone in fact.milestones):
        said.append("GitLab keeps no closing time: the last change of a closed milestone stands for it")
    yield found(fact, f"POST /api/graphql Milestones({ask.source.full_name})", caveat="; ".join(said))


def parse(nodes: Iterable[Node], as_of: datetime) -> Milestones:
    """Milestones that existed at ``as_of``, latest due first, undated ones last; due at the end of the day (UTC)."""
    milestones = []
    for node in nodes:
        if node.moment("createdAt") > as_of:
            continue
        stats = node.node("stats")
        closed = stats.number("closedIssuesCount")
        milestones.append(
            Milestone(
                title=node.text("title"),
                due_on=_due(node),
                closed_at=until(node.moment("updatedAt"), as_of) if node.text("state") == "closed" else None,
                open_issues=max(stats.number("totalIssuesCount") - closed, 0),
                closed_issues=closed,
            )
        )
    milestones.sort(key=lambda m: (m.due_on is None, -m.due_on.timestamp() if m.due_on else 0.0, m.title))
    return Milestones(as_of, tuple(milestones))


def _due(node: Node) -> datetime | None:
    """GitLab writes the due day with or without a time of day."""
    text = node.text_or("dueDate")
    try:
        return datetime.combine(date.fromisoformat(text[:10]), time(23, 59, 59), UTC) if text else None
    except ValueError:
        raise Unreadable(Why.UNPARSABLE, f"{node.where}: dueDate is not a day") from None


COLLECTOR = Collector(
    name="gitlab-milestones",
    version="1",
    source=GitlabProjectSource,
    provides=(Milestones,),
    collect=collect,
    permissions=("read_api",),
    absent=ABSENT,
)
