"""Reading a file that somebody names: only a plain one, never a pipe or device that would make its reader wait."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_WITHOUT_WAITING = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def read_plain(path: Path, most_bytes: int) -> bytes:
    """The first ``most_bytes`` of the plain file at ``path``; OSError, whose ``strerror`` says so, for anything else."""
    try:
        if not _is_plain(path.stat()):  # some devices act when they are opened
            raise _not_plain()
        descriptor = os.open(path, _WITHOUT_WAITING)
    except ValueError:  # a NUL in the path
        raise OSError(errno.EINVAL, "its name is none") from None
    with os.fdopen(descriptor, "rb") as file:
        if not _is_plain(os.fstat(descriptor)):
            raise _not_plain()
        return file.read(most_bytes)


def _is_plain(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode)


def _not_plain() -> OSError:
    return OSError(errno.EINVAL, "it is no plain file (a folder, pipe or device)")
