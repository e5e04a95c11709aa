"""Taking credentials, found secrets and e-mail addresses out of what a forge answered."""

from __future__ import annotations

import re
from collections.abc import Callable

_KEYS = rb"temp_clone_token|runners_token|private_key|client_secret|webhook_secret|access_token|secret|token|password"
_TEXT = rb'"(?:[^"\\]++|\\.)++"'
_SCALAR = _TEXT + rb"|-?\d[\d.eE+-]*+"


def _under(keys: bytes) -> re.Pattern[bytes]:
    """A key with what says something under it: a text, a number, or the beginning of an object or list."""
    return re.compile(rb'("(?:' + keys + rb')"\s*+:\s*+)(?:(' + _SCALAR + rb")|[\[{])", re.DOTALL)


_VALUES = _under(_KEYS)
_VARIABLES = _under(rb"value")
_PARTS = re.compile(rb'"(?:[^"\\]++|\\.)*+"|([\[{])|([\]}])', re.DOTALL)
_KNOWN = re.compile(
    rb"gh[pour]_[A-Za-z0-9]{36,}+|ghs_[A-Za-z0-9_.-]{36,}+|github_pat_[A-Za-z0-9_]{22,}+|gl(?:pat|rt|dt)-[\w.-]{20,}+"
    rb"|A[KS]IA[0-9A-Z]{16}|xox[abeprs]-[A-Za-z0-9-]{10,}+"
    rb"|-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    rb'(?:[^"\\-]++|\\.|-(?!----END [A-Z0-9 ]{0,40}PRIVATE KEY))*+(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?',
    re.DOTALL,
)
"""Wherever they stand: before them an escape such as ``\\n`` reads like a letter."""
_AT = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0040", re.IGNORECASE)
"""An escaped @; behind an odd number of backslashes it is the text "\\u0040"."""
_ADDRESS = re.compile(
    rb"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}(?![A-Za-z0-9.-]*@)"
)
_KEPT_LOCAL = b"git@"
"""Not a person: ``git@host:path`` is an address of a clone."""
_REDACTED = b"***"


def without_secrets(body: bytes, url: str) -> bytes:
    """``body`` with every value that is a credential by its key or its form replaced by ``***``.

    Under such a key an object or list goes as a whole; null, true, false and the empty text tell nothing and stay.
    """
    body = _blanked(body, _VALUES)
    if "/variables" in url:
        body = _blanked(body, _VARIABLES)
    return _KNOWN.sub(_REDACTED, body)


def _blanked(body: bytes, keys: re.Pattern[bytes]) -> bytes:
    """``body`` with what stands under ``keys`` replaced; one that is cut off inside ends there."""
    out, done = [], 0
    while (found := keys.search(body, done)) is not None:
        out += [body[done : found.end(1)], b'"' + _REDACTED + b'"']
        done = found.end() if found[2] is not None else _end(body, found.end(1))
    return b"".join((*out, body[done:])) if out else body


def _end(body: bytes, start: int) -> int:
    """Where the object or list that begins at ``start`` ends."""
    depth = 0
    for part in _PARTS.finditer(body, start):
        depth += (part[1] is not None) - (part[2] is not None)
        if depth == 0:
            return part.end()
    return len(body)


def without_addresses(body: bytes, stands_for: Callable[[str], str]) -> bytes:
    """``body`` with every e-mail address replaced by what ``stands_for`` it."""

    def replaced(match: re.Match[bytes]) -> bytes:
        found = match.group()
        kept = found.startswith(_KEPT_LOCAL) or found.endswith(b"@pseudonym.invalid")
        return found if kept else stands_for(found.decode("ascii")).encode("ascii")

    return _ADDRESS.sub(replaced, _AT.sub(rb"\1@", body))
