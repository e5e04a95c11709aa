"""A call to a forge: tries, waits and the moment to give up."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from scanner.core.evidence import Unreadable, Why
from scanner.http.conversation import OnLimit
from scanner.http.limits import Limits
from scanner.http.pacing import LONGEST_BLOCK
from scanner.http.refused import Denied, LimitReached, Refused
from scanner.http.traffic import GRAPHQL, REST, Traffic
from scanner.http.unreached import Unreached
from scanner.http.wire import Answer, Request, Wire

P = TypeVar("P")
Prepare = Callable[[int], Request]
"""The request of the given attempt (0, 1, …)."""
Judge = Callable[[Answer, Request, P, float], Refused | None]
"""The hole that an answer leaves, or None when it is good; P is the permission that the forge wants for it."""

_LIMIT_SECONDS = 60.0
"""A limit met again in one call is waited for at least this long × 2ⁿ, whatever the forge asks."""


_ABSENT_SECONDS = 60.0
"""A forge that not even a connection came about to is not tried again for so long."""


class Calls:
    """Sends requests one after another and obeys the forge's limits.

    After a 401 nothing more is sent, nor for a minute after a call that no connection came about for. While a limit holds, nothing that counts against it is sent by any worker:
    it is waited for up to ``limits.wait_seconds``; where it lasts longer, what is asked becomes a hole, or, with
    terms to wait or stop, `LimitReached` is raised.
    """

    def __init__(
        self,
        wire: Wire,
        limits: Limits,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._wire = wire
        self._limits = limits
        self._sleep = sleep
        self._now = now
        self._denied: Denied | None = None
        self._unreached: Unreached | None = None
        self._absent_until = 0.0
        self._secondary = False
        self._sat_out = 0.0

    @property
    def requests(self) -> int:
        """Requests sent so far, retries and redirects included."""
        return self._wire.meter.traffic.requests

    @property
    def traffic(self) -> Traffic:
        """What was asked so far."""
        return self._wire.meter.traffic

    def call(self, prepare: Prepare, judge: Judge[P], permission: P) -> Answer:
        """A good answer, or Unreadable with the last reason after at most ``limits.tries`` attempts."""
        started, waited, attempt, limited = time.monotonic(), 0.0, 0, 0
        while True:
            request = prepare(attempt)
            self._stop_if_hopeless(request)
            outcome = self._attempt(request, judge, permission)
            if isinstance(outcome, Answer):
                return outcome
            attempt += 1
            limited += outcome.hole.why is Why.RATE_LIMITED
            wait = self._pause(outcome, attempt, limited, request)
            waited += wait
            if attempt >= self._limits.tries or time.monotonic() - started + waited > self._limits.call_seconds:
                raise self._final(outcome, self._now() + wait)
            self._wait(wait)
            self._wire.meter.retried()

    def _attempt(self, request: Request, judge: Judge[P], permission: P) -> Answer | Unreadable:
        try:
            answer = self._wire.exchange(request)
        except Unreadable as problem:
            return problem
        refused = judge(answer, request, permission, self._now())
        if isinstance(refused, Denied):
            self._denied = refused
        if refused is not None:
            self._secondary = _is_secondary(answer, refused)
            return refused
        self._spare(request)
        return answer

    def _spare(self, request: Request) -> None:
        """Stop before the limit does: what is left may be what other workers have in flight, and the next one costs."""
        reserve = (self._wire.pacing.others + 1) * self._wire.meter.dearest[request.kind]
        left, seconds = self._wire.meter.left.pop(request.kind, (reserve, 0.0))
        if left < reserve and seconds > 0:
            self._wire.pacing.block((request.kind,), seconds, f"{request.label}: the limit of requests is used up")

    def _stop_if_hopeless(self, request: Request) -> None:
        """Raise when nothing more may be sent; wait for a limit that another worker, or an earlier call, met."""
        if self._denied is not None:
            raise self._denied
        if self._unreached is not None and self._now() < self._absent_until and not self._wire.answers_alone(request):
            self._wire.skipped(request, self._unreached)
            raise self._unreached
        while not self._wire.answers_alone(request):
            block = self._wire.pacing.blocked(request.kind)
            if block is None or block.until <= self._sat_out:
                return
            left = block.until - self._now()
            if left > self._limits.wait_seconds:
                closes = "scan again after the limit has passed"
                unasked = Refused(Why.RATE_LIMITED, block.detail, closes, 429, "", left)
                self._wire.skipped(request, unasked)
                raise self._final(unasked, block.until)
            self._wait(left)
            self._sat_out = block.until

    def _pause(self, problem: Unreadable, attempt: int, limited: int, request: Request) -> float:
        """Seconds until the next attempt; raises ``problem`` when none can help."""
        if problem.hole.why not in (Why.UNREACHABLE, Why.RATE_LIMITED):
            raise problem
        if not isinstance(problem, Refused) or problem.wait_seconds is None:
            return float(2 ** (attempt - 1))
        again = _LIMIT_SECONDS * 2 ** (limited - 1) if limited > 1 else 0.0
        wait = min(max(problem.wait_seconds, again), LONGEST_BLOCK)
        if self._wire.replays:  # what was waited for goes on as it did, for the next try may ask for less
            if wait > self._limits.wait_seconds:
                raise problem
            return wait
        if self._secondary:
            self._wire.meter.slowed()
            self._wire.pacing.slow_down()
        kinds = (REST, GRAPHQL) if self._secondary else (request.kind,)
        until = self._wire.pacing.block(kinds, wait, problem.hole.detail).until
        if wait > self._limits.wait_seconds:
            raise self._final(problem, until)
        self._sat_out = until
        return wait

    def _final(self, problem: Unreadable, until: float) -> BaseException:
        """What is raised for ``problem``, which ends the call; a replay leaves the holes that were recorded."""
        if isinstance(problem, Unreached):
            self._unreached, self._absent_until = problem, self._now() + _ABSENT_SECONDS
        waits = self._wire.conversation.on_limit is not OnLimit.HOLE and not self._wire.replays
        if problem.hole.why is Why.RATE_LIMITED and waits:
            return LimitReached(until, problem.hole)
        return problem

    def _wait(self, seconds: float) -> None:
        if self._wire.replays:
            return
        self._sleep(max(0.0, seconds))  # a limit may have passed since it was read
        self._wire.meter.waited(max(0.0, seconds))


def _is_secondary(answer: Answer, refused: Refused) -> bool:
    """Whether a limit is one on behaviour, which all requests of the token count against."""
    if refused.hole.why is not Why.RATE_LIMITED or answer.headers.get("x-ratelimit-remaining") == "0":
        return False
    said = refused.said.lower()
    return "secondary" in said or "abuse" in said or "retry-after" in answer.headers
