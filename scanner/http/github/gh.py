"""The login of the gh program: from its file, or from gh itself where the system's keyring holds the token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from scanner.core.evidence import Unreadable
from scanner.core.text import clean
from scanner.files import read_plain
from scanner.http.secret import Secret
from scanner.tools import find_tool, run_tool

_FILE_BYTES = 100_000
_KEYRING = (
    "HOME", "GH_CONFIG_DIR", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY",
)  # fmt: skip
"""What gh needs to find its folder and the keyring."""


@dataclass(frozen=True, slots=True)
class GhLogin:
    """gh's token for a host, and whose it is (empty where the file does not say)."""

    token: Secret
    user: str


def gh_login(environment: Mapping[str, str], host: str) -> GhLogin | None:
    """The active login of gh at ``host``; None when there is none, or its file or keyring cannot be read."""
    entry = _entry(_folder(environment) / "hosts.yml", host)
    if entry is None:
        return None
    user = entry.get("user")
    login = clean(user, 100) if isinstance(user, str) else ""
    value = entry.get("oauth_token")
    if not isinstance(value, str):
        users = entry.get("users")
        own = users.get(login) if isinstance(users, dict) else None
        value = own.get("oauth_token") if isinstance(own, dict) else None
    token = value if isinstance(value, str) else _asked(environment, host)
    try:
        return GhLogin(Secret(token.strip()), login)
    except ValueError:
        return None


def _folder(environment: Mapping[str, str]) -> Path:
    if environment.get("GH_CONFIG_DIR"):
        return Path(environment["GH_CONFIG_DIR"])
    if environment.get("XDG_CONFIG_HOME"):
        return Path(environment["XDG_CONFIG_HOME"]) / "gh"
    return Path(environment.get("HOME") or "/nonexistent") / ".config" / "gh"


def _entry(path: Path, host: str) -> dict[str, object] | None:
    """What the file says of ``host``."""
    try:
        hosts = yaml.safe_load(read_plain(path, _FILE_BYTES))
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return None
    entry = hosts.get(host) if isinstance(hosts, dict) else None
    return {str(k): v for k, v in entry.items()} if isinstance(entry, dict) else None


def _asked(environment: Mapping[str, str], host: str) -> str:
    """What gh prints when asked for its token; empty when it cannot."""
    program = find_tool("gh")
    if program is None:
        return ""
    kept = {name: environment[name] for name in _KEYRING if environment.get(name)}
    try:
        said = run_tool(
            [str(program), "auth", "token", "--hostname", host],
            cwd=Path("/"), timeout_seconds=15, limit_output_bytes=10_000, env_extra=kept,
        )  # fmt: skip
    except Unreadable:
        return ""
    return said.stdout.decode("ascii", "replace") if said.code == 0 else ""
