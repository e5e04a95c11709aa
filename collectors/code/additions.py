"""A git for gitleaks that shows the same addition to the same path once, under the commit that made it first.

``gitleaks git`` reads ``git log -p -U0`` from the ``git`` on its PATH and judges each hunk alone, by its path
and its added lines. A hunk equal to one already shown at that path cannot bring a new finding; in a
history that goes back and forth most are such. Run as a program in the place of git (collectors.code.gitleaks
puts it there) this module asks the real git for the same commits, oldest authored first, and leaves out
repeated hunks, removed lines and files without a hunk. What it reads is never written to disk.

It is started isolated, by its path: only the standard library may be imported here.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO

UNFINISHED = b"the history was not read to its end\n"
"""What the notes say until the whole history was shown."""
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_SELECTING = ("--all", "--full-history", "--before=")
"""Options that choose commits; all others choose what of a commit is shown."""
_FORMAT = "--format=%x00%H%x00%ad"
_COMMIT = b"commit %b\nAuthor: nobody <nobody@localhost>\nDate:   %b\n\n    -\n\n"
_COMPARED = 200_000
"""Longest hunk (lines) that is held in memory to be compared; a longer one passes as it is read."""
_REMEMBERED = 4_000_000
"""Most hunks that are remembered (about 100 bytes each); all that come later pass."""
_RESTARTS = 100
"""How often git is started again behind a commit whose objects are damaged."""


class Additions:
    """The filter over a log in `_FORMAT`: hunks not seen before go to ``write``, as a log in git's own format.

    Hunks are read by the line counts of their headers: no added line can pass for a part of the log.
    """

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.commit = b""
        """The id of the commit begun last."""
        self._write = write
        self._seen: set[bytes] = set()
        self._headings = [b"", b""]
        self._path = b""

    def read(self, lines: Iterator[bytes]) -> None:
        """Read a log to its end; a hunk that the end cuts short is dropped."""
        line = next(lines, b"")
        while line:
            if found := _HUNK.match(line):
                line = self._hunk(found, lines)
                continue
            if line.startswith(b"\0"):
                self.commit, _, date = line[1:-1].partition(b"\0")
                self._headings = [_COMMIT % (self.commit, date), b""]
            elif line.startswith(b"diff --git "):
                self._headings[1] = line
            elif line.startswith(b"+++ "):
                self._path = line
                self._headings[1] += b"--- /dev/null\n" + line
            line = next(lines, b"")

    def _hunk(self, found: re.Match[bytes], lines: Iterator[bytes]) -> bytes:
        """Pass one hunk on, or not; returns the line behind it."""
        removed, start, added = found.groups()
        for _ in islice(lines, _count(removed)):
            pass
        line = next(lines, b"")
        if line.startswith(b"\\"):
            line = next(lines, b"")
        count = _count(added)
        if not count:
            return line
        header = b"@@ -0,0 +%b,%d @@\n" % (start, count)
        if count > _COMPARED:
            self._pass(header + line)
            for row in islice(lines, count - 1):
                self._write(row)
            line = next(lines, b"")
            if line.startswith(b"\\"):
                self._write(line)
            return line
        rows = [line, *islice(lines, count - 1)]
        line = next(lines, b"")
        if line.startswith(b"\\"):
            rows.append(line)
        body = b"".join(rows)
        if len(rows) >= count and self._is_new(body):
            self._pass(header + body)
        return line

    def _pass(self, text: bytes) -> None:
        """Write the start of a hunk, behind the headings of its commit and file where these were not written yet."""
        self._write(b"".join(self._headings) + text)
        self._headings = [b"", b""]

    def _is_new(self, body: bytes) -> bool:
        key = hashlib.blake2b(self._path + body, digest_size=16).digest()
        if key in self._seen:
            return False
        if len(self._seen) < _REMEMBERED:
            self._seen.add(key)
        return True


def _count(written: bytes | None) -> int:
    return 1 if written is None else int(written)


def commits(git: Sequence[str], options: Sequence[str], errors: IO[bytes]) -> list[bytes]:
    """The ids of all commits but merges (git shows no difference for these), by the author's time, then by id.

    That is the order in which a secret's first commit is told, so what is left out is never the first.
    """
    chosen = [option for option in options if option.startswith(_SELECTING)]
    listing = [*git, "log", "--no-merges", "--format=%at %H", *chosen]
    ended = subprocess.run(listing, stdout=subprocess.PIPE, stderr=errors, check=False)
    _note(ended.returncode, errors)
    pairs = (line.split(b" ") for line in ended.stdout.splitlines())
    return [commit for _, commit in sorted((int(at or b"0"), commit) for at, commit in pairs)]


def show(git: Sequence[str], options: Sequence[str], left: Sequence[bytes], out: IO[bytes], errors: IO[bytes]) -> None:
    """Write the additions of the commits ``left``, in their order. A damaged object costs the rest of its commit."""
    shown = [option for option in options if not option.startswith(_SELECTING)]
    argv = [*git, "log", "-p", "-U0", *shown, "--no-walk=unsorted", "--stdin", _FORMAT]
    additions = Additions(out.write)
    for _ in range(_RESTARTS):
        if not left:  # without any commit git would show HEAD
            return
        with subprocess.Popen(
            argv, bufsize=1 << 20, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
        ) as log:
            assert log.stdin is not None
            assert log.stdout is not None
            with suppress(BrokenPipeError):
                log.stdin.write(b"".join(commit + b"\n" for commit in left))
                log.stdin.close()
            additions.read(iter(log.stdout))
        if not log.returncode:
            return
        _note(log.returncode, errors)
        left = left[left.index(additions.commit) + 1 :] if additions.commit in left else left[1:]


def _note(code: int, errors: IO[bytes]) -> None:
    if code:
        errors.write(b"git log ended with code %d\n" % code)


def main(program: str, notes: str, asked: Sequence[str]) -> None:
    """Answer ``-C FOLDER log -p -U0 OPTIONS`` of gitleaks; every other call is left to ``program``, the real git.

    The file ``notes`` is empty when the whole history was shown, else it has what git complained of.
    """
    if list(asked[2:5]) != ["log", "-p", "-U0"]:
        sys.exit(subprocess.run([program, *asked], check=False).returncode)
    git, options = [program, *asked[:2]], asked[5:]
    with Path(notes).open("wb", buffering=0) as errors, open(1, "wb", buffering=1 << 20, closefd=False) as out:
        errors.write(UNFINISHED)
        show(git, options, commits(git, options, errors), out, errors)
        out.flush()
        if os.fstat(errors.fileno()).st_size == len(UNFINISHED):
            errors.truncate(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
