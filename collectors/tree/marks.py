"""TODO, FIXME, HACK and XXX in the text of a file: in its comments, where they are known, or in what looks like comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LINE_BYTES = 2_000
"""Longer lines are not looked at: they are data or minified code."""

_WORD = re.compile(rb"\b(TODO|FIXME|HACK|XXX)\b")
_OPENERS = (b"//", b"#", b"/*", b"--", b"<!--", b";", b"%", b'"""', b"'''", b"(*", b"{-")
_STAR = re.compile(rb"\s*\*")


def in_text(content: bytes) -> tuple[tuple[int, str], ...]:
    """(line, kind) of marks in lines that look like comments: the word stands behind a comment's opening, or in a ``*`` line.

    One marker per line. A word in a string without such an opening is none.
    """
    out = []
    if _WORD.search(content) is None:
        return ()
    for number, line in enumerate(content.split(b"\n"), start=1):
        match = _WORD.search(line) if len(line) <= LINE_BYTES else None
        if match and _in_comment(line[: match.start()]):
            out.append((number, match.group(1).decode("ascii")))
    return tuple(out)


def in_comments(content: bytes, comments: Iterable[tuple[int, int]]) -> tuple[tuple[int, str], ...]:
    """(line, kind) of the marks in the byte ranges of comments, one a line; the ranges come in order."""
    if _WORD.search(content) is None:
        return ()
    found: dict[int, str] = {}
    line, at = 1, 0
    for start, end in comments:
        for match in _WORD.finditer(content, start, end):
            line += content.count(b"\n", at, match.start())
            at = match.start()
            found.setdefault(line, match.group(1).decode("ascii"))
    return tuple(found.items())


def comment_lines(content: bytes) -> Iterator[tuple[int, int]]:
    """The byte ranges of lines that look like comments alone, in a language whose comments nobody tells us."""
    at = 0
    for line in content.split(b"\n"):
        if line.lstrip().startswith(_OPENERS) or _STAR.match(line):
            yield at, at + len(line)
        at += len(line) + 1


def _in_comment(before: bytes) -> bool:
    return any(opener in before for opener in _OPENERS) or _STAR.match(before) is not None
