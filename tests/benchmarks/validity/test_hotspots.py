from datetime import UTC, datetime

import pytest

from benchmarks.validity.hotspots import Named, definitions, named, order_within
from benchmarks.validity.past import File, Snapshot

CHECK = definitions()["changes and complexity (the check's)"]


def file(changes: int, complexity: int, fixes: int = 0, lines: int = 10) -> File:
    return File("a.py", lines, complexity, (5.0,) * changes, (), None, fixes, 0)


HOT = (file(40, 95, 4, 30), file(20, 95, 0, 30), file(30, 90, 2, 30))
BUSY, KNOTTY = file(50, 2, 1), file(1, 99, 1)
REST = (*(file(1, 2) for _ in range(35)), *(file(1, 2, 1) for _ in range(2)))
SEEN = [Snapshot("a", datetime(2025, 1, 1, tzinfo=UTC), (*HOT, BUSY, KNOTTY, *REST))]


def test_the_check_names_what_is_high_in_both() -> None:
    assert [CHECK(SEEN[0].files)[i] for i in range(5)] == [True, True, True, False, False]
    assert sum(CHECK(SEEN[0].files)) == 3


def test_shares_of_what_a_definition_names_by_hand() -> None:
    told = named(CHECK, SEEN, {"a"})
    assert told == Named(pytest.approx(3 / 42), pytest.approx(90 / 480), pytest.approx(6 / 10), pytest.approx(2 / 3)), (
        "3 of 42 files, 90 of 480 lines, 6 of 10 fixes, two of three fixed"
    )


def test_order_within_by_hand() -> None:
    risk, product, dates = order_within(SEEN, {"a"})
    assert (risk, product, dates) == (0.5, 1.0, 1), "no risk is told; 3,800 and 2,700 stand above 1,900"


def test_files_without_functions_are_left_out() -> None:
    silent = tuple(file(90, 0, 5) for _ in range(5))
    more = [Snapshot("a", SEEN[0].day, (*SEEN[0].files, *silent))]
    assert named(CHECK, more, {"a"}) == named(CHECK, SEEN, {"a"})
