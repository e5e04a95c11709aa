import pytest

from benchmarks.validity.measures import auc, caught, ranks


def test_ranks_share_the_mean_of_what_ties_would_take() -> None:
    assert ranks([7, 3, 7, 1]) == [3.5, 2, 3.5, 1]


def test_the_area_counts_pairs_in_the_right_order_and_ties_half() -> None:
    scores = [9, 5, 5, 1]
    hit = [True, True, False, False]
    assert auc(scores, hit) == (1 + 1 + 0.5 + 1) / 4, "pairs hit over not: 9>5, 9>1, 5=5, 5>1"


@pytest.mark.parametrize(("scores", "area"), [([4, 3, 2, 1], 1), ([1, 2, 3, 4], 0), ([2, 2, 2, 2], 0.5)])
def test_best_worst_and_silent_order(scores: list[float], area: float) -> None:
    assert auc(scores, [True, True, False, False]) == area


@pytest.mark.parametrize("hit", [[True, True], [False, False]])
def test_an_area_needs_both_kinds(hit: list[bool]) -> None:
    with pytest.raises(ValueError, match="both kinds"):
        auc([1, 2], hit)


def test_files_are_read_in_order_until_the_lines_are_used_up() -> None:
    scores, lines, fixes = [3, 2, 1], [5, 10, 85], [2, 4, 4]
    assert caught(scores, lines, fixes) == pytest.approx(0.4), (
        "all 5 lines of the first, half of the second: 2 + 2 of 10"
    )
    assert caught(scores, lines, fixes, 0.15) == pytest.approx(0.6)
    assert caught(scores, lines, fixes, 1) == 1


def test_a_score_that_says_nothing_catches_what_it_reads() -> None:
    assert caught([0, 0, 0], [30, 60, 10], [1, 0, 9]) == pytest.approx(0.1)


def test_ties_at_the_limit_are_read_in_part_together() -> None:
    assert caught([2, 1, 1, 0], [4, 6, 6, 84], [1, 3, 0, 6]) == pytest.approx(0.1 + 0.5 * 0.3), "4 + half of 12 lines"


def test_no_fixes_is_no_share() -> None:
    with pytest.raises(ValueError, match="no fixes"):
        caught([1.0], [10], [0])
