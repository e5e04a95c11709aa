"""The added lines of a patch, run by run, as gitleaks sees them in ``git log -p -U0``."""

from __future__ import annotations

import re
from collections.abc import Iterator

MARK = b"\n+"
"""What begins an added line, and what `bare` takes a byte away of."""
_BODY = b"\n@@ -"
_HEAD = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d{1,10})(?:,\d+)? @@")


def body(patch: bytes, start: int, end: int) -> bytes:
    """The hunks in ``patch[start:end]``, one file's part, from the first line of hunk on; empty without any."""
    at = patch.find(_BODY, start, end)
    return patch[at + 1 : end] if at >= 0 else b""


def bare(patch: bytes) -> bytes:
    """``patch`` without the marks of added lines, so that what goes on over several of them can be matched."""
    return patch.replace(MARK, b"\n")


def added_runs(hunks: bytes) -> Iterator[tuple[int, bytes]]:
    """(first line number, text) of each run of added lines that no kept line parts, without their marks."""
    number, kept, end = 0, list[bytes](), b"\n"
    for line in hunks.split(b"\n"):
        mark = line[:1]
        if mark == b"+":
            kept.append(line[1:])
            number += 1
        elif mark == b"\\":
            end = b"" if kept else end
        elif mark != b"-":
            if kept:
                yield number - len(kept), b"\n".join(kept) + end
            head = _HEAD.match(line)
            number, kept, end = int(head[1]) if head else number + 1, [], b"\n"
    if kept:
        yield number - len(kept), b"\n".join(kept) + end
