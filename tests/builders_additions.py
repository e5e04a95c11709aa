"""The stand-in for git, run over a test's repository as gitleaks would run it, and its log read back."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from collectors.code import additions
from scanner.tools import clean_environment
from tests.builders_gitcode import GitRepo

OPTIONS = ("--all", "--full-history", "--no-renames", "--no-ext-diff", "--no-textconv", "--diff-filter=tuxdb")


@dataclass(frozen=True)
class Shown:
    """What the stand-in printed, what it noted, how it ended."""

    out: bytes
    notes: bytes
    code: int


def asked(repo: GitRepo, *words: str) -> Shown:
    """The stand-in run as gitleaks runs git, with ``words`` behind ``-C FOLDER``."""
    notes = repo.folder.parent / "notes"
    ended = subprocess.run(
        [sys.executable, "-I", "-S", additions.__file__, "git", str(notes), "-C", str(repo.folder), *words],
        env=clean_environment(repo.folder, {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}),
        capture_output=True, check=False,
    )  # fmt: skip
    return Shown(ended.stdout, notes.read_bytes() if notes.exists() else b"", ended.returncode)


def log_of(repo: GitRepo, *more: str) -> Shown:
    """The log that gitleaks would read."""
    return asked(repo, "log", "-p", "-U0", *OPTIONS, *more)


def hunks(log: bytes) -> list[tuple[str, bytes, int, list[bytes]]]:
    """(commit, path as git writes it, first line, added lines) of a log whose contents hold no line like a header."""
    found: list[tuple[str, bytes, int, list[bytes]]] = []
    commit, path = "", b""
    for line in log.split(b"\n"):
        if line.startswith(b"commit "):
            commit = line[7:].decode()
        elif line.startswith(b"+++ "):
            path = line[4:]
        elif line.startswith(b"@@ "):
            found.append((commit, path, int(line.split(b"+")[1].split(b",")[0]), []))
        elif line.startswith((b"+", b"\\")):
            found[-1][3].append(line)
    return found


def drop_object(repo: GitRepo, oid: str) -> None:
    """Delete a loose object."""
    Path(repo.folder, ".git/objects", oid[:2], oid[2:]).unlink()
