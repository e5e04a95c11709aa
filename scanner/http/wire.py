"""One bounded, read-only exchange with one host."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from scanner.core.evidence import Unreadable, Why
from scanner.http.limits import Limits
from scanner.http.secret import Secret

if TYPE_CHECKING:
    import httpx

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_GRACE_SECONDS = 0.5
"""After this much more than an exchange may take its connection is cut: headers that drip escape every other limit."""
_REDIRECTS = frozenset({301, 307, 308})


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: ``url`` is absolute; ``label`` names it in messages ("GET /repos/acme/api").

    ``body`` is set for GraphQL queries only: nothing else is ever posted.
    """

    url: str
    label: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of ``url``; ValueError when it has credentials, no host or another scheme than HTTP(S)."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise ValueError("an address is http(s)://host without credentials")
    return parts.scheme, parts.hostname, _port(parts)


def _port(parts: SplitResult) -> int | None:
    return parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def admitted(url: str, token: Secret | None) -> tuple[str, str, int | None]:
    """The origin of ``url``; ValueError when a credential would travel in the clear to another machine."""
    found = origin(url)
    if token is not None and found[0] != "https" and found[1] not in _LOOPBACK:
        raise ValueError("a token is sent over https only")
    return found


class Wire:
    """Speaks with the host of ``base_url`` only; credentials go nowhere else.

    Raises ValueError when a credential would travel in the clear to another machine.
    """

    def __init__(self, base_url: str, token: Secret | None, limits: Limits, user_agent: str = "assay") -> None:
        self._origin = admitted(base_url, token)
        local = self._origin[1] in _LOOPBACK
        self._token = token
        self._limits = limits
        self._user_agent = user_agent
        self._trust_env = not local
        self._client = self._connected()

    def _connected(self) -> httpx.Client:
        import httpx  # slow to import, and an offline scan needs none of it

        return httpx.Client(
            headers={"User-Agent": self._user_agent},
            follow_redirects=False,
            trust_env=self._trust_env,
            timeout=self._limits.exchange_seconds,
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def exchange(self, request: Request) -> Answer:
        """Send ``request``, following a few redirects on the same host; Unreadable when no whole answer came."""
        deadline = time.monotonic() + self._limits.exchange_seconds
        url = request.url
        for _ in range(self._limits.redirects + 1):
            answer = self._send(url, request, deadline)
            if answer.status not in _REDIRECTS or request.body is not None or "location" not in answer.headers:
                return answer
            url = urljoin(url, answer.headers["location"])
        raise Unreadable(Why.UNREACHABLE, f"{request.label} was redirected too often")

    def refuses(self, url: str) -> bool:
        """Whether ``url`` leads to another host than the one configured."""
        try:
            return origin(url) != self._origin
        except ValueError:
            return True

    def _send(self, url: str, request: Request, deadline: float) -> Answer:
        import httpx

        if self.refuses(url):
            raise Unreadable(Why.UNREACHABLE, f"{request.label} leads to another host, which is refused")
        headers = dict(request.headers)
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token.reveal()}"
        method = "GET" if request.body is None else "POST"
        client = self._client
        cut = threading.Timer(deadline - time.monotonic() + _GRACE_SECONDS, client.close)
        cut.daemon = True
        cut.start()
        try:
            with client.stream(method, url, headers=headers, content=request.body) as response:
                body = self._body(response, request.label, deadline)
                lowered = {k.lower(): v for k, v in response.headers.items()}
                return Answer(response.status_code, lowered, body)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, OSError) as error:
            raise Unreadable(Why.UNREACHABLE, f"{request.label} failed: {type(error).__name__}") from None
        finally:
            cut.cancel()
            if client.is_closed:
                self._client = self._connected()

    def _body(self, response: httpx.Response, label: str, deadline: float) -> bytes:
        whole = bytearray()
        for chunk in response.iter_bytes():  # without a chunk size: it would wait for whole chunks, however slow
            whole += chunk
            if len(whole) > self._limits.body_bytes:
                raise Unreadable(Why.TOO_LARGE, f"{label} answered more than {self._limits.body_bytes:,} bytes")
            if time.monotonic() > deadline:
                raise Unreadable(
                    Why.UNREACHABLE, f"{label} did not end within {self._limits.exchange_seconds:g} seconds"
                )
        return bytes(whole) if self._token is None else bytes(whole).replace(self._token.reveal().encode(), b"***")
