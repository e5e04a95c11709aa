"""A clone without blobs, whose remote is gone: all that commits and trees tell is told, the rest is a hole."""

from __future__ import annotations

from pathlib import Path

from collectors.git.history import COLLECTOR
from collectors.tree import code_size, listing
from scanner.core.evidence import Unknown
from scanner.facts.history import ChangeCoupling, CommitActivity, CommitMessages, Contributors, FileChanges
from scanner.facts.tree import CodeSize, Tree
from scanner.git import find_git_dir, view
from scanner.repository import Repository, open_repository
from tests.builders_gitcode import AS_OF, KEY, GitRepo, collected, fact_of
from tests.builders_hostile import git

BOB = "Bob Ray <bob@acme.io>"


def _made(folder: Path) -> tuple[Repository, Repository, Path]:
    """The same history as a full repository and as a bare clone without blobs."""
    repo = GitRepo(folder)
    for day in range(1, 13):
        files = {"a.py": f"x = {day}\n", "b.py": f"y = {day}\n"} | ({"c.py": "z\n" * day} if day % 3 == 0 else {})
        repo.commit(
            f"Change number {day} in here",
            files,
            at=f"2026-06-{day:02d}T10:00:00+00:00",
            by=BOB if day % 2 else "Ann Lee <ann@acme.io>",
        )
    repo.git("config", "uploadpack.allowFilter", "true")
    bare = folder / "bare.git"
    git(folder, "clone", "-q", "--bare", "--filter=blob:none", f"file://{repo.folder}", str(bare))
    git(bare, "remote", "set-url", "origin", "file:///nowhere/at/all")
    found = find_git_dir(bare, bare)
    assert found is not None
    (folder / "other").mkdir()
    return repo.open(), open_repository("acme/api", view(found, folder / "other"), AS_OF, KEY), bare


def test_commits_and_trees_tell_the_same_as_in_a_full_clone(tmp_path: Path) -> None:
    full, blobless, bare = _made(tmp_path)
    packs = sorted(p.name for p in (bare / "objects/pack").iterdir())
    here, there = collected(COLLECTOR, full), collected(COLLECTOR, blobless)
    for kind in (CommitActivity, Contributors, CommitMessages, FileChanges, ChangeCoupling):
        assert not isinstance(here[kind].content, Unknown), kind
        assert there[kind].content == here[kind].content, kind
    assert sorted(p.name for p in (bare / "objects/pack").iterdir()) == packs, "a blob was fetched"


def test_what_needs_blobs_is_said_to_be_unread(tmp_path: Path) -> None:
    _, blobless, _ = _made(tmp_path)
    tree = fact_of(listing.COLLECTOR, blobless, Tree)
    assert [(e.path, e.size_bytes) for e in tree.entries] == [("a.py", None), ("b.py", None), ("c.py", None)]
    size = fact_of(code_size.COLLECTOR, blobless, CodeSize, tree)
    assert (size.unread_files, size.product_code, size.files) == (3, 0, ())
