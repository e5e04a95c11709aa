"""What a token may read of an account, what stays unknown without the rest, and what a scan will cost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from scanner.pipeline.judge import all_checks

State = Literal["readable", "refused", "hidden", "off", "not told"]
"""``off``: the account does not use it, so that the right could not be tried. ``not told``: nothing could be asked for it."""
MISSING: frozenset[State] = frozenset({"refused", "hidden"})
SECONDS_PER_REQUEST = 0.2
"""Our assumption of how long one request takes, the forge's answer included."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who the token is. ``flags`` are rights that Assay does not need, and other words of warning."""

    address: str
    login: str
    kind: str
    scopes: tuple[str, ...] | None
    expires: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Right:
    """One fact and one right that it needs, by ``name`` and in full. ``tried`` names the request that told; ``checks`` read the fact."""

    fact: str
    name: str
    needs: str
    state: State
    tried: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What remains of a limit, and what it is again after ``reset`` (epoch seconds)."""

    remaining: int
    limit: int
    reset: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a first scan of a typical account spends; None of ``left`` where the forge tells no limit.

    ``rest_most`` are the GET requests if every repository had all features that a forge sells.
    """

    repositories: int
    read: int
    rest: int
    rest_most: int
    queries: int
    points: int
    rest_left: Left | None = None
    points_left: Left | None = None

    def seconds(self, now: float, at_once: int = 8) -> float:
        """How long the requests take with ``at_once`` in flight, waits for spent limits included."""
        busy = (self.rest + self.queries) * SECONDS_PER_REQUEST / at_once
        waits = [_wait(self.rest, self.rest_left, now), _wait(self.points, self.points_left, now)]
        return max(busy, *waits)

    @property
    def fits(self) -> bool:
        """Whether what is left of the limits is enough."""
        pairs = ((self.rest, self.rest_left), (self.points, self.points_left))
        return all(left is None or needed <= left.remaining for needed, left in pairs)


def _wait(needed: int, left: Left | None, now: float) -> float:
    """Seconds until ``needed`` have been allowed: the rest of this hour, then whole hours."""
    if left is None or needed <= left.remaining:
        return 0.0
    hours = math.ceil((needed - left.remaining) / max(1, left.limit))
    return max(0.0, left.reset - now) + (hours - 1) * 3600


@dataclass(frozen=True, slots=True)
class Preflight:
    """Everything that `assay doctor TARGET` says."""

    forge: str
    target: str
    holder: Holder
    samples: tuple[str, ...]
    rights: tuple[Right, ...]
    cost: Cost

    @property
    def missing(self) -> tuple[Right, ...]:
        """What the token may not read."""
        return tuple(right for right in self.rights if right.state in MISSING)


def readers() -> Mapping[str, tuple[str, ...]]:
    """The ids of the checks that read a fact, by the fact's name."""
    found: dict[str, list[str]] = {}
    for check in all_checks():
        for need in check.needs.values():
            found.setdefault(need.fact.__name__, []).append(check.spec.id)
    return {name: tuple(sorted(set(ids))) for name, ids in found.items()}


def told_time(seconds: float) -> str:
    """A duration in words, rounded up."""
    if seconds < 90:
        return f"{max(1, math.ceil(seconds))} s"
    minutes = math.ceil(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"


def cost_lines(cost: Cost, unit: str, now: float) -> Iterable[tuple[str, str, str]]:
    """(what, state, text) of what a scan will spend."""
    passed = cost.repositories - cost.read
    listed = f"{cost.repositories:,} repositories" + (f", {passed:,} of them listed only" if passed else "")
    points = f", {cost.points:,} points" if cost.points else ""
    most = f" (up to {cost.rest_most:,})" if cost.rest_most > cost.rest else ""
    yield (
        "first scan", "ok" if cost.fits else "problem",
        f"{listed}: about {cost.rest:,} REST requests{most} and {cost.queries:,} GraphQL queries{points}",
    )  # fmt: skip
    for what, left in (("REST requests", cost.rest_left), (unit, cost.points_left)):
        if left is not None:
            again = datetime.fromtimestamp(left.reset, UTC).strftime("%H:%M UTC")
            yield f"{what} left", "ok", f"{left.remaining:,} of {left.limit:,}, all again at {again}"
    how = "" if cost.fits else ", most of it waiting for the limit (--on-limit wait)"
    rate = f"reckoned with 8 requests at a time, {SECONDS_PER_REQUEST:g} s each"
    took = f"about {told_time(cost.seconds(now))} for the forge's answers{how}; {rate}; clones and analysis come on top"
    yield "time", "ok", took
