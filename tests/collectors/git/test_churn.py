"""Lines by month and by path, against figures worked out by hand; renamed files keep their past."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.git.history import COLLECTOR
from scanner.core.evidence import Unknown
from scanner.facts.history import FileChanges, LineChanges
from tests.builders_gitcode import GitRepo, collected, fact_of

BOT = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>"


def lines(count: int, word: str = "line") -> str:
    return "".join(f"{word} {n}\n" for n in range(count))


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """Ten lines in May, four more in June under a new name, twenty by a bot, a hundred two years ago that are gone."""
    made = GitRepo(tmp_path)
    made.commit("Add the old part", {"gone.txt": lines(100)}, at="2024-03-01T10:00:00+00:00")
    (made.folder / "gone.txt").unlink()
    made.commit("Add the first part", {"old.txt": lines(10)}, at="2026-05-05T10:00:00+00:00")
    (made.folder / "old.txt").rename(made.folder / "new.txt")
    made.commit("Move it", {"new.txt": lines(10) + lines(4, "more")}, at="2026-06-05T10:00:00+00:00")
    made.commit("Bump it", {"lock.txt": lines(20)}, at="2026-06-06T10:00:00+00:00", by=BOT)
    return made


def test_lines_by_month_commit_and_path(repo: GitRepo) -> None:
    fact = fact_of(COLLECTOR, repo.open(), LineChanges)
    assert (fact.commits, fact.added, fact.deleted, fact.untold, fact.renames) == (2, 14, 100, 0, 1)
    assert fact.lines_per_commit_median == 57.0  # of 110 (ten added, a hundred deleted) and 4
    assert [(m.month, m.added, m.deleted) for m in fact.months if m.added or m.deleted] == [
        ("2026-05", 10, 100),
        ("2026-06", 4, 0),
    ]
    assert len(fact.months) == 24
    assert [(f.path, f.added, f.deleted) for f in fact.files] == [("new.txt", 14, 0)]


def test_a_renamed_file_keeps_its_revisions(repo: GitRepo) -> None:
    fact = fact_of(COLLECTOR, repo.open(), FileChanges)
    (moved,) = [f for f in fact.files if f.path == "new.txt"]
    assert (moved.revisions_all, moved.first_at.month) == (2, 5)


def test_another_file_under_the_old_name_keeps_its_own(repo: GitRepo) -> None:
    repo.commit("A new one under the old name", {"old.txt": "other\n"}, at="2026-06-10T10:00:00+00:00")
    fact = fact_of(COLLECTOR, repo.open(), LineChanges)
    assert [(f.path, f.added) for f in fact.files] == [("old.txt", 11), ("new.txt", 4)]


def test_changes_that_cannot_be_read_are_a_hole_and_the_rest_is_known(repo: GitRepo) -> None:
    blob = repo.git("rev-parse", "HEAD:new.txt")
    (repo.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    found = collected(COLLECTOR, repo.open())
    assert isinstance(found[LineChanges].content, Unknown)
    assert isinstance(found[FileChanges].content, FileChanges)
