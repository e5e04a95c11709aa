"""Time at the sample organisation: weeks that repeat every thirteen, so that nothing changes but what was planted.

Two assessments exactly thirteen weeks apart see the same activity in every window. The pseudo-random
choices are digits of SHA-256 over (repository, week of the cycle, slot): no seed, no state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

T = TypeVar("T")

START = date(2023, 1, 2)
"""A Monday: the company's first working day."""
CYCLE_WEEKS = 13
AS_OF = date(2026, 6, 30)
"""The day of the first assessment."""
LATER = AS_OF + timedelta(weeks=CYCLE_WEEKS)
"""The day of the second one, three months later."""


def digits(*words: object) -> int:
    """A number that depends on ``words`` alone."""
    return int.from_bytes(hashlib.sha256("/".join(map(str, words)).encode()).digest()[:6], "big")


def pick(choices: Sequence[tuple[T, int]], *words: object) -> T:
    """One of ``choices`` (value, weight), by ``words`` alone."""
    at = digits(*words) % sum(weight for _, weight in choices)
    for value, weight in choices:
        at -= weight
        if at < 0:
            return value
    raise ValueError("weights must be positive")


def weeks(first: date, until: date) -> Iterator[tuple[date, int]]:
    """(Monday, week of the cycle) of every week from ``first`` up to ``until``."""
    monday = START + timedelta(weeks=-((START - first).days // 7))
    while monday <= until:
        if monday >= first:
            yield monday, (monday - START).days // 7 % CYCLE_WEEKS
        monday += timedelta(weeks=1)


def at(monday: date, weekday: int, hour: int, minute: int) -> datetime:
    """A moment (UTC) of that week; ``weekday`` 0 is Monday."""
    return datetime(monday.year, monday.month, monday.day, tzinfo=UTC) + timedelta(
        days=weekday, hours=hour, minutes=minute
    )
