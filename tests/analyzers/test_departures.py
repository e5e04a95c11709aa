from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analyzers.departures
from analyzers.departures import Departure, lost_with, worst_departure

FILES = [
    *[frozenset({"ann"})] * 4,
    *[frozenset({"bob"})] * 3,
    *[frozenset({"cleo", "dan"})] * 6,
    *[frozenset({"ann", "bob"})] * 1,
    *[frozenset({"ann", "bob", "cleo", "dan"})] * 9,
    *[frozenset[str]()] * 2,
]


def test_the_worst_set_by_hand() -> None:
    assert worst_departure(FILES, 1) == Departure(frozenset({"ann"}), 4)
    assert worst_departure(FILES, 2) == Departure(frozenset({"ann", "bob"}), 8)  # 4 + 3 + 1, against 6 of cleo and dan
    assert worst_departure(FILES, 3) == Departure(frozenset({"ann", "cleo", "dan"}), 10)  # 4 + 6, and bob would make 9


def test_nothing_to_lose() -> None:
    assert worst_departure([], 3) == Departure(frozenset(), 0)
    assert worst_departure([frozenset({"ann", "bob"})], 1) == Departure(frozenset(), 0)
    assert worst_departure([frozenset({"ann"})], 3) == Departure(frozenset({"ann"}), 1)


def test_equal_losses_go_to_the_first_by_name() -> None:
    assert worst_departure([frozenset({"zoe"}), frozenset({"bob"})], 1).people == {"bob"}


def test_a_search_that_ends_early_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzers.departures, "_LOOKED_AT", 2)
    found = worst_departure(FILES, 3)
    assert not found.certain
    assert 0 < found.files <= 10


sets = st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=4), max_size=25)


@given(sets, st.integers(1, 3))
def test_no_other_set_of_that_size_loses_more(knowers: list[frozenset[str]], size: int) -> None:
    groups = Counter(knowers)
    most = max(
        sum(count for who, count in groups.items() if who and who <= set(leaving))
        for leaving in combinations("abcdefgh", size)
    )
    found = worst_departure(knowers, size)
    assert found.certain
    assert found.files == most == lost_with(groups, found.people)
    assert len(found.people) <= size
