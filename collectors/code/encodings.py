"""What gitleaks would decode before it looks again: percent, unicode, hexadecimal and base64 runs, in place.

The same rules as its package ``detect/codec`` (gitleaks 8.30.1), read here only to learn whether a second look is
worth it: what is found in the end is gitleaks' own.
"""

from __future__ import annotations

import base64
import re
from binascii import Error, a2b_base64
from collections.abc import Iterable

DEPTH = 5
"""Times that decoded text is decoded again, as gitleaks does by default."""
LOOK = {
    "percent": rb"%(?:0[9A-Fa-f]|[1-7][0-9A-Fa-f])",
    "unicode": rb"(?:U\+[a-fA-F0-9]{4}|\\[uU][a-fA-F0-9]{4})",
    "hex": rb"(?:0[9A-Fa-f]|[1-7][0-9A-Fa-f]){16}",
    "base64": rb"(?:^|[^\w/+-]|%[0-9A-Fa-f]{2}|\\[uU][0-9A-Fa-f]{4}|[0-9A-Fa-f]{32})"
    rb"(?:[C-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][\w/+-]){4}",
}
"""Patterns of runs that may decode to printable ASCII, without which there is nothing to decode.

Three bytes below 0x80 leave a mark in the four letters of base64 that hold them: their first bits are zero.
"""
_RUN = re.compile(
    rb"(?P<percent>%[0-9A-Fa-f]{2}(?:.*%[0-9A-Fa-f]{2})?)"
    rb"|(?P<unicode>(?:U\+[a-fA-F0-9]{4}(?:\s|\Z))+|(?:\\{1,2}[uU][a-fA-F0-9]{4})+)"
    rb"|(?P<hex>[0-9A-Fa-f]{32,})"
    rb"|(?P<base64>[\w/+-]{16,}={0,2})"
)
_RANK = {"percent": 4, "unicode": 3, "hex": 2, "base64": 1}
_PRINTABLE = bytes(range(0x09, 0x7F))
_DIGIT = re.compile(rb"[0-9]")
_LIKELY_BASE64 = re.compile(rb"[0-9+/_-]")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_POINT = re.compile(rb"(?:U\+|\\{1,2}[uU])([a-fA-F0-9]{4})")


def decoded(text: bytes, places: Iterable[int]) -> bytes | None:
    """``text`` with every run decoded, once, in the lines that ``places`` lie in; None when none could be."""
    pieces: list[bytes] = []
    at, changed = 0, False
    for start, end in _lines(text, places):
        plain = _line(text[start:end])
        changed |= plain is not None
        pieces += [text[at:start], text[start:end] if plain is None else plain]
        at = end
    return b"".join([*pieces, text[at:]]) if changed else None


def _lines(text: bytes, places: Iterable[int]) -> list[tuple[int, int]]:
    """The lines that ``places`` lie in, as (start, end with the line break); neighbours are one."""
    spans: list[tuple[int, int]] = []
    for place in sorted(set(places)):
        if spans and place < spans[-1][1]:
            continue
        start = text.rfind(b"\n", 0, place) + 1
        end = text.find(b"\n", place) + 1 or len(text)
        if spans and spans[-1][1] == start:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return spans


def _line(text: bytes) -> bytes | None:
    runs = [(found.start(), found.end(), str(found.lastgroup)) for found in _RUN.finditer(text)]
    pieces: list[bytes] = []
    at = 0
    for number, (start, end, kind) in enumerate(runs):
        if _yields(runs, number):
            continue
        plain = _DECODE[kind](text[start:end])
        if plain:
            pieces += [text[at:start], plain]
            at = end
    return b"".join([*pieces, text[at:]]) if pieces else None


def _yields(runs: list[tuple[int, int, str]], number: int) -> bool:
    """Whether a run beside this one, without a gap, comes first: then this one waits for the next pass."""
    start, end, kind = runs[number]
    before = number > 0 and runs[number - 1][1] == start and _RANK[runs[number - 1][2]] > _RANK[kind]
    after = number + 1 < len(runs) and runs[number + 1][0] == end and _RANK[runs[number + 1][2]] > _RANK[kind]
    return before or after


def _printable(plain: bytes) -> bytes:
    return b"" if plain.translate(None, _PRINTABLE) else plain


def _percent(run: bytes) -> bytes:
    escaped = bytes(int(pair, 16) for pair in _ESCAPE.findall(run))
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), run) if _printable(escaped) else b""


def _unicode(run: bytes) -> bytes:
    return b"".join(chr(int(point, 16)).encode("utf-8", "replace") for point in _POINT.findall(run))


def _hexadecimal(run: bytes) -> bytes:
    return _printable(bytes.fromhex(run.decode("ascii"))) if len(run) % 2 == 0 and _DIGIT.search(run) else b""


def _base64(run: bytes) -> bytes:
    if not _LIKELY_BASE64.search(run):
        return b""
    try:
        plain = _printable(a2b_base64(run, strict_mode=True))
    except Error:
        plain = b""
    if plain or b"=" in run or b"+" in run or b"/" in run:
        return plain
    try:
        return _printable(base64.urlsafe_b64decode(run + b"=" * (-len(run) % 4)))
    except Error:
        return b""


_DECODE = {"percent": _percent, "unicode": _unicode, "hex": _hexadecimal, "base64": _base64}
