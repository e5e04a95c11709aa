"""Which credential a scan has for a GitHub: Assay's own variables first, then what is there for other programs, said aloud."""

from __future__ import annotations

import logging
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scanner.files import read_plain
from scanner.http.github.app import AppInstallation
from scanner.http.github.gh import GhLogin, gh_login
from scanner.http.secret import Credential, Secret

OWN = "ASSAY_GITHUB_TOKEN"
APP_ID, APP_KEY_FILE, APP_INSTALLATION = "ASSAY_GITHUB_APP_ID", "ASSAY_GITHUB_APP_KEY_FILE", "ASSAY_GITHUB_APP_INSTALLATION"  # fmt: skip
_PUBLIC = "https://api.github.com"
_KEY_BYTES = 64_000
_log = logging.getLogger("assay." + __name__)


class CredentialError(ValueError):
    """What names a credential is wrong; the text says what, and never the credential."""


@dataclass(frozen=True, slots=True)
class Found:
    """A credential, and whose it is where the user did not give it to Assay itself (else empty)."""

    credential: Credential
    told: str = ""


def find(environment: Mapping[str, str], api_url: str, account: str = "", *, borrow: bool = False) -> Found | None:
    """The credential for the GitHub at ``api_url``, None when there is none. Raises CredentialError.

    In this order: ASSAY_GITHUB_TOKEN; the App of ASSAY_GITHUB_APP_ID, as installed on ``account``; with ``borrow``
    also GH_TOKEN or GITHUB_TOKEN where they are meant for this GitHub, and the login of the gh program.
    """
    own = _named(environment, OWN)
    if own is not None:
        return Found(own)
    if any(environment.get(name, "").strip() for name in (APP_ID, APP_KEY_FILE, APP_INSTALLATION)):
        app = environment.get(APP_ID, "").strip()
        return Found(_app(environment, api_url, account), f"reading as the GitHub App {app}")
    if not borrow:
        return None
    for name in _lent(environment, api_url):
        lent = _named(environment, name)
        if lent is not None:
            return Found(lent, f"using the token in {name}; {OWN} takes precedence")
    host = web_host(api_url)
    login = gh_login(environment, host)
    return None if login is None else Found(login.token, _told(login, host))


def web_host(api_url: str) -> str:
    """The host that people and gh name: github.com for its API, else the API's own."""
    host = urlsplit(api_url).hostname or ""
    if host == "api.github.com":
        return "github.com"
    return host.removeprefix("api.") if host.endswith(".ghe.com") else host


def _told(login: GhLogin, host: str) -> str:
    return f"using gh's token for {host} ({login.user or 'login unknown'}); {OWN} takes precedence"


def _lent(environment: Mapping[str, str], api_url: str) -> tuple[str, ...]:
    """The variables of other programs whose token is for this host: one for another host never goes there."""
    given = environment.get("GITHUB_API_URL", "").rstrip("/") or _PUBLIC
    names = ("GH_TOKEN", "GITHUB_TOKEN")
    if api_url.rstrip("/") == _PUBLIC:
        return names if given == _PUBLIC else ()
    if api_url.rstrip("/") == given:
        return ("GITHUB_TOKEN",)
    if environment.get("GH_HOST", "") == web_host(api_url):
        return ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
    return ()


def _named(environment: Mapping[str, str], name: str) -> Secret | None:
    """The token in the variable ``name``, None when there is none."""
    token = environment.get(name, "").strip()
    try:
        return Secret(token) if token else None
    except ValueError:
        raise CredentialError(f"{name} is not a token: it must be one line of printable ASCII") from None


def _app(environment: Mapping[str, str], api_url: str, account: str) -> AppInstallation:
    app, file = environment.get(APP_ID, "").strip(), environment.get(APP_KEY_FILE, "").strip()
    if not app or not file:
        raise CredentialError(f"a GitHub App needs both {APP_ID} and {APP_KEY_FILE}")
    if not (app.isascii() and app.isalnum()):
        raise CredentialError(f"{APP_ID} is the App's number or its client id")
    installation = environment.get(APP_INSTALLATION, "").strip()
    if installation and not (installation.isascii() and installation.isdigit() and len(installation) < 19):
        raise CredentialError(f"{APP_INSTALLATION} is the number of an installation")
    return AppInstallation(api_url, app, _key(Path(file)), account, int(installation) if installation else None)


def _key(path: Path) -> str:
    """The text of the private key's file; a word of warning when others may read it."""
    try:
        raw, mode = read_plain(path, _KEY_BYTES + 1), path.stat().st_mode
    except OSError as error:
        raise CredentialError(f"{APP_KEY_FILE}: {path} cannot be read: {error.strerror}") from None
    if not raw.startswith(b"-----BEGIN ") or len(raw) > _KEY_BYTES or not raw.isascii():
        raise CredentialError(f"{APP_KEY_FILE}: {path} is no private key in PEM form")
    if mode & (stat.S_IRGRP | stat.S_IROTH):
        _log.warning("%s: other users of this machine can read %s; chmod 600 it", APP_KEY_FILE, path)
    return raw.decode("ascii")
