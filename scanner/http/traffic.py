"""What a scan asked of a forge, and what the forge's limits leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scanner.core.evidence import Unreadable
from scanner.http.shape import Node, parse_json

REST, GRAPHQL = "rest", "graphql"
_RESOURCES = {"core": REST, "graphql": GRAPHQL}
_WHOLE_DIGITS = 12
_LATEST = 253_402_300_799
"""The last second that a calendar shows."""
_MOST_POINTS = 5_000
"""A query of 500,000 nodes, the most that GitHub answers, costs no more."""
_DEAREST = 100
"""Points kept free for one query in flight at most: no query of ours costs a third of that, whatever an answer claims."""


@dataclass(frozen=True, slots=True, order=True)
class Left:
    """What remains of a limit until ``reset`` (epoch seconds by the forge's clock): requests, or GraphQL points."""

    reset: int
    remaining: int

    @property
    def until(self) -> str:
        """The time of day of ``reset``, UTC."""
        return datetime.fromtimestamp(min(self.reset, _LATEST), UTC).strftime("%H:%M UTC")


@dataclass(frozen=True, slots=True)
class Traffic:
    """Requests sent, by kind; traffic of several conversations is added up.

    ``rest`` counts every GET, ``unchanged`` those among them that were answered 304, ``graphql`` every query;
    retries and followed redirects are requests as well. ``graphql_cost`` are the points that the forge says its answers
    to queries cost; ``waited_seconds`` is time spent waiting for limits and between tries.
    ``at_least``: a worker ended without telling what it had asked, so that every figure is a lower bound.
    """

    rest: int = 0
    unchanged: int = 0
    graphql: int = 0
    retries: int = 0
    waited_seconds: float = 0.0
    secondary_limits: int = 0
    graphql_cost: int = 0
    rest_left: Left | None = None
    graphql_left: Left | None = None
    at_least: bool = False

    def __add__(self, other: Traffic) -> Traffic:
        """The sum; of two states of a limit the later counts: the later reset, then the fewer left."""
        return Traffic(
            self.rest + other.rest,
            self.unchanged + other.unchanged,
            self.graphql + other.graphql,
            self.retries + other.retries,
            self.waited_seconds + other.waited_seconds,
            self.secondary_limits + other.secondary_limits,
            self.graphql_cost + other.graphql_cost,
            _later(self.rest_left, other.rest_left),
            _later(self.graphql_left, other.graphql_left),
            self.at_least or other.at_least,
        )

    @property
    def requests(self) -> int:
        """All requests sent."""
        return self.rest + self.graphql

    def told(self, forge: str) -> str:
        """One line for people."""
        least = "at least " if self.at_least else ""
        line = f"asked {forge}: {least}{self.rest:,} REST ({self.unchanged:,} unchanged), {self.graphql:,} GraphQL"
        if self.graphql_cost:
            line += f" ({self.graphql_cost:,} points)"
        if self.secondary_limits:
            line += f"; {self.secondary_limits:,} secondary limits"
        if self.waited_seconds >= 1:
            line += f"; waited {self.waited_seconds:,.0f} s"
        if self.at_least:
            line += "; what a worker that did not end had asked is not counted"
        if self.graphql_left is not None:
            line += f"; {self.graphql_left.remaining:,} points left until {self.graphql_left.until}"
        elif self.rest_left is not None:
            line += f"; {self.rest_left.remaining:,} requests left until {self.rest_left.until}"
        return line


def _later(one: Left | None, other: Left | None) -> Left | None:
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda left: (left.reset, -left.remaining))


class Meter:
    """Counts one conversation as it goes.

    ``left`` holds by kind what the last answer said: remaining, seconds to the reset. ``dearest`` is the most that one
    request of a kind has cost of its limit: 1, or the points of a query.
    """

    def __init__(self) -> None:
        self.traffic = Traffic()
        self.left: dict[str, tuple[int, float]] = {}
        self.dearest = {REST: 1, GRAPHQL: 1}

    def sent(self, kind: str) -> None:
        """A request of ``kind`` leaves."""
        rest = kind == REST
        self.traffic = replace(
            self.traffic, rest=self.traffic.rest + rest, graphql=self.traffic.graphql + (not rest)
        )  # fmt: skip

    def answered(self, kind: str, status: int, headers: Mapping[str, str], body: bytes, now: float) -> None:
        """Its answer came: read what it says of limits."""
        if status == 304:
            self.traffic = replace(self.traffic, unchanged=self.traffic.unchanged + 1)
        points = _points(body) if kind == GRAPHQL and b'"rateLimit"' in body else _NO_POINTS
        self.dearest[kind] = min(max(self.dearest[kind], points.cost), _DEAREST)
        self.traffic = replace(self.traffic, graphql_cost=self.traffic.graphql_cost + points.cost)
        remaining, reset = _figure(headers, "remaining"), _figure(headers, "reset")
        if remaining is None or reset is None:
            remaining, reset = points.remaining, points.reset
        resource = _RESOURCES.get(headers.get("x-ratelimit-resource", ""), "")
        if "x-ratelimit-resource" not in headers:
            resource = kind
        if remaining is None or reset is None or not resource:
            return
        left = Left(reset, remaining)
        was = self.traffic.rest_left if resource == REST else self.traffic.graphql_left
        if resource == REST:
            self.traffic = replace(self.traffic, rest_left=_later(was, left))
        else:
            self.traffic = replace(self.traffic, graphql_left=_later(was, left))
        self.left[resource] = remaining, reset - server_time(headers, now) + 1

    def retried(self) -> None:
        """A request is sent again."""
        self.traffic = replace(self.traffic, retries=self.traffic.retries + 1)

    def waited(self, seconds: float) -> None:
        """So long was waited."""
        self.traffic = replace(self.traffic, waited_seconds=self.traffic.waited_seconds + seconds)

    def slowed(self) -> None:
        """A secondary limit was met."""
        self.traffic = replace(self.traffic, secondary_limits=self.traffic.secondary_limits + 1)


def server_time(headers: Mapping[str, str], now: float) -> float:
    """The forge's clock (epoch seconds) as its answer tells it, else ``now``."""
    try:
        return parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError, TypeError, OverflowError):
        return now


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that Retry-After asks to wait, at least 1: a number, or a date by the server's own clock; None without."""
    after = headers.get("retry-after", "").strip()
    if after.isascii() and after.isdigit():
        return max(1.0, float(after[:9]))
    try:
        return max(1.0, parsedate_to_datetime(after).timestamp() - server_time(headers, now))
    except (ValueError, TypeError, OverflowError):
        return None


def _figure(headers: Mapping[str, str], name: str) -> int | None:
    """GitHub's x-ratelimit-NAME, or GitLab's ratelimit-NAME, when it is a whole number."""
    text = headers.get(f"x-ratelimit-{name}", headers.get(f"ratelimit-{name}", "")).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _WHOLE_DIGITS else None


@dataclass(frozen=True, slots=True)
class _Points:
    """What the answer to a query says of itself: its cost, what is left until when (epoch seconds)."""

    cost: int = 0
    remaining: int | None = None
    reset: int | None = None


_NO_POINTS = _Points()


def _points(body: bytes) -> _Points:
    """What ``rateLimit`` in the answer to a query says; nothing of what is odd."""
    try:
        told = Node(parse_json(body, "points"), "points").node("data").node("rateLimit")
        cost = min(told.number("cost"), _MOST_POINTS)
    except Unreadable:
        return _NO_POINTS
    try:
        return _Points(cost, told.number("remaining"), int(told.moment("resetAt").timestamp()))
    except Unreadable:
        return _Points(cost)
