"""Locks between processes on folders of ours: who writes, who reads, how many at once. The system ends those of the dead."""

from __future__ import annotations

import fcntl
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from scanner.core.evidence import Unreadable, Why

_PAUSE_SECONDS = 0.1
_NOT_WAITING = fcntl.LOCK_EX | fcntl.LOCK_NB


@contextmanager
def alone_in(folder: Path, timeout_seconds: float) -> Iterator[int]:
    """Hold the git directory ``folder`` for this process; ``*.lock`` files in it are then a dead one's and are removed.

    Yields the descriptor of the lock: a program that inherits it keeps the lock should this process die. Raises
    Unreadable(TIMED_OUT) when another process keeps it longer than ``timeout_seconds``.
    """
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with folder.with_name(f"{folder.name}.lock").open("ab") as held:
        _wait(held.fileno(), time.monotonic() + timeout_seconds)
        for left in folder.rglob("*.lock"):
            with suppress(OSError):
                left.unlink()
        yield held.fileno()


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Keep others from removing or replacing ``folder`` while it is read; any number may read."""
    with _use(folder).open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        yield


@contextmanager
def unused(folder: Path) -> Iterator[bool]:
    """Whether nobody reads ``folder``; nobody begins to while the context lasts, if so."""
    with _use(folder).open("ab") as held:
        yield _taken(held.fileno())


class Claims:
    """Numbers of a database that this process alone works on until `close`, or its end; forked processes hold none of them."""

    def __init__(self, folder: Path, database: str) -> None:
        self._folder = folder
        self._name = hashlib.sha256(database.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        self._held: list[IO[bytes]] = []

    def take(self, number: int) -> bool:
        """Claim ``number``; False when another process has it. Where no lock can be kept every number is free."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = (self._folder / f"{self._name}-{number}").open("ab")
        except OSError:
            return True
        self._held.append(file)  # never closed before the end: closing any copy would give up the claim
        try:
            fcntl.lockf(file.fileno(), _NOT_WAITING)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            return True
        return True

    def close(self) -> None:
        """Give up all claims."""
        while self._held:
            self._held.pop().close()


@contextmanager
def one_of(folder: Path, number: int, timeout_seconds: float) -> Iterator[None]:
    """Hold one of ``number`` places, whose locks are in ``folder``. Raises Unreadable(TIMED_OUT) when none becomes free."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    until = time.monotonic() + timeout_seconds
    while True:
        for place in range(number):
            with (folder / str(place)).open("ab") as held:
                if _taken(held.fileno()):
                    yield
                    return
        if time.monotonic() >= until:
            raise Unreadable(Why.TIMED_OUT, "no place to clone became free", "raise --clones or --timeout")
        time.sleep(_PAUSE_SECONDS)


def _use(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.use")


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, _NOT_WAITING)
    except BlockingIOError:
        return False
    return True


def _wait(descriptor: int, until: float) -> None:
    while not _taken(descriptor):
        if time.monotonic() >= until:
            raise Unreadable(Why.TIMED_OUT, "another scan is still fetching it", "wait for the other scan to end")
        time.sleep(_PAUSE_SECONDS)
