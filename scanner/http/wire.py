"""One bounded, read-only exchange with one host."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from scanner.core.evidence import Unreadable, Why
from scanner.http.conversation import Conversation
from scanner.http.limits import Limits
from scanner.http.pacing import Pacing
from scanner.http.redaction import without_secrets
from scanner.http.secret import Credential
from scanner.http.traffic import GRAPHQL, REST, Meter
from scanner.http.unreached import unreached

if TYPE_CHECKING:
    import httpx

    from scanner.http.conditional import Conditional
    from scanner.http.recording import Recording

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_GRACE_SECONDS = 0.5
"""After this much more than an exchange may take its connection is cut: headers that drip escape every other limit."""
_REDIRECTS = frozenset({301, 307, 308})


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: ``url`` is absolute; ``label`` names it in messages ("GET /repos/acme/api").

    ``body`` is set for GraphQL queries only: nothing else is ever posted, but for the one request of `Wire.credential`.
    """

    url: str
    label: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None

    @property
    def kind(self) -> str:
        """Which of a forge's limits it counts against: "rest" or "graphql"."""
        return REST if self.body is None else GRAPHQL


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


def admitted(url: str, token: Credential | None) -> tuple[str, str, int | None]:
    """The origin of ``url``; ValueError when a credential would travel in the clear to another machine."""
    found = origin(url)
    if token is not None and found[0] != "https" and found[1] not in _LOOPBACK:
        raise ValueError("a token is sent over https only")
    return found


def _without(secret: str, answer: Answer) -> Answer:
    """``answer`` without the credential that was sent, should the forge repeat it."""
    headers = {name: value.replace(secret, "***") for name, value in answer.headers.items()}
    return Answer(answer.status, headers, answer.body.replace(secret.encode(), b"***"))


