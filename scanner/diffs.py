"""What commits changed, line by line: one ``git log -p -U1`` read as a stream, each commit once.

The text of a patch is cheaper for git than ``--numstat`` and tells the same and more. One line of context, not
none: without any, git shortens both files before it compares them, and counts a few changes differently.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.core.text import decode_path
from scanner.git import Git

PATCH_BYTES = 128 * 1024 * 1024
"""Longest patch of one commit that is read; a longer one leaves its commit untold."""
DAMAGED_COMMITS = 20
"""Most commits whose objects are missing or damaged that are stepped over; then the rest is left untold."""
MAX_FILES = 5_000
"""Most files of one commit whose changes are told one by one."""
_FILE = b"\ndiff --git "
_BINARY = b"\nBinary files "
_TOO_LARGE = Unknown(Why.TOO_LARGE, f"its patch is longer than {PATCH_BYTES >> 20} MiB")
_PATCHES, _NUMBERS = ("-p", "-U1"), ("--numstat",)
_LOG = ("log", "--stdin", "--no-walk=unsorted", "--raw", "-M", "-z", "--no-abbrev", "--full-index", "--no-color",
        "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-prefix", "--diff-algorithm=myers", "--no-indent-heuristic")  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileDiff:
    """One file of a commit. ``patch[start:end]`` of its commit is its part of the patch.

    ``status`` is git's letter (A, D, M, R, T); ``old_path`` differs from ``path`` in a rename. ``added`` and
    ``deleted`` are lines, as ``git log --numstat -M`` counts them; None in a binary file.
    """

    path: str
    old_path: str
    status: str
    added: int | None
    deleted: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CommitDiff:
    """What one commit that is no merge changed; ``patch`` is git's text with one line of context, ``committed_at`` seconds since 1970.

    Before the patch itself stand the commit's id and the list of its files: a copy without them would cost as much memory again.
    """

    oid: str
    committed_at: int
    patch: bytes
    files: tuple[FileDiff, ...]


@dataclass(frozen=True, slots=True)
class Untold:
    """A commit whose changes could not be read, and why."""

    oid: str
    hole: Unknown


def diffs(git: Git, oids: Sequence[str], *, patches: bool = True) -> Iterator[CommitDiff | Untold]:
    """What each of ``oids`` changed, in their order; none of them may be a merge. Without ``patches`` the numbers alone, cheaper.

    A commit whose objects are missing or damaged is stepped over, alone; after `DAMAGED_COMMITS` of them the rest is
    untold. Raises Unreadable(CORRUPT) when git fails before it tells anything.
    """
    waiting = list(oids)
    damaged = 0
    while waiting:
        told = 0
        try:
            for piece in _pieces(git, waiting, patches=patches):
                yield Untold(_oid(piece), _TOO_LARGE) if len(piece) > PATCH_BYTES else _commit(piece, patches=patches)
                told += 1
            waiting = []
        except Unreadable as problem:
            # what came before the end of the stream is whole; the commit after it could not be read
            yield Untold(waiting[told], problem.hole) if told < len(waiting) else Untold("", problem.hole)
            damaged += 1
            waiting = waiting[told + 1 :]
            if damaged >= DAMAGED_COMMITS:
                yield from (Untold(oid, problem.hole) for oid in waiting)
                return


def _pieces(git: Git, oids: Sequence[str], *, patches: bool) -> Iterator[bytes]:
    """The stream cut at a marker that no patch can foresee, the last piece only when git ended well."""
    token = secrets.token_hex(12)
    with tempfile.TemporaryFile() as wanted:
        wanted.write("".join(f"{oid}\n" for oid in oids).encode("ascii"))
        wanted.seek(0)
        pieces = git.lines(
            *_LOG, *(_PATCHES if patches else _NUMBERS), f"--format=%x01{token}%x00%H%x00%ct", stdin=wanted,
            separator=f"\x01{token}\0".encode(), limit_bytes=PATCH_BYTES,
        )  # fmt: skip
        yield from (piece for piece in pieces if piece)


def _oid(piece: bytes) -> str:
    return piece[: piece.find(b"\0")].decode("ascii", "replace")


def _commit(piece: bytes, *, patches: bool) -> CommitDiff:
    """One piece of the stream: id, time, the raw listing, an empty field and the patch; or the numbers at once."""
    first = piece.find(b"\0")
    at = piece.find(b"\0", first + 1)
    oid, seconds = piece[:first].decode("ascii", "replace"), piece[first + 1 : at]
    at += 2 if piece[at + 1 : at + 2] == b"\n" else 1
    listed: list[tuple[str, str, str]] = []
    while piece[at : at + 1] == b":":
        end = piece.find(b"\0", at)
        status = chr(piece[piece.rfind(b" ", at, end) + 1])
        at, end = end + 1, piece.find(b"\0", end + 1)
        old = new = decode_path(piece[at:end])
        if status in "RC":
            at, end = end + 1, piece.find(b"\0", end + 1)
            new = decode_path(piece[at:end])
        at = end + 1
        listed.append((status, old, new))
    files = _files(listed, piece, at + 1) if patches else _counted(listed, piece[at:])
    return CommitDiff(oid, int(seconds) if seconds.isdigit() else 0, piece if patches and listed else b"", tuple(files))


def _counted(listed: list[tuple[str, str, str]], numbers: bytes) -> Iterator[FileDiff]:
    """Each listed file with the lines that git counted: ``added TAB deleted TAB path NUL``, both paths after a NUL in a rename."""
    cells = iter(numbers.split(b"\0"))
    for (status, old, new), cell in zip(listed, cells, strict=False):
        counts = cell.split(b"\t", 2)
        if len(counts) < 3:
            break
        if not counts[2]:
            next(cells, b"")
            next(cells, b"")
        binary = counts[0] == b"-"
        same = binary and status in "RC"
        added, deleted = (None, None) if binary else (int(counts[0]), int(counts[1]))
        yield FileDiff(new, old, status, 0 if same else added, 0 if same else deleted, 0, 0)


def _files(listed: list[tuple[str, str, str]], patch: bytes, begin: int) -> Iterator[FileDiff]:
    """Each listed file with its part of the patch, which starts at ``begin``. A change of type (file to link) is told in two parts."""
    starts = _starts(patch, begin)
    number = 0
    for status, old, new in listed:
        parts = 2 if status == "T" else 1
        if number + parts >= len(starts):
            break
        start, end = starts[number], starts[number + parts]
        added, deleted = _lines(patch, start, starts[number + 1])
        if parts == 2:
            more, fewer = _lines(patch, starts[number + 1], end)
            added = None if added is None or more is None else added + more
            deleted = None if deleted is None or fewer is None else deleted + fewer
        number += parts
        yield FileDiff(new, old, status, added, deleted, start, end)


def _starts(patch: bytes, begin: int) -> list[int]:
    """Where the parts of a patch begin, and its end."""
    starts = [begin] if begin < len(patch) else []
    at = patch.find(_FILE, begin)
    while at >= 0:
        starts.append(at + 1)
        at = patch.find(_FILE, at + 1)
    return [*starts, len(patch)]


def _lines(patch: bytes, start: int, end: int) -> tuple[int | None, int | None]:
    """(added, deleted) lines of one part; (None, None) when git calls it binary."""
    body = patch.find(b"\n@@ -", start, end)
    if body < 0:
        return (None, None) if patch.find(_BINARY, start, end) >= 0 else (0, 0)
    return patch.count(b"\n+", body, end), patch.count(b"\n-", body, end)
