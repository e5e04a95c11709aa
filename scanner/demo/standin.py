"""A forge that runs on this machine: what Assay asks, answered from plain records, with faults on request."""

from __future__ import annotations

import hashlib
import json
import math
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit

from scanner.demo.forge import ForgeData
from scanner.demo.graphql import points, rate_limit
from scanner.demo.routes import NOT_FOUND, Asked, Reply, answer, answer_query


class Fault(StrEnum):
    """A way to answer badly. ``ENDLESS`` pages always name a new next page, ``CIRCLE`` pages themselves."""

    DENIED = "401"
    FORBIDDEN = "403"
    LIMITED = "403, limit used up"
    HIDDEN = "404"
    BUSY = "429"
    BROKEN = "500"
    GATEWAY = "502"
    TRUNCATED = "truncated JSON"
    HTML = "HTML with status 200"
    WRONG_TYPE = "another type"
    WRONG_LEAVES = "objects for every plain value"
    CIRCLE = "pages in a circle"
    ENDLESS = "endless pages"
    SLOW = "a body that drips"
    SLOW_HEADERS = "headers that drip"
    HUGE = "a body without end"
    REDIRECT_AWAY = "a redirect to another host"
    LINK_AWAY = "a next page on another host"
    ECHO = "a refusal that repeats the credential"
    SIGN_ON = "403, single sign-on"
    EMPTY = "409, empty repository"
    GONE = "410"
    UNPROCESSABLE = "422"
    LEGAL = "451"
    MOVED = "a redirect on the same host"


_ELSEWHERE = "http://elsewhere.invalid/"
_STATUSES = {
    Fault.DENIED: Reply(401, {"message": "Bad credentials"}),
    Fault.FORBIDDEN: Reply(403, {"message": "Resource not accessible by personal access token"}),
    Fault.LIMITED: Reply(
        403,
        {"message": "API rate limit exceeded for user ID 1."},
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999"},
    ),
    Fault.HIDDEN: NOT_FOUND,
    Fault.BUSY: Reply(429, {"message": "You have exceeded a secondary rate limit"}, {"Retry-After": "7"}),
    Fault.BROKEN: Reply(500, {"message": "Server Error"}),
    Fault.GATEWAY: Reply(502, {"message": "Server Error"}),
    Fault.SIGN_ON: Reply(
        403,
        {"message": "Resource protected by organization SAML enforcement. You must grant your token access."},
        {"X-GitHub-SSO": "required; url=https://github.com/orgs/acme/sso?authorization_request=x"},
    ),
    Fault.EMPTY: Reply(409, {"message": "Git Repository is empty."}),
    Fault.GONE: Reply(410, {"message": "Issues are disabled for this repo"}),
    Fault.UNPROCESSABLE: Reply(422, {"message": "Validation Failed"}),
    Fault.LEGAL: Reply(451, {"message": "Repository access blocked"}),
    Fault.REDIRECT_AWAY: Reply(301, {"message": "Moved Permanently"}, {"Location": _ELSEWHERE}),
}


