from datetime import timedelta

from collectors.github.milestones import parse
from scanner.facts.forge import Milestone, Milestones
from tests.builders import AS_OF
from tests.builders_github import ago, node

OLD = "2020-01-01T00:00:00Z"


def test_latest_due_first_undated_last_and_nothing_from_the_future() -> None:
    later = (AS_OF + timedelta(days=1)).isoformat()
    rows = [
        node(title="undated", created_at=OLD, open_issues=1, closed_issues=0),
        node(title="old", created_at=OLD, due_on="2026-06-20T00:00:00Z", closed_at="2026-06-25T00:00:00Z", open_issues=0, closed_issues=4),
        node(title="closed tomorrow", created_at=OLD, due_on="2026-06-29T00:00:00Z", closed_at=later, open_issues=2, closed_issues=2),
        node(title="made tomorrow", created_at=later, due_on=None, closed_at=None, open_issues=0, closed_issues=0),
    ]  # fmt: skip
    assert parse(rows, AS_OF) == Milestones(
        AS_OF,
        (
            Milestone("closed tomorrow", ago(days=1), None, 2, 2),
            Milestone("old", ago(days=10), ago(days=5), 0, 4),
            Milestone("undated", None, None, 1, 0),
        ),
    )
