"""Text from strangers, made safe to carry: bounded, without control characters or lone surrogates."""

from __future__ import annotations

import unicodedata

LIMIT = 300
"""Longest text (characters) that a fact carries from a repository or a forge, unless it says otherwise."""

_CATEGORIES_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


class _Safe(dict[int, str]):
    """What stands for each character: itself, a blank for white space, nothing for what is refused. Filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in "\t\r\n":
            safe = " "
        else:
            safe = "" if unicodedata.category(character) in _CATEGORIES_REFUSED else character
        self[code] = safe
        return safe


_SAFE = _Safe()
_SAFE_LINES = _Safe({10: "\n"})


def clean(text: str | bytes, limit: int = LIMIT) -> str:
    r"""``text`` on one line, without control, format or surrogate characters, cut at ``limit`` characters.

    Bytes are read as UTF-8; what is not UTF-8 shows as ``\xNN``.
    """
    if isinstance(text, bytes):
        text = text[: limit * 4].decode("utf-8", "backslashreplace")
    cut = text[: limit * 2]
    if not (cut.isascii() and cut.isprintable()):
        cut = cut.translate(_SAFE)
    return _shortened(cut, limit)


def clean_lines(text: str) -> str:
    """``text`` without control, format or surrogate characters, its line breaks kept; of any length."""
    return text if text.isascii() and text.replace("\n", "").isprintable() else text.translate(_SAFE_LINES)


def _shortened(text: str, limit: int) -> str:
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def counted(number: int, noun: str, plural: str = "") -> str:
    """``number`` and its noun in the right form; the plural is the noun with an s unless given: 1 commit, 2 branches."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def decode_path(raw: bytes) -> str:
    r"""A path of a git tree as text: UTF-8, other bytes as ``\xNN``, control characters escaped; never lossy by merging."""
    text = raw.decode("utf-8", "backslashreplace")
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
