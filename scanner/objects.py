"""Small commits and tags as git keeps them, many in one pass."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from scanner.core.evidence import Unreadable
from scanner.git import Git

LARGEST_BYTES = 64_000
"""A commit or tag with its message and signature; larger ones are left out."""
MOST_BYTES = 64_000_000
_SECONDS = 600


class RawObject(NamedTuple):
    """What an object is ("commit", "tag") and its content."""

    kind: str
    content: bytes


def raw_objects(git: Git, oids: Iterable[str]) -> dict[str, RawObject]:
    """The objects ``oids`` by id, read by two processes, however many they are.

    Left out are those that are missing, damaged or larger than `LARGEST_BYTES`, what follows a damaged one, and what
    is over `MOST_BYTES` in all.
    """
    wanted, left = [], MOST_BYTES
    for oid, size in _sizes(git, sorted(set(oids))):
        left -= size if size <= LARGEST_BYTES else 0
        if size <= LARGEST_BYTES and left >= 0:
            wanted.append(oid)
    return _parsed(_batch(git, wanted)) if wanted else {}


def _sizes(git: Git, oids: list[str]) -> list[tuple[str, int]]:
    try:
        answer = git.run("cat-file", "--batch-check", stdin=_lines(oids)) if oids else b""
    except Unreadable:
        return []
    told = (line.split(" ") for line in answer.decode("ascii", "replace").splitlines())
    return [(words[0], int(words[2])) for words in told if len(words) == 3 and words[1] in ("commit", "tag")]


def _batch(git: Git, oids: list[str]) -> bytes:
    """What git wrote, also when a damaged object ended it."""
    process = git.start("cat-file", "--batch", stdin=subprocess.PIPE)
    try:
        return process.communicate(_lines(oids), _SECONDS)[0]
    except (subprocess.TimeoutExpired, OSError):
        return b""
    finally:
        process.kill()
        with suppress(OSError, ValueError):
            process.communicate()


def _lines(oids: list[str]) -> bytes:
    return "".join(f"{oid}\n" for oid in oids).encode()


def _parsed(told: bytes) -> dict[str, RawObject]:
    found: dict[str, RawObject] = {}
    at = 0
    while (end := told.find(b"\n", at)) >= 0:
        words = told[at:end].decode("ascii", "replace").split(" ")
        at = end + 1
        if len(words) != 3 or not words[2].isdigit():
            continue  # "<id> missing"
        content = told[at : at + int(words[2])]
        at += int(words[2]) + 1
        if len(content) == int(words[2]):
            found[words[0]] = RawObject(words[1], content)
    return found
