"""Taking credentials, found secrets and e-mail addresses out of what a forge answered."""

from __future__ import annotations

import re
from collections.abc import Callable

_KEYS = "temp_clone_token|runners_token|private_key|client_secret|webhook_secret|access_token|secret|token|password"
_VALUES = re.compile(rb'("(?:' + _KEYS.encode() + rb')"\s*:\s*)"(?:[^"\\]|\\.)+"')
_VARIABLES = re.compile(rb'("value"\s*:\s*)"(?:[^"\\]|\\.)+"')
_KNOWN = re.compile(
    rb"(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255}|gl(?:pat|rt|dt)-[\w-]{20,255}"
    rb"|AKIA[0-9A-Z]{16}|xox[abeprs]-[A-Za-z0-9-]{10,255})"
)
_AT = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0040", re.IGNORECASE)
"""An escaped @; behind an odd number of backslashes it is the text "\\u0040"."""
_ADDRESS = re.compile(
    rb"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}(?![A-Za-z0-9.-]*@)"
)
_KEPT_LOCAL = b"git@"
"""Not a person: ``git@host:path`` is an address of a clone."""
_REDACTED = b"***"


def without_secrets(body: bytes, url: str) -> bytes:
    """``body`` with every value that is a credential by its key or its form replaced by ``***``."""
    body = _VALUES.sub(rb'\1"' + _REDACTED + b'"', body)
    if "/variables" in url:
        body = _VARIABLES.sub(rb'\1"' + _REDACTED + b'"', body)
    return _KNOWN.sub(_REDACTED, body)


def without_addresses(body: bytes, stands_for: Callable[[str], str]) -> bytes:
    """``body`` with every e-mail address replaced by what ``stands_for`` it."""

    def replaced(match: re.Match[bytes]) -> bytes:
        found = match.group()
        kept = found.startswith(_KEPT_LOCAL) or found.endswith(b"@pseudonym.invalid")
        return found if kept else stands_for(found.decode("ascii")).encode("ascii")

    return _ADDRESS.sub(replaced, _AT.sub(rb"\1@", body))
