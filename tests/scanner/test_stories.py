"""What is told of a commit is kept: no commit is read twice, and a new reader reads them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

import scanner.stories
from scanner.diffs import CommitDiff
from scanner.stories import tell
from tests.builders_gitcode import GitRepo


class Shelf:
    def __init__(self) -> None:
        self.kept: dict[bytes, bytes] = {}

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        return {key: self.kept[key] for key in keys if key in self.kept}

    def put(self, values: Mapping[bytes, bytes]) -> None:
        self.kept.update(values)


class Names:
    """Tells the paths of a commit, and counts how often it was asked."""

    name = "names"
    wants_patch = False

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.asked = 0
        self._told: dict[str, bytes] = {}

    def add(self, diff: CommitDiff) -> None:
        self.asked += 1
        self._told[diff.oid] = ",".join(f.path for f in diff.files).encode()

    def finish(self, *, last: bool = True) -> Mapping[str, bytes]:
        del last
        told, self._told = self._told, {}
        return told


def test_only_new_commits_are_read(tmp_path: Path) -> None:
    repo, shelf = GitRepo(tmp_path), Shelf()
    first = repo.commit("one", {"a.txt": "1\n"})
    reader = Names()
    assert tell(repo.open().git, shelf, repo.open().commit_ids(), (reader,)).told == {"names": {first: b"a.txt"}}
    second = repo.commit("two", {"b.txt": "2\n"})
    again = Names()
    stories = tell(repo.open().git, shelf, repo.open().commit_ids(), (again,))
    assert stories.told == {"names": {first: b"a.txt", second: b"b.txt"}}
    assert (again.asked, stories.fresh) == (1, 1)


def test_another_version_reads_every_commit_anew(tmp_path: Path) -> None:
    repo, shelf = GitRepo(tmp_path), Shelf()
    repo.commit("one", {"a.txt": "1\n"})
    tell(repo.open().git, shelf, repo.open().commit_ids(), (Names(),))
    newer = Names("2")
    tell(repo.open().git, shelf, repo.open().commit_ids(), (newer,))
    assert newer.asked == 1


def test_what_was_told_before_a_killed_scan_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner.stories, "BATCH", 2)
    repo, shelf = GitRepo(tmp_path), Shelf()
    for number in range(5):
        repo.commit(f"commit {number}", {"a.txt": f"{number}\n"})

    class Killed(Names):
        def add(self, diff: CommitDiff) -> None:
            super().add(diff)
            if self.asked == 4:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tell(repo.open().git, shelf, repo.open().commit_ids(), (Killed(),))
    reader = Names()
    tell(repo.open().git, shelf, repo.open().commit_ids(), (reader,))
    assert reader.asked == 3
