"""The stream of commits: one ``git log --name-only`` read as text, a record per commit."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple

from scanner.core.text import clean, clean_lines, decode_path
from scanner.git import Git

MAX_PATHS = 5_000
"""Most paths of one commit that are told."""
LAST_SECOND = 253_370_764_800
"""The first of January 9999, in seconds since 1970: later times are held there."""
_BODY_CHARACTERS = 4_000
_SUBJECT_CHARACTERS = 300
_HEADER = "%H%x00%P%x00%an%x00%ae%x00%ad%x00%ct%x00%B"
_LOG = ("log", "--name-only", "--no-renames", "-z", "--no-color", "--no-ext-diff", "--no-textconv", "--no-show-signature",
        "--encoding=UTF-8", "--date=raw")  # fmt: skip


class Commit(NamedTuple):
    """One commit of the stream. Times are seconds since 1970, from there to the year 9999; ``zone`` is the author's, as ``±hhmm``.

    ``below`` is the message below its subject, at most 4,000 characters as they stand: `body` is what may be shown of it.
    ``paths`` are those that a commit which is no merge changed, renames as two; ``paths_cut`` says that there were more
    than `MAX_PATHS`.
    """

    oid: str
    parents: tuple[str, ...]
    author_name: str
    author_email: str
    authored_at: int
    zone: str
    committed_at: int
    subject: str
    below: str
    paths: tuple[str, ...]
    paths_cut: bool

    @property
    def body(self) -> str:
        """The message below its subject, without control characters."""
        return clean_lines(self.below).strip()

    @property
    def authored_locally(self) -> datetime:
        """The author's time in the author's zone; in UTC when the zone is nonsense."""
        return datetime.fromtimestamp(self.authored_at, zone_of(self.zone))


def commits(git: Git, head: str) -> Iterator[Commit]:
    """Every commit reachable from ``head``, newest first, in one pass.

    Raises Unreadable(CORRUPT) in the middle when an object of the history is missing or damaged.
    """
    token = secrets.token_hex(8)  # what no message and no path can foresee
    form, end = f"--format=%x01{token}%x00{_HEADER}%x00{token}", f"\0{token}"
    for piece in git.lines(*_LOG, form, head, "--", separator=f"\x01{token}\0".encode()):
        if piece:
            header, _, names = piece.decode("utf-8", "backslashreplace").partition(end)
            yield _commit(header, names[2:].rstrip("\0"))  # git puts NUL and a line break between header and names


def _commit(header: str, names: str) -> Commit:
    oid, parents, name, email, authored, committed, message = header.split("\0", 6)  # a message may hold NUL
    subject, _, below = message.lstrip("\n").partition("\n")
    if len(subject) > _SUBJECT_CHARACTERS or not (subject.isascii() and subject.isprintable()):
        subject = clean(subject, _SUBJECT_CHARACTERS)
    seconds, _, zone = authored.partition(" ")
    paths, cut = _paths(names) if names else ((), False)
    return Commit(
        oid, tuple(parents.split(" ")) if parents else (), _signed(name), _signed(email), seconds_of(seconds), zone[:8],
        seconds_of(committed), subject.strip(), below[:_BODY_CHARACTERS], paths, cut,
    )  # fmt: skip


def _paths(names: str) -> tuple[tuple[str, ...], bool]:
    """(paths, whether there were more)."""
    paths = names.split("\0", MAX_PATHS)
    cut = len(paths) > MAX_PATHS
    if cut:
        del paths[MAX_PATHS:]
    if not names.replace("\0", "").isprintable():
        paths = [path if path.isprintable() else decode_path(path.encode()) for path in paths]
    return tuple(paths), cut


def seconds_of(text: str) -> int:
    """A time as git prints it, in seconds since 1970, held within the years 1970 to 9999; 0 when it is no number."""
    try:
        seconds = int(text)
    except ValueError:
        return 0
    return seconds if 0 <= seconds <= LAST_SECOND else max(0, min(LAST_SECOND, seconds))


@lru_cache(maxsize=4096)
def zone_of(text: str) -> tzinfo:
    """``±hhmm`` as a zone; UTC when it is nonsense."""
    try:
        return timezone(timedelta(hours=int(text[1:3]), minutes=int(text[3:5])) * (-1 if text.startswith("-") else 1))
    except (ValueError, OverflowError):
        return timezone.utc  # noqa: UP017 - one type with what stands above


@lru_cache(maxsize=8192)
def _signed(text: str) -> str:
    return clean(text, 200)
