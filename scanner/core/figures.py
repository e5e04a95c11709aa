"""Small pure arithmetic that many checks share. Formulas carry their source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta


def percent(part: float, whole: float) -> float:
    """``part`` ÷ ``whole`` × 100. ZeroDivisionError when there is no whole: the caller must say what that means."""
    return 100.0 * part / whole


def percentile(values: Iterable[float], share: float) -> float:
    """The ``share`` (0 to 1) quantile with linear interpolation (R type 7). ValueError on no values."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def median(values: Iterable[float]) -> float:
    """The middle value. ValueError on no values."""
    return percentile(values, 0.5)


def herfindahl(counts: Iterable[float]) -> float:
    """Herfindahl-Hirschman index: the sum of squared shares, 1/n (even) to 1 (one holds all). ValueError on a zero total."""
    sizes = [c for c in counts if c > 0]
    total = sum(sizes)
    if not total:
        raise ValueError("no counts")
    return sum((c / total) ** 2 for c in sizes)


def gini(counts: Sequence[float]) -> float:
    """Gini coefficient, 0 (all equal) to towards 1 (one has all). ValueError on no or zero counts."""
    ordered = sorted(counts)
    total = sum(ordered)
    if not total:
        raise ValueError("no counts")
    n = len(ordered)
    return 2 * sum(rank * c for rank, c in enumerate(ordered, start=1)) / (n * total) - (n + 1) / n


def absence_factor(contributions: Iterable[int]) -> int:
    """Contributor absence factor: the smallest number of people whose contributions sum to over 50 % (CHAOSS).

    https://chaoss.community/kb/metric-contributor-absence-factor/ — 0 when there are no contributions.
    """
    ordered = sorted((c for c in contributions if c > 0), reverse=True)
    total, running = sum(ordered), 0
    for number, count in enumerate(ordered, start=1):
        running += count
        if 2 * running > total:
            return number
    return 0


def days(span: timedelta) -> float:
    """A time span in days."""
    return span.total_seconds() / 86400


def age_days(then: datetime, now: datetime) -> float:
    """Days from ``then`` to ``now``; negative when ``then`` lies later."""
    return days(now - then)
