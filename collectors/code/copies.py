"""Fingerprints by which copied code is found: one for every line that a stretch of enough code starts at.

After S. Schleimer, D. Wilkerson, A. Aiken, Winnowing, SIGMOD 2003, with a window of one line, so that copies count to the line.
"""

from __future__ import annotations

import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import add, sub
from zlib import crc32

LINES, LONGER, TOKENS = 6, 10, 50
"""A stretch is 6 lines of code; 10 where 6 hold fewer than 50 words and signs; none where 10 still do."""
KEPT = 4_000
"""Fingerprints of a file. Of a larger one only every second, fourth … by value is kept, in all files the same."""
_WORD = bytes(i for i in range(256) if i > 127 or i == 95 or chr(i).isalnum())
_APART = bytes(i if i in _WORD or i == 10 else 32 for i in range(256))
_NO_SIGN = _WORD + b" \t\r\v\f\0"


@dataclass(frozen=True, slots=True)
class Prints:
    """Fingerprints of one blob, packed. ``code_lines`` are those that are neither blank nor comment alone.

    ``keys`` are 64-bit numbers, one for each code line that a stretch starts at and 0 for others, the lowest bit telling the
    longer stretches; ``lines`` are the numbers of the code lines in the file; both little-endian in base 64.
    """

    code_lines: int
    keys: str
    lines: str

    def unpacked(self) -> tuple[array[int], array[int]]:
        """Keys and line numbers, by code line."""
        return _array("q", b64decode(self.keys)), _array("I", b64decode(self.lines))


def prints(content: bytes, comments: Iterable[tuple[int, int]]) -> Prints:
    """The fingerprints of ``content`` without the byte ranges of its comments. Equal text has equal keys, spaces at the ends apart."""
    code = without(content, comments)
    stripped = [line.strip() for line in code.split(b"\n")]
    numbers = [number for number, line in enumerate(stripped, start=1) if line]
    held = [line for line in stripped if line]
    text = b"\n".join(held)
    sizes = list(
        map(
            add,
            map(len, map(bytes.split, text.translate(_APART).split(b"\n"))),
            map(len, text.translate(None, _NO_SIGN).split(b"\n")),
        )
    )
    keys = _keys(list(map(crc32, held)), list(accumulate(sizes, initial=0))) if held else []
    return Prints(len(held), _packed("q", keys), _packed("I", numbers))


def without(content: bytes, ranges: Iterable[tuple[int, int]]) -> bytes:
    """``content`` with the ranges taken out, line breaks kept. Ranges come in order; one within another counts once."""
    parts: list[bytes] = []
    at = 0
    for start, end in ranges:
        if start < at:
            continue
        parts.append(content[at:start])
        parts.append(b"\n" * content.count(b"\n", start, end))
        at = end
    parts.append(content[at:])
    return b"".join(parts)


def _keys(lines: list[int], held: list[int]) -> list[int]:
    """The key of each line from the checksums of the lines and the running number of tokens before each."""
    count = len(lines)
    short = [hash(six) & ~1 for six in zip(*(lines[n:] for n in range(LINES)), strict=False)]
    enough = [size >= TOKENS for size in map(sub, held[LINES:], held)]
    keys = [key if fits else 0 for key, fits in zip(short, enough, strict=True)]
    keys += [0] * (count - len(keys))
    for at in range(count - LONGER + 1):
        if not keys[at] and held[at + LONGER] - held[at] >= TOKENS:
            keys[at] = hash(tuple(lines[at : at + LONGER])) | 1
    mask = 2
    while count - keys.count(0) > KEPT:
        keys = [0 if key & mask else key for key in keys]
        mask <<= 1
    return keys


def stretch(key: int) -> int:
    """How many code lines the key stands for."""
    return LONGER if key & 1 else LINES


def shared(files: Iterable[Prints]) -> frozenset[int]:
    """The keys that stand in two files or more."""
    seen: set[int] = set()
    twice: set[int] = set()
    for file in files:
        mine = set(file.unpacked()[0])
        twice |= mine & seen
        seen |= mine
    return frozenset(twice - {0})


def stretches(file: Prints, keys: frozenset[int]) -> Iterator[tuple[int, int, int]]:
    """(first code line, code lines, number of the first line) of each place whose key is one of ``keys``, overlaps joined."""
    own, numbers = file.unpacked()
    start = end = -1
    for at, key in enumerate(own):
        if key not in keys:
            continue
        if at > end:
            if end > start >= 0:
                yield start, end - start, numbers[start]
            start = at
        end = max(end, at + stretch(key))
    if end > start >= 0:
        yield start, end - start, numbers[start]


def _packed(kind: str, values: list[int]) -> str:
    made = array(kind, values)
    if sys.byteorder == "big":
        made.byteswap()
    return b64encode(made.tobytes()).decode("ascii")


def _array(kind: str, raw: bytes) -> array[int]:
    made: array[int] = array(kind)
    made.frombytes(raw[: len(raw) // made.itemsize * made.itemsize])
    if sys.byteorder == "big":
        made.byteswap()
    return made