def _followed(url: str, location: str, label: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise Unreadable(Why.UNREACHABLE, f"{label} was redirected to what is no address") from None


_NO_TERMS = Conversation()


def _made(folder: Path | None) -> Path | None:
    """``folder``, made for the user alone; None when it cannot be: then nothing is cached or shared."""
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError:
        return None
    return folder


def _name(base_url: str, token: Credential | None, conversation: Conversation) -> str:
    return conversation.namespace(base_url, token.identity if token is not None else "")


def pacing(
    base_url: str, token: Credential | None, conversation: Conversation, now: Callable[[], float] = time.time
) -> Pacing:
    """The pace of ``token`` at ``base_url`` that all conversations on these terms share."""
    return Pacing(conversation.folder, _name(base_url, token, conversation), conversation.concurrency, now)


def _conditional(folder: Path, name: str) -> Conditional:
    from scanner.http.conditional import Conditional  # slow to import, and an offline scan needs none of it

    return Conditional(folder, name)


def _recording(conversation: Conversation) -> Recording | None:
    folder = conversation.replay or conversation.record
    if folder is None:
        return None
    from scanner.http.recording import Recording

    return Recording(folder, conversation.address)


class Wire:
    """Speaks with the host of ``base_url`` only, on the terms of ``conversation``; credentials go nowhere else.

    ``meter`` counts what is sent, ``pacing`` says when it may be, ``replays`` whether nothing is sent at all.
    Raises ValueError when a credential would travel in the clear to another machine.
    """

    def __init__(
        self,
        base_url: str,
        token: Credential | None,
        limits: Limits,
        user_agent: str = "assay",
        conversation: Conversation = _NO_TERMS,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._origin = admitted(base_url, token)
        local = self._origin[1] in _LOOPBACK
        self._token = token
        self._limits = limits
        self._user_agent = user_agent
        self._trust_env = not local
        self._client = self._connected()
        self._now = now
        self.conversation = conversation
        self.replays = conversation.replay is not None
        self.meter = Meter()
        folder = None if self.replays else _made(conversation.folder)
        self.pacing = pacing(base_url, token, replace(conversation, folder=folder), now)
        self._cache = None if folder is None else _conditional(folder, _name(base_url, token, conversation))
        self._recording = _recording(conversation)

    def _connected(self) -> httpx.Client:
        import httpx  # slow to import, and an offline scan needs none of it

        return httpx.Client(
            headers={"User-Agent": self._user_agent},
            follow_redirects=False,
            trust_env=self._trust_env,
            timeout=self._limits.exchange_seconds,
        )

    def close(self) -> None:
        """Close the connections and the cache."""
        self._client.close()
        self.release()

    def release(self) -> None:
        """Let go of the cache's file, as must be done before the process is forked; the next request opens it again."""
        if self._cache is not None:
            self._cache.close()

    def exchange(self, request: Request) -> Answer:
        """Send ``request``, following a few redirects on the same host; Unreadable when no whole answer came.

        While recording, what was recorded is answered and what is new is kept; a replay sends nothing.
        """
        if self._recording is None:
            return self._asked(request)
        if self.replays:
            return self._recording.answer(request)
        return self._recording.settled(request) or self._recorded(request, self._recording)

    def answers_alone(self, request: Request) -> bool:
        """Whether ``request`` is answered from a recording, so that no limit counts."""
        return self.replays or (self._recording is not None and self._recording.settled(request) is not None)

    def skipped(self, request: Request, problem: Unreadable) -> None:
        """Record that ``request`` was not sent, and why, so that a replay leaves the same hole."""
        if self._recording is None:
            return
        from scanner.http.recording import RecordingError

        try:
            self._recording.lost(request, problem)
        except RecordingError as error:
            raise Unreadable(Why.UNREACHABLE, str(error)) from None

    def credential(self, request: Request) -> Answer:
        """The answer to the one request whose answer is a credential; Unreadable when no whole answer came.

        Nothing of it is counted, cached, recorded, redirected or taken out: it is for the caller alone.
        """
        if self.refuses(request.url):
            raise Unreadable(Why.UNREACHABLE, f"{request.label} leads to another host, which is refused")
        return self._transmit(request.url, request, time.monotonic() + self._limits.exchange_seconds, {})

    def _recorded(self, request: Request, recording: Recording) -> Answer:
        from scanner.http.recording import RecordingError

        try:
            try:
                answer = self._asked(request)
            except Unreadable as problem:
                recording.lost(request, problem)
                raise
            return recording.keep(request, answer)
        except RecordingError as error:
            raise Unreadable(Why.UNREACHABLE, str(error)) from None

    def _asked(self, request: Request) -> Answer:
        with self.pacing.slot():
            deadline = time.monotonic() + self._limits.exchange_seconds
            url = request.url
            for _ in range(self._limits.redirects + 1):
                answer = self._conditional(url, request, deadline)
                if answer.status not in _REDIRECTS or request.body is not None or "location" not in answer.headers:
                    return answer
                url = _followed(url, answer.headers["location"], request.label)
        raise Unreadable(Why.UNREACHABLE, f"{request.label} was redirected too often")

    def _conditional(self, url: str, request: Request, deadline: float) -> Answer:
        if self._cache is None or request.body is not None:
            return self._send(url, request, deadline, {})
        accept = request.headers.get("Accept", "*/*")
        return self._cache.exchange(url, accept, lambda added: self._send(url, request, deadline, added))

    def refuses(self, url: str) -> bool:
        """Whether ``url`` leads to another host than the one configured."""
        try:
            return origin(url) != self._origin
        except ValueError:
            return True

    def _send(self, url: str, request: Request, deadline: float, added: Mapping[str, str]) -> Answer:
        if self.refuses(url):
            raise Unreadable(Why.UNREACHABLE, f"{request.label} leads to another host, which is refused")
        self.meter.sent(request.kind)
        answer = self._transmit(url, request, deadline, added)
        answer = replace(answer, body=without_secrets(answer.body, url))
        self.meter.answered(request.kind, answer.status, answer.headers, answer.body, self._now())
        return answer

    def _transmit(self, url: str, request: Request, deadline: float, added: Mapping[str, str]) -> Answer:
        import httpx

        headers = {**request.headers, **added}
        secret = self._token.reveal() if self._token is not None else ""
        if secret:
            headers["Authorization"] = f"Bearer {secret}"
        method = "GET" if request.body is None else "POST"
        client = self._client
        cut = threading.Timer(deadline - time.monotonic() + _GRACE_SECONDS, client.close)
        cut.daemon = True
        cut.start()
        try:
            with client.stream(method, url, headers=headers, content=request.body) as response:
                body = self._body(response, request.label, deadline)
                lowered = {k.lower(): v for k, v in response.headers.items()}
                answer = Answer(response.status_code, lowered, body)
                return _without(secret, answer) if secret else answer
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, OSError, RuntimeError) as error:
            seconds = self._limits.exchange_seconds
            raise unreached(request.label, url, error, seconds, proxied=self._trust_env) from None
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
        return bytes(whole)
