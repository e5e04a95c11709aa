import pytest

from analyzers.budget.capacity_trend import capacity_trend
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import Month
from tests.builders_checks_a import across, activity, measured


def months(*commits: int) -> tuple[Month, ...]:
    """Months up to May 2026, and the unfinished June with a hundred commits."""
    year = [(2025, m) for m in range(1, 13)] + [(2026, m) for m in range(1, 6)]
    past = [Month(f"{y}-{m:02}", n, 99, 1) for (y, m), n in zip(year[-len(commits) :], commits, strict=True)]
    return (*past, Month("2026-06", 100, 0, 1))


def test_three_whole_months_against_the_nine_before() -> None:
    old = activity(months=months(999, *[10] * 9, 5, 5, 5))
    young = activity(months=months(15))
    outcome = measured(capacity_trend(across(old=old, young=young)))
    assert outcome.value == 100
    assert outcome.sample == 120


@pytest.mark.parametrize("past", [(10,) * 11, (0,) * 9 + (5, 5, 5)])
def test_short_or_empty_history_has_no_trend(past: tuple[int, ...]) -> None:
    assert isinstance(capacity_trend(across(a=activity(months=months(*past)))), NotApplicable)
