import copy
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from collectors.gitlab.change_requests import COLLECTOR
from scanner.core.collecting import Ask, Found
from scanner.facts.forge import ChangeRequest, ChangeRequests, Review
from scanner.http.forge import ListedRepository
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.kept import Kept
from tests.builders import AS_OF
from tests.builders_gitlab import (
    GRAPHQL,
    MERGE_DETAILS,
    MERGE_REQUESTS,
    PROJECT,
    REPO,
    Names,
    StandIn,
    ago,
    asking,
    client,
    iso,
)

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
    merge_method="merge", threads=3, threads_resolved=2,
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
    assert content == ChangeRequests(AS_OF, 365, (MERGED, CLOSED), 5)
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
    read = changed(**fields)
    assert (read.merge_commit, read.merge_method) == (commit, "one-commit")


@pytest.mark.parametrize(
    ("text", "linked"),
    [("Closes #4 and fixes #5", 2), ("closes #4, closes #4", 1), ("Resolve issue #12", 1), ("see #4", 0), ("discloses #4", 0), ("Implements: #7", 1)],
)  # fmt: skip
def test_issues_that_the_merge_closes_are_linked(text: str, linked: int) -> None:
    assert changed(description=text).linked_issues == linked


def test_a_long_list_is_read_in_batches_of_fifty() -> None:
    listing = [MERGE_REQUESTS[0] | {"iid": n, "updated_at": iso(days=3, minutes=n)} for n in range(1, 131)]
    details = [MERGE_DETAILS[0] | {"iid": str(n)} for n in range(1, 131)]
    with asking(
        routes={f"{PROJECT}/merge_requests": listing}, queries={"ChangeRequests": {"mergeRequests": {"nodes": details}}}
    ) as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert standin.seen.count("POST /api/graphql ChangeRequests") == 3, "2 for the first page, 1 for the second"
        assert standin.seen.count(f"GET {PROJECT}/merge_requests") == 2
    assert isinstance(item.content, ChangeRequests)
    assert sorted(r.number for r in item.content.requests) == list(range(1, 131))


def test_an_unchanged_list_is_not_asked_for_again(tmp_path: Path) -> None:
    newest = {"Newest": {**GRAPHQL["Newest"], "mergeRequests": {"count": 2, "nodes": [{"updatedAt": iso(days=3)}]}}}
    listed = ListedRepository("acme/web/api", "", "main", False, False, True, 0, None, node_id="3")
    with StandIn(queries=newest) as standin, client(standin) as gitlab, closing(Kept(tmp_path / "kept.db")) as kept:
        asks = [Ask(REPO, GitlabProjectSource(gitlab, "acme/web/api", Names(), listed, kept), AS_OF) for _ in range(2)]
        (first,) = COLLECTOR.collect(asks[0])
        before = len(standin.seen)
        (second,) = COLLECTOR.collect(asks[1])
        assert standin.seen[before:] == [f"GET {PROJECT}", "POST /api/graphql Newest"]
    assert second == first


def test_no_text_that_people_wrote_is_kept(tmp_path: Path) -> None:
    listing = [MERGE_REQUESTS[0] | {"title": "kept-title", "description": "kept-words"}]
    details = copy.deepcopy(MERGE_DETAILS)
    details[0]["activity"]["nodes"].append(
        {"body": "changed title from kept-old", "createdAt": iso(days=3), "author": None}
    )
    listed = ListedRepository("acme/web/api", "", "main", False, False, True, 0, None, node_id="3")
    given: dict[str, Any] = {"ChangeRequests": {"mergeRequests": {"nodes": details}}}
    with (
        StandIn(routes={f"{PROJECT}/merge_requests": listing}, queries=given) as standin,
        client(standin) as gitlab,
        closing(Kept(tmp_path / "kept.db")) as kept,
    ):
        list(COLLECTOR.collect(Ask(REPO, GitlabProjectSource(gitlab, "acme/web/api", Names(), listed, kept), AS_OF)))
    with closing(sqlite3.connect(tmp_path / "kept.db")) as opened:
        bodies = [zlib.decompress(row[0]) for row in opened.execute("SELECT body FROM entry")]
    assert len(bodies) == 1
    assert b"ann" in bodies[0]
    assert not any(b"kept-" in body for body in bodies)
