from datetime import UTC, datetime, time, timedelta

import pytest

from collectors.gitlab.milestones import COLLECTOR, parse
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import Milestone, Milestones
from tests.builders import AS_OF
from tests.builders_gitlab import ago, asking, iso, node


def end_of(days: int) -> datetime:
    return datetime.combine(ago(days=days).date(), time(23, 59, 59), UTC)


def test_milestones_with_their_counts_latest_due_first() -> None:
    with asking() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert item.content == Milestones(
        AS_OF,
        (
            Milestone("v2", end_of(1), None, 3, 1),
            Milestone("v1", end_of(100), ago(days=90), 0, 12),
            Milestone("later", None, None, 0, 0),
        ),
    )
    assert "no closing time" in item.caveat


def test_a_milestone_met_on_its_day_is_not_late() -> None:
    stats = {"totalIssuesCount": 1, "closedIssuesCount": 1}
    at = ago(days=5)
    read = parse([node(title="v", dueDate=at.date().isoformat(), state="closed", createdAt=iso(days=9), updatedAt=iso(days=5), stats=stats)], AS_OF)  # fmt: skip
    due = read.milestones[0].due_on
    assert due is not None
    assert timedelta(0) <= due - at < timedelta(days=1)


def test_a_due_day_that_is_none_is_refused() -> None:
    stats = {"totalIssuesCount": 1, "closedIssuesCount": 1}
    with pytest.raises(Unreadable) as caught:
        parse([node(title="v", dueDate="soon", state="active", createdAt=iso(days=9), updatedAt=iso(days=5), stats=stats)], AS_OF)  # fmt: skip
    assert caught.value.hole.why is Why.UNPARSABLE
