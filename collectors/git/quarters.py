"""Calendar quarters (UTC), as "2026-Q2"."""

from __future__ import annotations

from datetime import UTC, datetime

from collectors.git.stream import DAY


class Quarters:
    """The last ``count`` quarters up to that of ``as_of``, oldest first, and which one a moment lies in."""

    def __init__(self, as_of: datetime, count: int) -> None:
        last = as_of.astimezone(UTC)
        number = last.year * 4 + (last.month - 1) // 3
        numbers = range(number - count + 1, number + 1)
        self.names = tuple(f"{n // 4:04}-Q{n % 4 + 1}" for n in numbers)
        first = numbers[0]
        self.start = int(datetime(first // 4, first % 4 * 3 + 1, 1, tzinfo=UTC).timestamp())
        self._first = first
        self._days: dict[int, int] = {}

    def at(self, seconds: int) -> int:
        """The position of the quarter of a moment (seconds since 1970, not before `start`), remembered by day."""
        day = seconds // DAY
        known = self._days.get(day)
        if known is None:
            moment = datetime.fromtimestamp(seconds, UTC)
            known = self._days[day] = moment.year * 4 + (moment.month - 1) // 3 - self._first
        return known
