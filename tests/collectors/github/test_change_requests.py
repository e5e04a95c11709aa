from datetime import datetime, timedelta

import pytest

from collectors.github.change_requests import COLLECTOR, words
from scanner.demo.forge import PullRecord, ReviewRecord
from scanner.facts.forge import ChangeRequests, Review
from tests.builders import AS_OF
from tests.builders_github import ago, asking, collected, data


def requests(*pulls: PullRecord) -> ChangeRequests:
    content = collected(COLLECTOR, data(pulls=pulls))["ChangeRequests"].content
    assert isinstance(content, ChangeRequests)
    return content


def test_a_merged_change_is_read_whole() -> None:
    found = collected(COLLECTOR)["ChangeRequests"]
    assert isinstance(found.content, ChangeRequests)
    merged = found.content.requests[0]
    assert (merged.number, merged.person, merged.bot, merged.merged_by) == (3, "<github:ann>", False, "<github:bob>")
    assert (merged.created_at, merged.merged_at, merged.first_commit_at) == (ago(days=4), ago(days=3), ago(days=5))
    assert merged.reviews == (Review("<github:bob>", False, "approved", ago(days=3, hours=1), 2),), (
        "pending ones are none"
    )
    assert merged.description_words == 3
    assert (merged.linked_issues, merged.labels, merged.to_default) == (1, ("bug",), True)
    assert (merged.head_commit, merged.merge_commit) == ("a" * 40, "b" * 40)
    assert found.source == "POST /graphql ChangeRequests(acme/api)"
    assert found.content.open_total == 1


def test_machines_side_branches_and_the_window_are_told_apart() -> None:
    content = requests(
        PullRecord(1, "renovate[bot]", ago(days=2), base="release"),
        PullRecord(2, "ann", ago(days=500), updated_at=ago(days=364)),
        PullRecord(3, "ann", ago(days=500), updated_at=ago(days=366)),
    )
    assert [(r.number, r.bot, r.to_default) for r in content.requests] == [(1, True, False), (2, False, True)]


def test_what_happened_after_the_moment_of_the_scan_did_not_happen() -> None:
    later = AS_OF + timedelta(days=1)
    content = requests(
        PullRecord(
            1, "ann", ago(days=2), later, later, "bob", merge_commit="b" * 40,
            reviews=(ReviewRecord("bob", "APPROVED", later), ReviewRecord("bob", "COMMENTED", ago(days=1))),
        ),
        PullRecord(2, "ann", later),
    )  # fmt: skip
    (only,) = content.requests
    assert (only.merged_at, only.closed_at, only.merged_by, only.merge_commit) == (None, None, "", "")
    assert [r.state for r in only.reviews] == ["commented"]


def test_two_hundred_changes_cost_two_queries_and_the_next_thousand_are_cut_with_a_caveat() -> None:
    def many(count: int) -> tuple[PullRecord, ...]:
        return tuple(PullRecord(n, "ann", ago(hours=n)) for n in range(1, count + 1))

    with asking(data(pulls=many(200))) as (ask, standin):
        (found,) = COLLECTOR.collect(ask)
        assert standin.seen.count("POST /graphql ChangeRequests") == 2
        assert found.caveat == ""
        assert isinstance(found.content, ChangeRequests)
        assert len({r.number for r in found.content.requests}) == 200
    with asking(data(pulls=many(1050))) as (ask, standin):
        (found,) = COLLECTOR.collect(ask)
        assert standin.seen.count("POST /graphql ChangeRequests") == 10
        assert isinstance(found.content, ChangeRequests)
        assert [r.number for r in found.content.requests] == list(range(1, 1001))
        assert found.caveat == "the 1,000 most recently updated only"


def test_reviews_beyond_the_twentieth_are_told() -> None:
    reviews = tuple(ReviewRecord("bob", "COMMENTED", ago(hours=n)) for n in range(1, 23))
    found = collected(COLLECTOR, data(pulls=(PullRecord(1, "ann", ago(days=2), reviews=reviews),)))["ChangeRequests"]
    assert found.caveat == "1 with more than 20 reviews: the first 20 only"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("", 0), ("one two", 2), ("<!-- fill this in -->", 0), ("a <!-- b --> c", 2), ("a <!-- never closed", 1),
        ("<!--" * 1000 + "x", 0), ("a\u202e\x00 b", 2), ("- [ ] tested", 4),
    ],
)  # fmt: skip
def test_words_leave_out_what_the_template_says(body: str, count: int) -> None:
    assert words(body) == count


def test_times_keep_their_zone() -> None:
    first = requests(PullRecord(1, "ann", datetime.fromisoformat("2026-06-29T23:30:00+00:00"))).requests[0]
    assert first.created_at == ago(minutes=30)


def test_the_way_of_merging_follows_from_the_merge_commit() -> None:
    def merged(number: int, commit: str, parents: int) -> PullRecord:
        at = ago(days=number)
        return PullRecord(number, "ann", at, at, at, "bob", merge_commit=commit, merge_parents=parents)

    found = requests(
        merged(1, "b" * 40, 2), merged(2, "c" * 40, 1), merged(3, "", 2), PullRecord(4, "ann", ago(days=4))
    )
    assert [(r.number, r.merge_method) for r in found.requests] == [(1, "merge"), (2, "one-commit"), (3, ""), (4, "")]


def test_review_threads_are_counted_and_stand_with_the_first_review_by_somebody_else() -> None:
    reviews = (
        ReviewRecord("ann", "COMMENTED", ago(hours=9)), ReviewRecord("bob", "COMMENTED", ago(hours=8)),
        ReviewRecord("cy", "APPROVED", ago(hours=7)),
    )  # fmt: skip
    (only,) = requests(PullRecord(1, "ann", ago(days=1), reviews=reviews, threads=3, threads_resolved=2)).requests
    assert (only.threads, only.threads_resolved) == (3, 2)
    assert [(r.person, r.comments) for r in only.reviews] == [
        ("<github:ann>", 0),
        ("<github:bob>", 3),
        ("<github:cy>", 0),
    ]
    found = collected(COLLECTOR, data(pulls=(PullRecord(1, "ann", ago(days=1), threads=60, threads_resolved=60),)))
    assert found["ChangeRequests"].caveat == "1 with more than 50 review threads: the first 50 only"
    assert isinstance(found["ChangeRequests"].content, ChangeRequests)
    (long,) = found["ChangeRequests"].content.requests
    assert (long.threads, long.threads_resolved) == (50, 50)


def test_a_state_that_is_not_known_is_left_out_and_told() -> None:
    odd = ReviewRecord("bob", "ENDORSED", ago(hours=2))
    found = collected(COLLECTOR, data(pulls=(PullRecord(1, "", ago(days=1), reviews=(odd,)),)))["ChangeRequests"]
    assert isinstance(found.content, ChangeRequests)
    (only,) = found.content.requests
    assert (only.person, only.reviews) == ("<github:ghost>", ())
    assert found.caveat == "reviews in a state that is not known here are left out: ENDORSED"
