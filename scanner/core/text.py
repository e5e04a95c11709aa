"""Text from strangers, made safe to carry: bounded, without control characters or lone surrogates."""

from __future__ import annotations

import unicodedata

LIMIT = 300
"""Longest text (characters) that a fact carries from a repository or a forge, unless it says otherwise."""

_CATEGORIES_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def clean(text: str | bytes, limit: int = LIMIT) -> str:
    r"""``text`` on one line, without control, format or surrogate characters, cut at ``limit`` characters.

    Bytes are read as UTF-8; what is not UTF-8 shows as ``\xNN``.
    """
    if isinstance(text, bytes):
        text = text[: limit * 4].decode("utf-8", "backslashreplace")
    cut = text[: limit * 2]
    if not (cut.isascii() and cut.isprintable()):
        cut = "".join(
            " " if c in "\t\r\n" else "" if unicodedata.category(c) in _CATEGORIES_REFUSED else c for c in cut
        )
    cut = cut.strip()
    return cut if len(cut) <= limit else cut[: limit - 1] + "…"


def counted(number: int, noun: str, plural: str = "") -> str:
    """``number`` and its noun in the right form; the plural is the noun with an s unless given: 1 commit, 2 branches."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def decode_path(raw: bytes) -> str:
    r"""A path of a git tree as text: UTF-8, other bytes as ``\xNN``, control characters escaped; never lossy by merging."""
    text = raw.decode("utf-8", "backslashreplace")
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
