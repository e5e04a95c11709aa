from datetime import timedelta

from collectors.github.issues import COLLECTOR
from scanner.demo.forge import CommentRecord, IssueRecord
from scanner.facts.forge import Issues
from tests.builders import AS_OF
from tests.builders_github import ago, collected, data


def issues(*records: IssueRecord) -> Issues:
    content = collected(COLLECTOR, data(issues=records))["Issues"].content
    assert isinstance(content, Issues)
    return content


def test_the_first_response_is_by_another_human() -> None:
    """The stand-in's issue 8: a machine answers first, then its author, then bob 17 days ago."""
    content = collected(COLLECTOR)["Issues"].content
    assert isinstance(content, Issues)
    answered, unanswered = content.issues
    assert answered.first_response_at == ago(days=17)
    assert (answered.labels, answered.milestone, answered.reopened, answered.comments) == (
        ("bug", "customer"),
        "v2",
        True,
        3,
    )
    assert answered.closed_at == ago(days=2)
    assert unanswered.person == "<github:ghost>"
    assert unanswered.first_response_at is None
    assert (content.open_total, content.enabled) == (1, True)


def test_what_happened_later_did_not_happen() -> None:
    later = AS_OF + timedelta(hours=1)
    content = issues(
        IssueRecord(1, "ann", ago(days=2), later, (CommentRecord("bob", later),), reopened_at=(later,)),
        IssueRecord(2, "ann", later),
    )
    (only,) = content.issues
    assert (only.closed_at, only.first_response_at, only.reopened) == (None, None, False)


def test_old_issues_are_not_asked_for() -> None:
    assert [
        i.number for i in issues(IssueRecord(1, "ann", ago(days=366)), IssueRecord(2, "ann", ago(days=364))).issues
    ] == [2]


def test_a_response_that_may_lie_beyond_the_comments_read_is_told() -> None:
    talk = tuple(CommentRecord("ann", ago(hours=n)) for n in range(21, 0, -1))
    found = collected(COLLECTOR, data(issues=(IssueRecord(1, "ann", ago(days=2), comments=talk),)))["Issues"]
    assert found.caveat == "1 without a response among their first 20 comments, later ones unread"


def test_switched_off_is_not_the_same_as_none() -> None:
    found = collected(COLLECTOR, data(issues=(), has_issues=False))["Issues"].content
    assert isinstance(found, Issues)
    assert not found.enabled


def test_every_reopening_up_to_the_scan_counts() -> None:
    (only,) = issues(
        IssueRecord(1, "ann", ago(days=9), reopened_at=(ago(days=5), ago(days=3), AS_OF + timedelta(days=1)))
    ).issues
    assert (only.reopened, only.reopened_times) == (True, 2)