class Budget:
    """What a client may still ask, by resource, until ``reset`` (epoch seconds), when it is as much again."""

    def __init__(self, core: int = 5000, graphql: int = 5000, seconds: float = 3600.0) -> None:
        self.limit = {"core": core, "graphql": graphql}
        self.left = dict(self.limit)
        self.seconds = seconds
        self.reset = time.time() + seconds

    def refuses(self, resource: str) -> bool:
        """Whether nothing of ``resource`` is left."""
        if time.time() >= self.reset:
            self.left = dict(self.limit)
            self.reset = time.time() + self.seconds
        return self.left[resource] <= 0

    def spend(self, resource: str, cost: int = 1) -> None:
        """One request, or the points of a query."""
        self.left[resource] -= cost

    def headers(self, resource: str) -> dict[str, str]:
        """What GitHub says of it with every answer."""
        left = max(0, self.left[resource])
        return {
            "X-RateLimit-Limit": str(self.limit[resource]),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Used": str(self.limit[resource] - left),
            "X-RateLimit-Reset": str(math.ceil(self.reset)),
            "X-RateLimit-Resource": resource,
        }


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a kind of forge speaks: its answers, its refusals by fault, the headers of a next page, and what it tells of limits.

    ``prefix`` stands before each REST path, ``graphql`` is where queries go. ``next_page`` is given the request, the
    number of the page, and a mark that keeps two addresses apart. ``points`` is what a query costs, told with its answer.
    """

    answer: Callable[[ForgeData, Asked], Reply]
    answer_query: Callable[[ForgeData, str, Mapping[str, object]], Reply]
    refusals: Mapping[Fault, Reply]
    next_page: Callable[[Asked, str, str], Mapping[str, str]]
    limits: Callable[[Budget, str], Mapping[str, str]]
    points: Callable[[str, Mapping[str, object]], int] | None = None
    prefix: str = ""
    graphql: str = "/graphql"


def _link(asked: Asked, _: str, turn: str) -> Mapping[str, str]:
    query = urlencode({**asked.parameters, "page": "1", "turn": turn})
    return {"Link": f'<{{base}}{asked.path}?{query}>; rel="next"'}


GITHUB = Dialect(answer, answer_query, _STATUSES, _link, lambda budget, resource: budget.headers(resource), points)


class StandIn:
    """The stand-in as a context manager; ``url`` is its API address, ``seen`` what it was asked.

    ``answered`` are the same requests with the status of their answers; an answer that the client has already
    (If-None-Match) is 304 and costs nothing of the ``budget``.
    ``token`` is the one it wants, None for any. ``faults`` are (regular expression on the name of a
    request, fault), the first that matches holds. ``dialect`` is the kind of forge.
    """

    def __init__(
        self,
        data: ForgeData,
        token: str | None = None,
        faults: Sequence[tuple[str, Fault]] = (),
        dialect: Dialect = GITHUB,
    ) -> None:
        self.data = data
        self.dialect = dialect
        self.token = token
        self.faults = tuple((re.compile(pattern), fault) for pattern, fault in faults)
        self.seen: list[str] = []
        self.answered: list[tuple[str, int]] = []
        self.budget = Budget()
        self.lock = threading.Lock()
        self.ending = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        """The address to give as the forge's."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def fault(self, name: str) -> Fault | None:
        """The fault that the plan has for a request."""
        return next((fault for pattern, fault in self.faults if pattern.search(name)), None)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, standin: StandIn) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.standin = standin


