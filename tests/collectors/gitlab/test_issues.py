from collectors.gitlab.issues import COLLECTOR
from scanner.facts.forge import Issue, Issues
from tests.builders import AS_OF
from tests.builders_gitlab import ISSUE_DETAILS, PROJECT, PROJECT_RECORD, ago, asking


def test_issues_are_read_with_the_first_human_response() -> None:
    with asking() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert item.content == Issues(
        AS_OF,
        365,
        (
            Issue(
                8, "<gitlab:ann>", False, ago(days=20), ago(days=2), ago(days=17), ("bug", "customer"), 3, True, "v2", 1
            ),
            Issue(7, "<gitlab:bob>", False, ago(days=30), None, None, (), 0, False, ""),
        ),
        4,
        enabled=True,
    )
    assert item.caveat == ""


def test_a_project_without_tracker_is_not_one_without_issues() -> None:
    with asking(routes={PROJECT: PROJECT_RECORD | {"issues_access_level": "disabled"}}) as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert standin.seen == [f"GET {PROJECT}"]
    assert isinstance(item.content, Issues)
    assert not item.content.enabled


def test_an_issue_whose_comments_are_not_told_is_left_out_and_counted() -> None:
    with asking(queries={"Issues": {"issues": {"nodes": ISSUE_DETAILS[1:]}}}) as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert isinstance(item.content, Issues)
    assert [i.number for i in item.content.issues] == [7]
    assert "1 whose comments GitLab does not tell" in item.caveat
