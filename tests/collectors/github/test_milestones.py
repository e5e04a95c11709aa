from datetime import timedelta

from collectors.github.milestones import COLLECTOR, parse
from scanner.demo.forge import MilestoneRecord
from scanner.facts.forge import Milestone, Milestones
from tests.builders import AS_OF
from tests.builders_github import ago, collected, data, node

OLD = "2020-01-01T00:00:00Z"


def row(title: str, counts: tuple[int, int, int, int], **more: object) -> object:
    """A milestone as GitHub shows it; counts of open and closed issues, open and closed requests."""
    names = ("openIssues", "closedIssues", "openRequests", "closedRequests")
    told = {name: {"totalCount": count} for name, count in zip(names, counts, strict=True)}
    return node(**{"title": title, "createdAt": OLD, "dueOn": None, "closedAt": None} | told | more)


def test_latest_due_first_undated_last_and_nothing_from_the_future() -> None:
    later = (AS_OF + timedelta(days=1)).isoformat()
    rows = [
        row("undated", (1, 0, 0, 0)),
        row("old", (0, 3, 0, 1), dueOn="2026-06-20T00:00:00Z", closedAt="2026-06-25T00:00:00Z"),
        row("closed tomorrow", (1, 2, 1, 0), dueOn="2026-06-29T00:00:00Z", closedAt=later),
        row("made tomorrow", (0, 0, 0, 0), createdAt=later),
    ]
    assert parse(rows, AS_OF) == Milestones(
        AS_OF,
        (
            Milestone("closed tomorrow", ago(days=1), None, 2, 2),
            Milestone("old", ago(days=10), ago(days=5), 0, 4),
            Milestone("undated", None, None, 1, 0),
        ),
    )


def test_milestones_are_read_through_one_query_and_a_cut_is_told() -> None:
    found = collected(COLLECTOR)["Milestones"]
    assert isinstance(found.content, Milestones)
    assert [m.title for m in found.content.milestones] == ["v2", "v1", "later"]
    assert (found.source, found.caveat) == ("POST /graphql Milestones(acme/api)", "")
    many = tuple(MilestoneRecord(f"m{n}", created_at=ago(hours=n)) for n in range(1, 521))
    cut = collected(COLLECTOR, data(milestones=many))["Milestones"]
    assert isinstance(cut.content, Milestones)
    assert len(cut.content.milestones) == 500
    assert cut.caveat == "the 500 of 520 that were updated last only"