def _wrong_leaves(value: object) -> object:
    if isinstance(value, dict):
        return {k: _wrong_leaves(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_wrong_leaves(v) for v in value]
    return {"unexpected": True}


def _endless(payload: object, cursor: str) -> None:
    """Make every GraphQL page of ``payload`` say that more follows at ``cursor``."""
    if isinstance(payload, dict):
        if "hasNextPage" in payload:
            payload.update(hasNextPage=True, endCursor=cursor)
        for value in payload.values():
            _endless(value, cursor)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server
    _asked: Asked
    _cost: int

    def log_message(self, *_: object) -> None:
        """Say nothing: the demo's terminal is not ours."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        parameters = {k: v[-1] for k, v in parse_qs(parts.query).items()}
        path = parts.path.removeprefix(self._dialect.prefix)
        asked = Asked(f"GET {path}", path, parameters)
        self._cost = 1
        self._respond(asked, lambda: self._dialect.answer(self.server.standin.data, asked))

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        name, variables = sent["operationName"], sent["variables"]
        where = self._dialect.graphql
        asked = Asked(f"POST {where} {name}", where)
        self._cost = 1 if self._dialect.points is None else self._dialect.points(name, variables)
        self._respond(asked, lambda: self._answered(name, variables))

    def _answered(self, name: str, variables: Mapping[str, object]) -> Reply:
        """The answer to a query, with what it costs and leaves where the dialect tells that."""
        reply = self._dialect.answer_query(self.server.standin.data, name, variables)
        if self._dialect.points is not None and isinstance(reply.payload, dict):
            told = reply.payload["data"]
            budget = self.server.standin.budget
            reset = datetime.fromtimestamp(math.ceil(budget.reset), UTC)
            rate = rate_limit(self._cost, budget.left["graphql"] - self._cost, reset)
            return reply._replace(payload={**reply.payload, "data": {**told, "rateLimit": rate}})
        return reply

    @property
    def _dialect(self) -> Dialect:
        return self.server.standin.dialect

    def _respond(self, asked: Asked, produce: Callable[[], Reply]) -> None:
        self._asked = asked
        self.server.standin.seen.append(asked.name)
        wanted = self.server.standin.token
        if wanted is not None and self.headers.get("Authorization") != f"Bearer {wanted}":
            return self._write(self._dialect.refusals[Fault.DENIED])
        with self.server.standin.lock:
            spent = self.server.standin.budget.refuses(self._resource)
        if spent:
            return self._write(Reply(403, {"message": "API rate limit exceeded for user ID 1."}))
        fault = self.server.standin.fault(asked.name)
        if fault is not None and fault in self._dialect.refusals:
            return self._write(self._dialect.refusals[fault])
        if fault is Fault.MOVED and "moved" not in asked.parameters:
            moved = urlencode({**asked.parameters, "moved": "1"})
            there = f"{{base}}{self._dialect.prefix}{asked.path}?{moved}"
            return self._write(Reply(301, {"message": "Moved Permanently", "url": there}, {"Location": there}))
        if fault is Fault.ECHO:
            return self._write(Reply(403, {"message": f"not for {self.headers.get('Authorization')}"}))
        if fault in (Fault.SLOW, Fault.SLOW_HEADERS, Fault.HUGE):
            return self._drip(fault)
        return self._write(self._spoilt(produce(), asked, fault), fault)

    def _spoilt(self, reply: Reply, asked: Asked, fault: Fault | None) -> Reply:
        match fault:
            case Fault.WRONG_TYPE:
                return Reply(200, "unexpected", {})
            case Fault.WRONG_LEAVES:
                return Reply(200, _wrong_leaves(reply.payload), reply.headers)
            case Fault.CIRCLE | Fault.ENDLESS:
                turn = "1" if fault is Fault.CIRCLE else str(len(self.server.standin.seen))
                _endless(reply.payload, turn)
                page = str(int(asked.parameters.get("page", "1")) + 1) if fault is Fault.ENDLESS else "1"
                return Reply(reply.status, reply.payload, self._dialect.next_page(asked, page, turn))
            case Fault.LINK_AWAY:
                return Reply(reply.status, reply.payload, {"Link": f'<{_ELSEWHERE}>; rel="next"'})
            case _:
                return reply

    def _write(self, reply: Reply, fault: Fault | None = None) -> None:
        body = b"" if reply.payload is None else json.dumps(reply.payload).encode()
        if fault is Fault.TRUNCATED:
            body = body[: len(body) // 2] or b"{"
        if fault is Fault.HTML:
            body = b"<html><body>Welcome to the proxy</body></html>"
        spoilt = fault in (Fault.HTML, Fault.TRUNCATED)
        status = 200 if spoilt else reply.status
        tag = f'W/"{hashlib.sha256(body).hexdigest()}"'
        cacheable = status == 200 and self.command == "GET"
        if cacheable and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self._log(status)
        self.send_response(status)
        for name, value in self._limited(reply.headers).items():
            self.send_header(name, value.replace("{base}", self.server.standin.url))
        if cacheable:
            self.send_header("ETag", tag)
            self.send_header("Cache-Control", "private, max-age=60, s-maxage=60")
            self.send_header("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding")
        self.send_header("Content-Type", "text/html" if fault is Fault.HTML else "application/json; charset=utf-8")
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @property
    def _resource(self) -> str:
        return "graphql" if self.command == "POST" else "core"

    def _log(self, status: int) -> None:
        standin = self.server.standin
        with standin.lock:
            standin.answered.append((self._asked.name, status))
            if status not in (304, 401, 403, 429):
                standin.budget.spend(self._resource, self._cost)

    def _limited(self, headers: Mapping[str, str]) -> dict[str, str]:
        return {**self._dialect.limits(self.server.standin.budget, self._resource), **headers}

    def _drip(self, fault: Fault) -> None:
        self.close_connection = True
        self._log(200)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        if fault is Fault.SLOW_HEADERS:
            self.flush_headers()
        else:
            self.end_headers()
        piece, pause = (b" " * 65536, 0.0) if fault is Fault.HUGE else (b"x", 0.02)
        try:
            while not self.server.standin.ending.wait(pause):
                self.wfile.write(piece)
        except OSError:
            return
