import math

import pytest

from benchmarks.validity.fit import fit, solve


def test_one_input_of_two_values_has_the_log_odds_ratio() -> None:
    rows = [[0.0]] * 40 + [[1.0]] * 40
    hit = [i < 10 for i in range(40)] + [i < 30 for i in range(40)]
    assert fit([(rows, hit)])[0] == pytest.approx(math.log(9), abs=0.05), "odds 30:10 against 10:30"


def test_each_group_has_its_own_level() -> None:
    few = ([[0.0]] * 40 + [[1.0]] * 40, [i < 4 for i in range(40)] + [i < 20 for i in range(40)])
    many = ([[0.0]] * 40 + [[1.0]] * 40, [i < 20 for i in range(40)] + [i < 36 for i in range(40)])
    assert fit([few, many])[0] == pytest.approx(math.log(9), abs=0.05), "odds ratio 9 in both, at other levels"


def test_an_input_that_speaks_against_is_left_out() -> None:
    rows = [[float(i % 2), float(i % 3 == 0)] for i in range(60)]
    hit = [i % 2 == 0 and i % 4 == 0 for i in range(60)]
    first, second = fit([(rows, hit)])
    assert first == 0
    assert second >= 0


def test_a_system_by_hand() -> None:
    assert solve([[2.0, 1.0], [1.0, 3.0]], [5.0, 10.0]) == pytest.approx([1.0, 3.0])
