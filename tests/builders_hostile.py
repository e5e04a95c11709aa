"""Repositories that a stranger could send: built with plumbing, byte by byte, never through our own code."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scanner.git import Git, find_git_dir, view
from scanner.pseudonyms import Pseudonyms
from scanner.repository import Repository, open_repository

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
KEY = Pseudonyms(b"k" * 32)
WHEN = 1_780_000_000
"""2026-05-28T20:26:40Z, in seconds."""
ANN = b"Ann Lee <ann@acme.io>"


def git(folder: Path, *arguments: str | bytes, stdin: bytes = b"", check: bool = True, **extra: str) -> bytes:
    """Standard output of plain git in ``folder``, with nothing of the machine's configuration."""
    env = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C.UTF-8",
        "GIT_AUTHOR_NAME": "Ann Lee", "GIT_AUTHOR_EMAIL": "ann@acme.io", "GIT_COMMITTER_NAME": "Ann Lee", "GIT_COMMITTER_EMAIL": "ann@acme.io",
        "GIT_AUTHOR_DATE": f"{WHEN} +0000", "GIT_COMMITTER_DATE": f"{WHEN} +0000", "TZ": "UTC",
    }  # fmt: skip
    words = [b"git", *(a if isinstance(a, bytes) else a.encode() for a in arguments)]
    return subprocess.run(words, cwd=folder, env=env | extra, input=stdin, capture_output=True, check=check).stdout


class Target:
    """A bare repository below construction. Objects are written literally: whatever the bytes say."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        folder.mkdir(parents=True)
        git(folder, "init", "-q", "--bare", "-b", "main", "--template=", ".")

    def write(self, kind: str, content: bytes) -> str:
        """A loose object of any kind with any content; its id."""
        stored = f"{kind} {len(content)}".encode() + b"\0" + content
        oid = hashlib.sha1(stored).hexdigest()
        self.plant(oid, zlib.compress(stored, 1))
        return oid

    def plant(self, oid: str, raw: bytes) -> None:
        """Raw bytes as the file of loose object ``oid``, right or wrong."""
        path = self.path / "objects" / oid[:2] / oid[2:]
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(raw)

    def blob(self, content: bytes) -> str:
        """A blob."""
        return self.write("blob", content)

    def tree(self, *entries: tuple[str, bytes, str]) -> str:
        """A tree of (mode, name, object id), in git's order."""
        ordered = sorted(entries, key=lambda e: e[1] + (b"/" if e[0] == "40000" else b""))
        return self.write("tree", b"".join(m.encode() + b" " + n + b"\0" + bytes.fromhex(o) for m, n, o in ordered))

    def files(self, files: Mapping[bytes, bytes]) -> str:
        """A flat tree of plain files."""
        return self.tree(*(("100644", name, self.blob(content)) for name, content in files.items()))

    def commit(
        self,
        tree: str,
        parents: Sequence[str] = (),
        message: bytes = b"change\n",
        at: int = WHEN,
        author: bytes = ANN,
        stamp: bytes | None = None,
        headers: bytes = b"",
    ) -> str:
        """A commit. ``stamp`` is the author's date as written; default ``at`` in UTC."""
        lines = b"".join(b"parent " + p.encode() + b"\n" for p in parents)
        written = stamp if stamp is not None else b"%d +0000" % at
        body = b"tree " + tree.encode() + b"\n" + lines + b"author " + author + b" " + written + b"\n"
        return self.write("commit", body + b"committer " + ANN + b" %d +0000\n" % at + headers + b"\n" + message)

    def ref(self, oid: str, name: str = "refs/heads/main") -> None:
        """Point a ref at ``oid``, whatever git thinks of the name."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(oid + "\n")

    def head(self, text: str) -> None:
        """The content of HEAD."""
        (self.path / "HEAD").write_text(text)

    def simple(self, files: Mapping[bytes, bytes] | None = None, **commit: object) -> str:
        """One commit on main with ``files``."""
        oid = self.commit(self.files(files or {b"app.py": b"print(1)\n"}))
        self.ref(oid)
        return oid

    def view(self, scratch: Path) -> Git:
        """The hardened view of it."""
        found = find_git_dir(self.path, self.path)
        assert found is not None
        scratch.mkdir(exist_ok=True)
        return view(found, scratch)

    def open(self, scratch: Path, as_of: datetime = AS_OF) -> Repository:
        """The repository as collectors see it."""
        return open_repository("acme/api", self.view(scratch), as_of, KEY)


ASSAY = Path(sys.executable).parent / "assay"


@dataclass(frozen=True)
class Scan:
    """How a run of the command line ended."""

    code: int
    stdout: str
    stderr: str
    folder: Path

    @property
    def assessment(self) -> Any:
        """The published assessment."""
        return json.loads((self.folder / "out" / "assessment.json").read_bytes())

    def gaps_of(self, name: str) -> list[str]:
        """The details of all gaps of repository ``name`` that are about reading it."""
        gaps = self.assessment["gaps"]
        return [g["detail"] for g in gaps if f"repo:{name}" in g["subjects"] and g["why"] != "not-requested"]

    def indicators_of(self, name: str) -> list[Any]:
        """Everything measured of repository ``name``."""
        return [i for i in self.assessment["indicators"] if i["subject"] == f"repo:{name}"]


def environment(home: Path, **extra: str) -> dict[str, str]:
    """The environment of a user whose folders lie below ``home``."""
    folders = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CACHE_HOME": str(home / "cache")}
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"} | folders | extra


def assay(home: Path, *arguments: str, **extra: str) -> Scan:
    """The installed command, run to its end with its folders below ``home``."""
    home.mkdir(parents=True, exist_ok=True)
    ended = subprocess.run(
        [ASSAY, *arguments], cwd=home, env=environment(home, **extra), capture_output=True, timeout=300, check=False
    )
    return Scan(ended.returncode, ended.stdout.decode(), ended.stderr.decode(), home)


def scan(home: Path, *targets: Path, **extra: str) -> Scan:
    """An offline scan of ``targets`` as of `AS_OF`, reported as JSON in ``home/out``."""
    names = [str(t) for t in targets]
    return assay(
        home,
        "scan",
        *names,
        "--offline",
        "--as-of",
        "2026-06-30",
        "--format",
        "json",
        "--out",
        str(home / "out"),
        **extra,
    )
