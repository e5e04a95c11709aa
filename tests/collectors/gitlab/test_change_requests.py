import copy
from typing import Any

import pytest

from collectors.gitlab.change_requests import COLLECTOR
from scanner.core.collecting import Found
from scanner.facts.forge import ChangeRequest, ChangeRequests, Review
from tests.builders import AS_OF
from tests.builders_gitlab import MERGE_DETAILS, MERGE_REQUESTS, PROJECT, ago, asking, iso

MERGED = ChangeRequest(
    number=3, person="<gitlab:ann>", bot=False, created_at=ago(days=4), merged_at=ago(days=3), closed_at=ago(days=3),
    merged_by="<gitlab:bob>", first_commit_at=ago(days=5), additions=10, deletions=4, files=3, commits=2, comments=2,
    reviews=(
        Review("<gitlab:cy>", False, "dismissed", ago(days=3, hours=5), 0),
        Review("<gitlab:bob>", False, "commented", ago(days=3, hours=3), 2),
        Review("<gitlab:bob>", False, "approved", ago(days=3, hours=1), 0),
        Review("<gitlab:dee>", False, "approved", ago(days=3), 0),
    ),
    description_words=7, linked_issues=1, labels=("bug",), draft=False, to_default=True, head_commit="a" * 40, merge_commit="b" * 40,
)  # fmt: skip
CLOSED = ChangeRequest(
    number=2, person="<gitlab:project_3_bot_5f2e>", bot=True, created_at=ago(days=9), merged_at=None, closed_at=ago(days=8),
    merged_by="", first_commit_at=None, additions=1, deletions=1, files=1, commits=0, comments=0, reviews=(),
    description_words=0, linked_issues=0, labels=(), draft=True, to_default=False, head_commit="c" * 40, merge_commit="",
)  # fmt: skip


def collected(**given: Any) -> tuple[ChangeRequests, Found]:
    with asking(**given) as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert isinstance(item.content, ChangeRequests)
    return item.content, item


def changed(**fields: object) -> ChangeRequest:
    """The merged request with other fields in its listing."""
    return collected(routes={f"{PROJECT}/merge_requests": [MERGE_REQUESTS[0] | fields]})[0].requests[0]


def test_requests_are_read_with_size_approvals_and_comments() -> None:
    content, item = collected()
    assert content == ChangeRequests(AS_OF, 365, (MERGED, CLOSED), 2)
    assert item.caveat == ""


def test_one_whose_size_is_not_told_is_left_out_and_counted_never_zero() -> None:
    details = copy.deepcopy(MERGE_DETAILS)
    details[0]["diffStatsSummary"] = None
    content, item = collected(queries={"ChangeRequests": {"mergeRequests": {"nodes": details}}})
    assert [r.number for r in content.requests] == [2]
    assert "1 whose size GitLab does not tell" in item.caveat


def test_what_happened_after_the_date_is_left_out() -> None:
    later = changed(merged_at=iso(days=-1), closed_at=None)
    assert (later.merged_at, later.closed_at, later.merged_by, later.merge_commit) == (None, None, "", "")
    content, _ = collected(routes={f"{PROJECT}/merge_requests": [MERGE_REQUESTS[0] | {"created_at": iso(days=-1)}]})
    assert content.requests == ()


@pytest.mark.parametrize(
    ("fields", "commit"),
    [({"merge_commit_sha": None, "squash_commit_sha": "e" * 40}, "e" * 40), ({"merge_commit_sha": None}, "a" * 40)],
)
def test_squash_and_fast_forward_merges_have_their_commit(fields: dict[str, object], commit: str) -> None:
    assert changed(**fields).merge_commit == commit


@pytest.mark.parametrize(
    ("text", "linked"),
    [("Closes #4 and fixes #5", 2), ("closes #4, closes #4", 1), ("Resolve issue #12", 1), ("see #4", 0), ("discloses #4", 0), ("Implements: #7", 1)],
)  # fmt: skip
def test_issues_that_the_merge_closes_are_linked(text: str, linked: int) -> None:
    assert changed(description=text).linked_issues == linked


def test_a_long_list_is_read_in_batches_of_twenty() -> None:
    listing = [MERGE_REQUESTS[0] | {"iid": n} for n in range(1, 51)]
    details = [MERGE_DETAILS[0] | {"iid": str(n)} for n in range(1, 51)]
    with asking(
        routes={f"{PROJECT}/merge_requests": listing}, queries={"ChangeRequests": {"mergeRequests": {"nodes": details}}}
    ) as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert standin.seen.count("POST /api/graphql ChangeRequests") == 3
    assert isinstance(item.content, ChangeRequests)
    assert len(item.content.requests) == 50
    assert item.content.open_total == 50
