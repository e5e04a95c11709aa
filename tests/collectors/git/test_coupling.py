from __future__ import annotations

from datetime import timedelta

import pytest

from collectors.git.coupling import Coupling
from collectors.git.stream import Seen
from scanner.facts.history import ChangeCoupling
from tests.builders import AS_OF
from tests.builders_commits import commit

PATHS = ("a", "b", "c")


def seen(*touched: int, files: int | None = None, days_ago: float = 1, bot: bool = False) -> Seen:
    at = AS_OF - timedelta(days=days_ago)
    count = len(touched) if files is None else files
    told = commit("", "", at=at, paths=map(str, range(count)))
    return Seen(told, told.committed_at, False, bot, False, 0, (0,), touched, not bot, dated=True)


def fact(*commits: Seen) -> ChangeCoupling:
    coupling = Coupling(AS_OF, PATHS)
    for one in commits:
        coupling.add(one)
    result, _ = coupling.result()
    assert isinstance(result, ChangeCoupling)
    return result


def test_degree_is_shared_over_the_mean_of_both_revisions() -> None:
    got = fact(*[seen(0, 1)] * 5, *[seen(0)] * 5, *[seen(2)] * 9)
    assert got.commits == 19
    assert [(p.a, p.b, p.shared) for p in got.pairs] == [("a", "b", 5)]
    assert got.pairs[0].degree == pytest.approx(5 / ((10 + 5) / 2))


def test_four_shared_commits_are_too_few() -> None:
    assert fact(*[seen(0, 1)] * 4).pairs == ()


def test_a_degree_of_exactly_0_3_counts_and_below_does_not() -> None:
    # 6 shared of 20 and 20 revisions: 6 / 20 = 0.3
    exactly = [seen(0, 1)] * 6 + [seen(0)] * 14 + [seen(1)] * 14
    assert len(fact(*exactly).pairs) == 1
    assert fact(*exactly, seen(1)).pairs == ()


def test_large_commits_bots_and_old_commits_are_left_out() -> None:
    assert fact(*[seen(0, 1, files=31)] * 9).commits == 0
    assert fact(*[seen(0, 1, files=30)] * 5).commits == 5
    assert fact(*[seen(0, 1, bot=True)] * 9).commits == 0
    assert fact(*[seen(0, 1, days_ago=366)] * 9).commits == 0
    assert fact(*[seen(0, 1, days_ago=365)] * 5).commits == 5
