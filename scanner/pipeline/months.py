"""The months before a scan, as git tells of them: which days, and what their assessments come to."""

from __future__ import annotations

import calendar
import json
import re
from datetime import date

from scanner.core.assessment import Assessment, MonthPoint

MOST = 36
"""Most months that are reconstructed."""


def months_before(as_of: date, count: int) -> tuple[date, ...]:
    """The same day of the ``count`` months before ``as_of``, oldest first; a day that a month lacks is its last."""
    number = as_of.year * 12 + as_of.month - 1
    days = (divmod(number - back, 12) for back in range(count, 0, -1))
    return tuple(date(year, month + 1, min(as_of.day, calendar.monthrange(year, month + 1)[1])) for year, month in days)


def parse_months(text: str) -> int:
    """The months in a text such as ``12m`` or ``1y``. Raises ValueError with what is allowed."""
    match = re.fullmatch(r"(\d{1,2})([my])", text.strip().lower())
    count = int(match.group(1)) * (12 if match.group(2) == "y" else 1) if match else 0
    if not 1 <= count <= MOST:
        raise ValueError(f"{text!r} is no span of 1 to {MOST} months; give for example 12m")
    return count


def month_of(assessment: Assessment) -> MonthPoint:
    """The points of every check that was measured."""
    checks = (c for s in assessment.stages for p in s.practices for c in p.checks)
    measured = sorted((c.check, c.points) for c in checks if c.state == "measured" and c.points is not None)
    return MonthPoint(assessment.as_of, tuple(measured))


def month_of_published(published: bytes, as_of: date) -> MonthPoint:
    """The same, of an assessment.json. Raises ValueError when it is none."""
    try:
        stages = json.loads(published)["stages"]
        checks = [c for s in stages for p in s["practices"] for c in p["checks"]]
        measured = sorted(
            (str(c["check"]), float(c["points"]))
            for c in checks
            if c["state"] == "measured" and c["points"] is not None
        )
    except (KeyError, TypeError, ValueError):
        raise ValueError("it is no assessment") from None
    return MonthPoint(as_of, tuple(measured))
