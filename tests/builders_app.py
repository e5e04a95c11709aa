"""A GitHub that knows one App: it checks the App's signature, gives tokens, and lets only the newest of them read."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

GRANTED = {"metadata": "read", "contents": "write", "administration": "read", "members": "read", "workflows": "write"}
APP, INSTALLATION = "Iv23liFakeApp", 42


@cache
def private_key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def pem() -> str:
    """The App's private key as GitHub hands it out."""
    return private_key().private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()


@dataclass
class AppServer:
    """``seen`` are the requests about the App, ``bodies`` what was posted for tokens, ``others`` all other requests' names.

    With ``behind`` (host, port) everything else is passed on to it.
    """

    url: str = ""
    life_seconds: float = 3600.0
    granted: dict[str, str] = field(default_factory=lambda: dict(GRANTED))
    account: str = "acme"
    installations: int = 1
    suspended: bool = False
    status: int = 201
    behind: tuple[str, int] | None = None
    behind_token: str = ""
    seen: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    refused: int = 0

    @property
    def token(self) -> str:
        """The newest token."""
        return f"ghs_{len(self.bodies):036d}"

    def installation(self) -> dict[str, Any]:
        return {
            "id": INSTALLATION, "app_slug": "assay-reader", "account": {"login": self.account}, "permissions": self.granted,
            "suspended_at": "2026-01-01T00:00:00Z" if self.suspended else None,
        }  # fmt: skip

    def answer(self, name: str) -> tuple[int, Any]:
        """Status and JSON for a request about the App."""
        match name:
            case "GET /app/installations/42" | "GET /orgs/acme/installation":
                return 200, self.installation()
            case "GET /users/ann/installation" if self.account == "ann":
                return 200, self.installation()
            case "GET /app/installations":
                return 200, [self.installation()] * self.installations
            case "POST /app/installations/42/access_tokens":
                if self.status != 201:
                    return self.status, {"message": "The permissions requested are not granted to this installation."}
                ends = datetime.fromtimestamp(int(time.time() + self.life_seconds), UTC)
                return 201, {"token": self.token, "expires_at": ends.strftime("%Y-%m-%dT%H:%M:%SZ")}
        return 404, {"message": "Not Found"}


@contextmanager
def app_server(**changes: Any) -> Iterator[AppServer]:
    """The server, running."""
    state = AppServer(**changes)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _is_signed(authorization: str) -> bool:
    """Whether the App itself asks: signed with its key, in its name, for ten minutes at most."""
    try:
        claims = jwt.decode(authorization.removeprefix("Bearer "), private_key().public_key(), ["RS256"])
    except jwt.PyJWTError:
        return False
    return claims["iss"] == APP and claims["exp"] - claims["iat"] <= 600


def _handler(state: AppServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            self._respond("GET", b"")

        def do_POST(self) -> None:
            self._respond("POST", self.rfile.read(int(self.headers.get("Content-Length", "0"))))

        def _respond(self, method: str, body: bytes) -> None:
            name = f"{method} {urlsplit(self.path).path}"
            given = self.headers.get("Authorization", "")
            if name.startswith(("GET /app/", "POST /app/")) or name.endswith("/installation"):
                state.seen.append(name)
                if not _is_signed(given):
                    return self._write(401, {"message": "A JSON web token could not be decoded"})
                if method == "POST" and state.status == 201:
                    state.bodies.append(json.loads(body))
                return self._write(*state.answer(name))
            state.others.append(name)
            if given != f"Bearer {state.token}":
                state.refused += 1
                return self._write(401, {"message": "Bad credentials"})
            if state.behind is None:
                return self._write(200, {"name": name})
            return self._pass_on(method, body)

        def _pass_on(self, method: str, body: bytes) -> None:
            assert state.behind is not None
            connection = http.client.HTTPConnection(*state.behind, timeout=10)
            headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
            connection.request(
                method, self.path, body or None, headers | {"Authorization": f"Bearer {state.behind_token}"}
            )
            answer = connection.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            for key, value in answer.getheaders():
                if key.lower() not in ("date", "server", "content-length"):
                    self.send_header(key, value)
            if answer.status not in (204, 304):
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            connection.close()

        def _write(self, status: int, payload: object) -> None:
            content = json.dumps(payload).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler
