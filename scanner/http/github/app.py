"""A GitHub App's installation as a credential: tokens that read only, live an hour, and are renewed in time.

Getting one is the only request of Assay that is neither a GET nor a GraphQL query:
``POST /app/installations/ID/access_tokens``, which changes nothing but that there is a token.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import quote

from scanner.core.evidence import Unreadable, Why
from scanner.http.github.permissions import METADATA, PERMISSIONS
from scanner.http.github.refusals import refusal
from scanner.http.limits import Limits
from scanner.http.secret import Secret
from scanner.http.shape import Node, nodes, parse_json
from scanner.http.traffic import server_time
from scanner.http.wire import Request, Wire, admitted

RENEWED_BEFORE = 600.0
"""Seconds before its end at which a token is renewed: a request or clone that begins with it can end with it."""
LEAST_LIFE = 60.0
"""A token is used for so many seconds at least, however short the forge says that it lives."""
_CLOSES = "the App's id, its private key, and its installation on the account (ASSAY_GITHUB_APP_…)"


@dataclass(frozen=True, slots=True)
class Installation:
    """An App as installed on an account. ``granted`` are its rights (name, "read", "write" or "admin")."""

    number: int
    app: str
    account: str
    granted: Mapping[str, str]

    @property
    def asked(self) -> dict[str, str]:
        """The rights that Assay asks for its token: to read, and only what it reads; what is not granted is refused whole."""
        wanted = {name for _, permission in PERMISSIONS for name in permission.app}
        return {name: "read" for name in sorted(wanted) if name in self.granted}

    @property
    def writes(self) -> tuple[str, ...]:
        """The rights to change something that the App was given, and that Assay's token leaves out."""
        return tuple(sorted(name for name, right in self.granted.items() if right != "read"))


class AppInstallation:
    """The credential of App ``app`` (id or client id) with its private key (PEM), on the installation or ``account`` named.

    Without either, the App's only installation is meant. ``now`` (epoch seconds) is an argument for tests.
    """

    def __init__(
        self,
        api_url: str,
        app: str,
        key: str,
        account: str = "",
        installation: int | None = None,
        limits: Limits | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._api_url = api_url.rstrip("/")
        self._app = app
        self._key = key
        self._account = account
        self._number = installation
        self._limits = limits or Limits()
        self._now = now
        self._held: Secret | None = None
        self._until = 0.0
        self._failed: Unreadable | None = None
        self._found: Installation | None = None
        admitted(self._api_url, Secret("a key"))

    def __repr__(self) -> str:
        return f"AppInstallation({self._app})"

    @property
    def identity(self) -> str:
        """The App and where it is installed: its tokens come and go, and open the same."""
        return f"app {self._app} {self._number or ''} {self._account}"

    def reveal(self) -> str:
        """The token of now, got or renewed when needed; a refusal is remembered."""
        if self._failed is not None:
            raise self._failed
        if self._held is None or self._now() >= self._until:
            self._renew()
        assert self._held is not None
        return self._held.reveal()

    def installation(self) -> Installation:
        """What the App is and may; Unreadable when it cannot be told."""
        self.reveal()
        assert self._found is not None
        return self._found

    def _renew(self) -> None:
        try:
            with closing(Wire(self._api_url, self._signed(), self._limits)) as wire:
                found = self._found or self._find(wire)
                self._held, life = _token(wire, self._api_url, found)
        except Unreadable as problem:
            if problem.hole.why not in (Why.UNREACHABLE, Why.RATE_LIMITED):
                self._failed = problem
            raise
        self._found = found
        self._until = self._now() + max(LEAST_LIFE, life - RENEWED_BEFORE)

    def _signed(self) -> Secret:
        """What the App says of itself for five minutes, signed with its key."""
        from github.Auth import AppAuth  # slow to import, and only an App needs it
        from jwt.exceptions import PyJWTError

        try:
            return Secret(AppAuth(self._app, self._key).create_jwt())
        except (PyJWTError, ValueError, TypeError):
            raise Unreadable(Why.FORBIDDEN, "the App's private key is no RSA key in PEM form", _CLOSES) from None

    def _find(self, wire: Wire) -> Installation:
        if self._number is not None:
            return _installation(_get(wire, self._api_url, f"/app/installations/{self._number}"))
        if not self._account:
            return self._only(wire)
        account = quote(self._account, safe="")
        try:
            found = _get(wire, self._api_url, f"/orgs/{account}/installation")
        except Unreadable as problem:
            if problem.hole.why is not Why.AMBIGUOUS_404:
                raise
            found = _get(wire, self._api_url, f"/users/{account}/installation")
        return _installation(found)

    def _only(self, wire: Wire) -> Installation:
        path = "/app/installations"
        found = nodes(_get(wire, self._api_url, f"{path}?per_page=2"), f"GET {path}")
        if len(found) != 1:
            many = "several installations" if found else "no installation"
            raise Unreadable(Why.FORBIDDEN, f"the App has {many}", "name one in ASSAY_GITHUB_APP_INSTALLATION")
        return _installation(found[0].plain())


def _installation(value: object) -> Installation:
    node = Node(value, "the App's installation")
    if node.has("suspended_at"):
        raise Unreadable(Why.FORBIDDEN, "the App's installation is suspended", "an owner lifts the suspension")
    granted = node.node("permissions")
    account = node.node_or_none("account")
    return Installation(
        node.number("id"),
        node.text_or("app_slug"),
        account.text_or("login") if account else "",
        {name: granted.text(name) for name in granted.plain()},
    )


def _get(wire: Wire, api_url: str, path: str) -> object:
    label = f"GET {path.partition('?')[0]}"
    request = Request(f"{api_url}{path}", label, {"Accept": "application/vnd.github+json"})
    answer = wire.exchange(request)
    refused = refusal(answer, label, METADATA, time.time())
    if refused is not None:
        raise Unreadable(refused.hole.why, f"as an App: {refused.hole.detail}", _CLOSES)
    return parse_json(answer.body, label)


def _token(wire: Wire, api_url: str, found: Installation) -> tuple[Secret, float]:
    """A token of ``found`` that may read only, and how many seconds it lives."""
    label = f"POST /app/installations/{found.number}/access_tokens"
    body = json.dumps({"permissions": found.asked}).encode()
    headers = {"Accept": "application/vnd.github+json", "Content-Type": "application/json"}
    answer = wire.credential(Request(f"{api_url}{label.removeprefix('POST ')}", label, headers, body))
    if answer.status != 201:
        refused = refusal(answer, label, METADATA, time.time())
        detail = refused.hole.detail if refused is not None else f"{label} answered {answer.status}"
        raise Unreadable(refused.hole.why if refused is not None else Why.UNSUPPORTED, detail, _CLOSES)
    given = Node(parse_json(answer.body, label), label)
    try:
        token = Secret(given.raw_text("token"))
    except ValueError:
        raise Unreadable(Why.UNPARSABLE, f"{label} did not answer with a token") from None
    return token, given.moment("expires_at").timestamp() - server_time(answer.headers, time.time())
