"""The diff stream tells what ``git log --numstat -M`` counts, and one bad commit costs itself alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import scanner.diffs
import scanner.git
from scanner.diffs import CommitDiff, Untold, diffs
from scanner.repository import Repository
from tests.builders_gitcode import GitRepo


def told(repo: GitRepo) -> dict[str, CommitDiff]:
    opened = repo.open()
    seen = list(diffs(opened.git, opened.commit_ids()))
    assert all(isinstance(diff, CommitDiff) for diff in seen)
    return {diff.oid: diff for diff in seen if isinstance(diff, CommitDiff)}


def rows(diff: CommitDiff) -> set[tuple[str, str, str, int | None, int | None]]:
    return {(f.status, f.old_path, f.path, f.added, f.deleted) for f in diff.files}


@pytest.fixture
def varied(tmp_path: Path) -> GitRepo:
    """Every sort of change: additions, deletions, a rename with a change, binary, link for file, mode, odd names, no newline."""
    repo = GitRepo(tmp_path)
    body = "".join(f"line {n}\n" for n in range(40))
    repo.commit(
        "one", {"a.txt": body, "gone.txt": "x\ny\n", "bin.dat": b"\0\1\2", "flip": "text\n", "run.sh": "echo\n"}
    )
    (repo.folder / "a.txt").rename(repo.folder / "b.txt")
    repo.write({"b.txt": body.replace("line 7\n", "line seven\n+++ more\n--- less\n")})
    (repo.folder / "gone.txt").unlink()
    (repo.folder / "flip").unlink()
    (repo.folder / "flip").symlink_to("elsewhere")
    (repo.folder / "run.sh").chmod(0o755)
    repo.commit("two", {"bin.dat": b"\0\3", 'odd "name"\tand\nlines.txt': "no newline at the end", "empty": ""})
    repo.commit("diff --git a/fake b/fake\n@@ -1 +1 @@\n+no\n", {"c.txt": "diff --git a/x b/x\n@@ -9,9 +9,9 @@\n"})
    return repo


def test_every_sort_of_change_is_counted_as_by_hand(varied: GitRepo) -> None:
    second = next(d for d in told(varied).values() if any(f.path == "b.txt" for f in d.files))
    assert rows(second) == {
        ("R", "a.txt", "b.txt", 3, 1),
        ("D", "gone.txt", "gone.txt", 0, 2),
        ("M", "bin.dat", "bin.dat", None, None),
        ("T", "flip", "flip", 1, 1),
        ("M", "run.sh", "run.sh", 0, 0),
        ("A", 'odd "name"\\tand\\nlines.txt', 'odd "name"\\tand\\nlines.txt', 1, 0),
        ("A", "empty", "empty", 0, 0),
    }


def test_the_lines_equal_those_of_numstat(varied: GitRepo) -> None:
    expected = sum(
        int(cell)
        for line in varied.git("log", "--numstat", "-M", "--format=").splitlines()
        for cell in line.split("\t")[:2]
        if cell.isdigit()
    )
    assert sum((f.added or 0) + (f.deleted or 0) for d in told(varied).values() for f in d.files) == expected


def test_the_numbers_alone_are_those_of_the_patches(varied: GitRepo) -> None:
    opened = varied.open()
    alone = [d for d in diffs(opened.git, opened.commit_ids(), patches=False) if isinstance(d, CommitDiff)]
    assert {d.oid: rows(d) for d in alone} == {oid: rows(diff) for oid, diff in told(varied).items()}
    assert not any(d.patch for d in alone)


def test_text_that_reads_like_a_patch_forges_no_file(varied: GitRepo) -> None:
    last = next(d for d in told(varied).values() if any(f.path == "c.txt" for f in d.files))
    assert rows(last) == {("A", "c.txt", "c.txt", 2, 0)}


def test_each_file_names_its_part_of_the_patch(varied: GitRepo) -> None:
    for diff in told(varied).values():
        for file in diff.files:
            part = diff.patch[file.start : file.end]
            assert part.startswith(b"diff --git ")
            assert part.count(b"\n+") - (b"\n+++ " in part) >= (file.added or 0)


def test_a_commit_whose_blob_is_gone_costs_itself_alone(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("one", {"a.txt": "1\n"})
    lost = repo.commit("two", {"lost.txt": "it will be lost\n"})
    repo.commit("three", {"a.txt": "3\n"})
    repo.commit("four", {"lost.txt": "it came back\n"})
    blob = repo.git("rev-parse", f"{lost}:lost.txt")
    (repo.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    seen = {diff.oid: diff for diff in diffs(repo.open().git, repo.open().commit_ids())}
    assert {oid for oid, diff in seen.items() if isinstance(diff, Untold)} >= {lost}
    assert len(seen) == 4
    assert sum(isinstance(diff, CommitDiff) for diff in seen.values()) == 2  # the blob is in two patches


def test_many_damaged_commits_end_the_reading_with_all_of_them_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner.diffs, "DAMAGED_COMMITS", 2)
    repo = GitRepo(tmp_path)
    for number in range(5):
        repo.commit(f"add {number}", {f"{number}.txt": f"content {number}\n"})
    for number in range(5):
        blob = repo.git("rev-parse", f"HEAD:{number}.txt")
        (repo.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    seen = list(diffs(repo.open().git, repo.open().commit_ids()))
    assert len(seen) == 5
    assert all(isinstance(diff, Untold) for diff in seen)


def test_a_patch_beyond_the_limit_is_untold_and_its_neighbours_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner.diffs, "PATCH_BYTES", 20_000)
    monkeypatch.setattr(scanner.git, "_CHUNK_BYTES", 1_000)
    repo = GitRepo(tmp_path)
    small = [repo.commit("one", {"a.txt": "1\n"})]
    large = repo.commit("two", {"large.txt": "x" * 60 + "\n" + "y" * 70 * 1_000})
    small.append(repo.commit("three", {"b.txt": "3\n"}))
    seen = {diff.oid: diff for diff in diffs(repo.open().git, repo.open().commit_ids())}
    assert isinstance(seen[large], Untold)
    assert all(isinstance(seen[oid], CommitDiff) for oid in small)


@pytest.mark.parametrize("chunk", [1, 7, 64, 1 << 20])
def test_where_the_stream_is_cut_changes_nothing(varied: GitRepo, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    whole = {oid: rows(diff) for oid, diff in told(varied).items()}
    monkeypatch.setattr(scanner.git, "_CHUNK_BYTES", chunk)
    assert {oid: rows(diff) for oid, diff in told(varied).items()} == whole


def test_attributes_of_the_target_do_not_hide_a_file(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("one", {".gitattributes": "*.txt -diff binary\n", "a.txt": "1\n2\n"})
    (found,) = [f for d in told(repo).values() for f in d.files if f.path == "a.txt"]
    assert (found.added, found.deleted) == (2, 0)


def test_merges_and_commits_of_all_branches(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("one", {"a.txt": "1\n"})
    repo.git("checkout", "-q", "-b", "side")
    side = repo.commit("two", {"b.txt": "2\n"})
    repo.git("checkout", "-q", "main")
    repo.commit("three", {"c.txt": "3\n"})
    opened: Repository = repo.open()
    assert side in opened.commit_ids()
    repo.git("merge", "-q", "--no-ff", "-m", "merge", "side")
    assert len(repo.open().commit_ids()) == 3
