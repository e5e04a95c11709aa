"""A GitHub that runs on this machine: what Assay asks, answered from plain records, with faults on request."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Sequence
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit

from scanner.demo.forge import ForgeData
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
    Fault.REDIRECT_AWAY: Reply(301, {"message": "Moved Permanently"}, {"Location": _ELSEWHERE}),
}


class StandIn:
    """The stand-in as a context manager; ``url`` is its API address, ``seen`` what it was asked.

    ``token`` is the one it wants, None for any. ``faults`` are (regular expression on the name of a
    request, fault), the first that matches holds.
    """

    def __init__(self, data: ForgeData, token: str | None = None, faults: Sequence[tuple[str, Fault]] = ()) -> None:
        self.data = data
        self.token = token
        self.faults = tuple((re.compile(pattern), fault) for pattern, fault in faults)
        self.seen: list[str] = []
        self.ending = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        """The address to give as GitHub's."""
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

    def log_message(self, *_: object) -> None:
        """Say nothing: the demo's terminal is not ours."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        parameters = {k: v[-1] for k, v in parse_qs(parts.query).items()}
        asked = Asked(f"GET {parts.path}", parts.path, parameters)
        self._respond(asked, lambda: answer(self.server.standin.data, asked))

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        name, variables = sent["operationName"], sent["variables"]
        asked = Asked(f"POST /graphql {name}", "/graphql")
        self._respond(asked, lambda: answer_query(self.server.standin.data, name, variables))

    def _respond(self, asked: Asked, produce: Callable[[], Reply]) -> None:
        self.server.standin.seen.append(asked.name)
        wanted = self.server.standin.token
        if wanted is not None and self.headers.get("Authorization") != f"Bearer {wanted}":
            return self._write(_STATUSES[Fault.DENIED])
        fault = self.server.standin.fault(asked.name)
        if fault in _STATUSES:
            return self._write(_STATUSES[fault])
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
                parameters = {**asked.parameters, "page": "1", "turn": turn}
                link = f'<{{base}}{asked.path}?{urlencode(parameters)}>; rel="next"'
                return Reply(reply.status, reply.payload, {"Link": link})
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
        self.send_response(200 if spoilt else reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value.replace("{base}", self.server.standin.url))
        self.send_header("Content-Type", "text/html" if fault is Fault.HTML else "application/json; charset=utf-8")
        if spoilt or reply.status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, fault: Fault) -> None:
        self.close_connection = True
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
