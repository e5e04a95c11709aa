"""Small real git repositories for tests of collectors: fixed people, dates and environment."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scanner.core.collecting import Ask, Collector, Found
from scanner.core.evidence import Fact
from scanner.core.subjects import Kind, Subject
from scanner.facts.tree import Role, TreeEntry
from scanner.git import find_git_dir, view
from scanner.pseudonyms import Pseudonyms
from scanner.repository import Repository, open_repository

AS_OF = datetime(2026, 6, 30, 12, tzinfo=UTC)
KEY = Pseudonyms(b"k" * 32)
ANN = "Ann Lee <ann@acme.io>"


class GitRepo:
    """A repository that a test fills commit by commit; dates are seconds with a zone or ISO texts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "target"
        self.scratch = folder / "scratch"
        self.folder.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str | bytes, stdin: bytes = b"", **extra: str) -> str:
        env = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "Ann Lee", "GIT_AUTHOR_EMAIL": "ann@acme.io", "GIT_COMMITTER_NAME": "Ann Lee",
            "GIT_COMMITTER_EMAIL": "ann@acme.io", "LC_ALL": "C.UTF-8", "GIT_AUTHOR_DATE": "2026-06-01T10:00:00+00:00",
            "GIT_COMMITTER_DATE": "2026-06-01T10:00:00+00:00",
        }  # fmt: skip
        ended = subprocess.run(
            [b"git", *(a if isinstance(a, bytes) else a.encode() for a in arguments)],
            cwd=self.folder, env=env | extra, input=stdin, capture_output=True, check=True,
        )  # fmt: skip
        return ended.stdout.decode("utf-8", "replace").strip()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(
        self,
        message: str = "Change something in here",
        files: Mapping[str, str | bytes] | None = None,
        at: str = "2026-06-01T10:00:00+00:00",
        by: str = ANN,
        committed: str = "",
    ) -> str:
        """One commit by ``by`` at ``at``; without files an empty one."""
        self.write(files or {})
        self.git("add", "-A")
        name, _, email = by.rstrip(">").partition(" <")
        dates = {
            "GIT_AUTHOR_DATE": at,
            "GIT_COMMITTER_DATE": committed or at,
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": email,
        }
        self.git("commit", "-q", "--allow-empty", "--allow-empty-message", "-F", "-", stdin=message.encode(), **dates)
        return self.git("rev-parse", "HEAD")

    def open(self, as_of: datetime = AS_OF) -> Repository:
        found = find_git_dir(self.folder, self.folder)
        assert found is not None
        self.scratch.mkdir(exist_ok=True)
        return open_repository("acme/api", view(found, self.scratch), as_of, KEY)


def collected(collector: Collector[Repository], repository: Repository, *known: Fact) -> dict[type[Fact], Found]:
    """What a collector yields, by fact type."""
    ask = Ask(Subject(Kind.REPO, "acme/api"), repository, repository.as_of, {type(f): f for f in known})
    return {f.fact_type: f for f in collector.collect(ask)}


def fact_of(collector: Collector[Repository], repository: Repository, fact_type: type[Any], *known: Fact) -> Any:
    """The known fact of that type; the test fails when it is a hole."""
    content = collected(collector, repository, *known)[fact_type].content
    assert isinstance(content, fact_type), content
    return content


def entry(path: str, role: Role = "product", oid: str = "0" * 40) -> TreeEntry:
    """One entry of a tree."""
    return TreeEntry(path, oid, "file", 10, role)
