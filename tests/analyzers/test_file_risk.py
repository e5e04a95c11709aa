import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.file_risk import file_risk
from collectors.git import files

CHANGES = st.floats(0, 1e6)
LINES = st.integers(0, 10_000_000)


@pytest.mark.parametrize(
    ("recent", "lines", "risk"),
    [(0, 900, 0), (1.5, 999, 10.3616), (2, 0, 0), (0.25, 1, 0.1733), (-1, 9, 0), (1, -9, 0)],
)
def test_recent_changes_times_the_logarithm_of_the_lines(recent: float, lines: int, risk: float) -> None:
    assert file_risk(recent, lines) == pytest.approx(risk, abs=1e-4), "1.5 × ln 1,000 = 1.5 × 6.9078; 1/4 × ln 2"


@given(CHANGES, CHANGES, LINES)
def test_more_change_is_never_less_risk(a: float, b: float, lines: int) -> None:
    assert file_risk(min(a, b), lines) <= file_risk(max(a, b), lines)


@given(CHANGES, LINES, LINES)
def test_more_code_is_never_less_risk(recent: float, a: int, b: int) -> None:
    assert file_risk(recent, min(a, b)) <= file_risk(recent, max(a, b))


def test_both_inputs_count() -> None:
    assert file_risk(2, 100) > file_risk(1, 100)
    assert file_risk(2, 101) > file_risk(2, 100)


def test_the_collector_weighs_as_the_formula_says() -> None:
    assert files.HALF_LIFE_DAYS == 90
