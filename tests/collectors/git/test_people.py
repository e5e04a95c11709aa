from __future__ import annotations

from datetime import datetime

import pytest

from collectors.git.people import out_of_hours


@pytest.mark.parametrize(
    ("local", "late"),
    [
        ("2026-06-01T06:59:59+02:00", True),  # a Monday
        ("2026-06-01T07:00:00+02:00", False),
        ("2026-06-01T19:59:59+02:00", False),
        ("2026-06-01T20:00:00+02:00", True),
        ("2026-06-06T12:00:00+02:00", True),  # Saturday
        ("2026-06-05T23:30:00-08:00", True),
        ("2026-06-05T12:00:00-08:00", False),  # Friday there, though 20:00 in UTC
    ],
)
def test_hours_count_in_the_commits_own_zone(local: str, late: bool) -> None:
    assert out_of_hours(datetime.fromisoformat(local)) is late
