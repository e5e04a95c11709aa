"""A call to a forge: tries, waits and the moment to give up."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from scanner.core.evidence import Unreadable, Why
from scanner.http.limits import Limits
from scanner.http.refused import Denied, Refused
from scanner.http.wire import Answer, Request, Wire

P = TypeVar("P")
Prepare = Callable[[int], Request]
"""The request of the given attempt (0, 1, …)."""
Judge = Callable[[Answer, Request, P, float], Refused | None]
"""The hole that an answer leaves, or None when it is good; P is the permission that the forge wants for it."""


class Calls:
    """Sends requests one after another and obeys the forge's limits.

    ``requests`` counts what was sent. After a 401 nothing more is sent; after a limit longer than
    ``limits.wait_seconds`` nothing more of that kind (REST or GraphQL) until it has passed.
    """

    def __init__(
        self,
        wire: Wire,
        limits: Limits,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.requests = 0
        self._wire = wire
        self._limits = limits
        self._sleep = sleep
        self._now = now
        self._denied: Denied | None = None
        self._blocked: dict[bool, tuple[float, Refused]] = {}

    def call(self, prepare: Prepare, judge: Judge[P], permission: P) -> Answer:
        """A good answer, or Unreadable with the last reason after at most ``limits.tries`` attempts."""
        started, waited, attempt = time.monotonic(), 0.0, 0
        while True:
            request = prepare(attempt)
            self._stop_if_hopeless(request)
            outcome = self._attempt(request, judge, permission)
            if isinstance(outcome, Answer):
                return outcome
            attempt += 1
            wait = self._pause(outcome, attempt, request)
            waited += wait
            if attempt >= self._limits.tries or time.monotonic() - started + waited > self._limits.call_seconds:
                raise outcome
            self._sleep(wait)

    def _attempt(self, request: Request, judge: Judge[P], permission: P) -> Answer | Unreadable:
        self.requests += 1
        try:
            answer = self._wire.exchange(request)
        except Unreadable as problem:
            return problem
        refused = judge(answer, request, permission, self._now())
        if isinstance(refused, Denied):
            self._denied = refused
        return answer if refused is None else refused

    def _stop_if_hopeless(self, request: Request) -> None:
        if self._denied is not None:
            raise self._denied
        until, refused = self._blocked.get(request.body is None, (0.0, None))
        if refused is not None and self._now() < until:
            raise refused

    def _pause(self, problem: Unreadable, attempt: int, request: Request) -> float:
        """Seconds until the next attempt; raises ``problem`` when none can help."""
        if problem.hole.why not in (Why.UNREACHABLE, Why.RATE_LIMITED):
            raise problem
        if not isinstance(problem, Refused) or problem.wait_seconds is None:
            return float(2 ** (attempt - 1))
        if problem.wait_seconds > self._limits.wait_seconds:
            self._blocked[request.body is None] = (self._now() + problem.wait_seconds, problem)
            raise problem
        return problem.wait_seconds
