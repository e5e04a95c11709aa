"""One process at a time in a folder of ours, and an end to the lock files that a killed git left in it."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scanner.core.evidence import Unreadable, Why

_PAUSE_SECONDS = 0.1


@contextmanager
def alone_in(folder: Path, timeout_seconds: float) -> Iterator[None]:
    """Hold the git directory ``folder`` for this process; ``*.lock`` files in it are then a dead one's and are removed.

    The system lets go of the lock when the process dies, however it dies. Raises Unreadable(TIMED_OUT) when another
    process keeps it longer than ``timeout_seconds``.
    """
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with folder.with_name(f"{folder.name}.lock").open("ab") as held:
        _wait(held.fileno(), time.monotonic() + timeout_seconds)
        for left in folder.rglob("*.lock"):
            with suppress(OSError):
                left.unlink()
        yield


def _wait(descriptor: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Unreadable(
                    Why.TIMED_OUT, "another scan is still fetching it", "wait for the other scan to end"
                ) from None
            time.sleep(_PAUSE_SECONDS)
        else:
            return
