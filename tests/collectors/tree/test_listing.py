from __future__ import annotations

from pathlib import Path

import pytest

from collectors.tree.listing import COLLECTOR
from scanner.core.evidence import Unreadable, Why
from scanner.facts.tree import Tree
from tests.builders_gitcode import GitRepo, collected, fact_of


def test_every_entry_with_kind_size_and_role(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    (repo.folder / "link").symlink_to("../../etc/passwd")
    commit = repo.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=b"x")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},sub")
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"12345")
    repo.git("update-index", "--index-info", stdin=f"100644 {blob}\t".encode() + b"l\xe9.py\n")
    repo.write({"run.sh": "#!/bin/sh\n", "src/a.py": "x = 1\n", ".gitattributes": "*.py linguist-vendored\n"})
    (repo.folder / "run.sh").chmod(0o755)
    repo.git("add", "link", "run.sh", "src/a.py", ".gitattributes")
    repo.git("commit", "-q", "-m", "All kinds")
    tree = fact_of(COLLECTOR, repo.open(), Tree)
    assert [(e.path, e.kind, e.size_bytes, e.role) for e in tree.entries] == [
        (".gitattributes", "file", 23, "configuration"),
        ("l\\xe9.py", "file", 5, "product"),
        ("link", "symlink", 16, "data"),
        ("run.sh", "executable", 10, "product"),
        ("src/a.py", "file", 6, "product"),
        ("sub", "submodule", None, "data"),
    ]
    assert tree.commit == repo.git("rev-parse", "HEAD")


def test_no_commits_is_a_hole_not_an_empty_tree(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        collected(COLLECTOR, GitRepo(tmp_path).open())
    assert caught.value.hole.why is Why.UNSUPPORTED
    assert "no commits" in caught.value.hole.detail


def test_a_commit_without_files_is_an_empty_tree(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit()
    assert fact_of(COLLECTOR, repo.open(), Tree).entries == ()
