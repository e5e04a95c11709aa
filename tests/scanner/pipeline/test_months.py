"""Which days the months before a scan are, and what a span may be."""

from __future__ import annotations

from datetime import date

import pytest

from scanner.pipeline.months import month_of_published, months_before, parse_months


def test_the_same_day_of_each_month_before() -> None:
    assert months_before(date(2026, 2, 14), 3) == (date(2025, 11, 14), date(2025, 12, 14), date(2026, 1, 14))


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    assert months_before(date(2024, 3, 31), 2) == (date(2024, 1, 31), date(2024, 2, 29))


def test_no_months_are_none() -> None:
    assert months_before(date(2026, 2, 14), 0) == ()


@pytest.mark.parametrize(("text", "count"), [("12m", 12), ("1y", 12), (" 3M ", 3), ("36m", 36)])
def test_spans(text: str, count: int) -> None:
    assert parse_months(text) == count


@pytest.mark.parametrize("text", ["0m", "37m", "12", "m", "-1m", "4y", "twelve", ""])
def test_what_is_no_span_says_what_is(text: str) -> None:
    with pytest.raises(ValueError, match="give for example 12m"):
        parse_months(text)


def test_points_of_what_was_measured_only() -> None:
    published = b"""{"stages": [{"practices": [{"checks": [
        {"check": "B-2", "state": "measured", "points": 40}, {"check": "A-1", "state": "measured", "points": 10.5},
        {"check": "C-3", "state": "unknown", "points": null}, {"check": "D-4", "state": "not_applicable", "points": null}
    ]}]}]}"""
    assert month_of_published(published, date(2026, 1, 1)).checks == (("A-1", 10.5), ("B-2", 40.0))


@pytest.mark.parametrize("published", [b"", b"[]", b'{"stages": 3}', b'{"stages": [{}]}'])
def test_what_is_no_assessment_is_refused(published: bytes) -> None:
    with pytest.raises(ValueError, match="no assessment"):
        month_of_published(published, date(2026, 1, 1))
