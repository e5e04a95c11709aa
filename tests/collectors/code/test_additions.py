from __future__ import annotations

from pathlib import Path

import pytest

from collectors.code import additions
from collectors.code.additions import Additions
from tests.builders_additions import asked, drop_object, hunks, log_of
from tests.builders_gitcode import GitRepo

A, B = "a" * 40, "b" * 40


def head(commit: str) -> str:
    return f"\0{commit}\0Mon Jun 1 10:00:00 2026 +0000\n\n"


def file(path: str) -> str:
    return f"diff --git a/{path} b/{path}\nindex 1111111..2222222 100644\n--- a/{path}\n+++ b/{path}\n"


def told(commit: str) -> str:
    return f"commit {commit}\nAuthor: nobody <nobody@localhost>\nDate:   Mon Jun 1 10:00:00 2026 +0000\n\n    -\n\n"


def path_told(path: str) -> str:
    return f"diff --git a/{path} b/{path}\n--- /dev/null\n+++ b/{path}\n"


def thinned(*logs: str) -> str:
    out = bytearray()
    filtered = Additions(out.extend)
    for log in logs:
        filtered.read(iter(log.encode().splitlines(keepends=True)))
    return out.decode()


def test_a_hunk_is_shown_once_for_a_path_and_again_for_another() -> None:
    log = (
        head(A) + file("x") + "@@ -0,0 +1,2 @@\n+one\n+two\n@@ -9 +11 @@\n-old\n+three\n"
        + head(B) + file("x") + "@@ -5,2 +7,2 @@ def f():\n-a\n-b\n+one\n+two\n@@ -20,0 +30 @@\n+four\n" + file("y") + "@@ -0,0 +1,2 @@\n+one\n+two\n"
    )  # fmt: skip
    assert thinned(log) == (
        told(A) + path_told("x") + "@@ -0,0 +1,2 @@\n+one\n+two\n@@ -0,0 +11,1 @@\n+three\n"
        + told(B) + path_told("x") + "@@ -0,0 +30,1 @@\n+four\n" + path_told("y") + "@@ -0,0 +1,2 @@\n+one\n+two\n"
    )  # fmt: skip


def test_a_key_whose_first_line_was_seen_is_shown_whole() -> None:
    log = (
        head(A) + file("k") + "@@ -0,0 +1,3 @@\n+BEGIN\n+old\n+END\n"
        + head(B) + file("k") + "@@ -1,3 +1,3 @@\n-BEGIN\n-old\n-END\n+BEGIN\n+new\n+END\n"
    )  # fmt: skip
    assert thinned(log).endswith("@@ -0,0 +1,3 @@\n+BEGIN\n+new\n+END\n")


def test_the_same_lines_in_another_order_or_company_are_shown() -> None:
    log = (
        head(A) + file("k") + "@@ -0,0 +1 @@\n+key:\n@@ -0,0 +5 @@\n+value\n"
        + head(B) + file("k") + "@@ -0,0 +9,2 @@\n+key:\n+value\n"
    )  # fmt: skip
    assert thinned(log).endswith("@@ -0,0 +9,2 @@\n+key:\n+value\n")


def test_contents_that_look_like_a_log_are_contents() -> None:
    odd = "+++ b/other\n+@@ -1 +1 @@\n+diff --git a/q b/q\n+commit 1234\n+\0" + B + "\0x\n"
    gone = odd.replace("+", "-")
    log = head(A) + file("x") + f"@@ -1,5 +1,5 @@\n-{gone[1:]}+{odd[1:]}" + "@@ -9,0 +9 @@\n+last\n"
    assert thinned(log) == told(A) + path_told("x") + f"@@ -0,0 +1,5 @@\n+{odd[1:]}@@ -0,0 +9,1 @@\n+last\n"


def test_a_missing_newline_at_the_end_is_kept_and_makes_a_difference() -> None:
    marker = "\\ No newline at end of file\n"
    log = (
        head(A) + file("x") + f"@@ -1 +1 @@\n-one\n{marker}+two\n{marker}"
        + head(B) + file("x") + f"@@ -1 +1 @@\n-two\n{marker}+two\n" + file("y") + "@@ -0,0 +1 @@\n+three\n"
    )  # fmt: skip
    assert thinned(log) == (
        told(A) + path_told("x") + f"@@ -0,0 +1,1 @@\n+two\n{marker}"
        + told(B) + path_told("x") + "@@ -0,0 +1,1 @@\n+two\n" + path_told("y") + "@@ -0,0 +1,1 @@\n+three\n"
    )  # fmt: skip


def test_a_hunk_cut_short_is_dropped_and_the_next_log_read() -> None:
    cut = head(A) + file("x") + "@@ -0,0 +1,3 @@\n+one\n+two\n"
    again = head(B) + file("x") + "@@ -0,0 +1 @@\n+one\n"
    assert thinned(cut, again) == told(B) + path_told("x") + "@@ -0,0 +1,1 @@\n+one\n"


def test_past_the_limits_everything_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = "".join(head(c) + file("x") + "@@ -0,0 +1,2 @@\n+one\n+two\n\\ No newline at end of file\n" for c in (A, B))
    shown = "".join(
        told(c) + path_told("x") + "@@ -0,0 +1,2 @@\n+one\n+two\n\\ No newline at end of file\n" for c in (A, B)
    )
    assert thinned(twice) != shown
    monkeypatch.setattr(additions, "_COMPARED", 1)
    assert thinned(twice) == shown
    monkeypatch.setattr(additions, "_COMPARED", 9)
    monkeypatch.setattr(additions, "_REMEMBERED", 0)
    assert thinned(twice) == shown


def test_the_commit_authored_first_is_shown_whatever_the_order_of_committing(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Start", {"x": "one\n"}, at="2026-05-01T10:00:00+00:00")
    late = repo.commit(
        "Add", {"x": "one\ntwo\n"}, at="2026-05-09T10:00:00+00:00", committed="2026-05-09T10:00:00+00:00"
    )
    repo.git("checkout", "-q", "-b", "side", "HEAD~1")
    first = repo.commit(
        "Add", {"x": "one\ntwo\n"}, at="2026-05-02T10:00:00+00:00", committed="2026-06-02T10:00:00+00:00"
    )
    got = log_of(repo)
    assert [(commit, line, rows) for commit, _, line, rows in hunks(got.out)][1:] == [(first, 2, [b"+two"])]
    assert late.encode() not in got.out
    assert (got.notes, got.code) == (b"", 0)


def test_removed_and_added_again_is_one_addition(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    made = [
        repo.commit("Change", {"x": text}, at=f"2026-05-0{day}T10:00:00+00:00")
        for day, text in enumerate(("one\nkey\n", "one\n", "one\nkey\n", "one\nmore\nkey\n"), 1)
    ]
    assert [(commit, line, rows) for commit, _, line, rows in hunks(log_of(repo).out)] == [
        (made[0], 1, [b"+one", b"+key"]),
        (made[2], 2, [b"+key"]),
        (made[3], 2, [b"+more"]),
    ]


def test_bytes_paths_and_merges(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Start", {'"quoted" é\n': b"caf\xe9\r\nx\r\n", "with space": b"end", "bin": b"\0\1"})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Side", {"side": "side\n"}, at="2026-06-02T10:00:00+00:00")
    repo.git("checkout", "-q", "main")
    repo.commit("Main", {"main": "main\n"}, at="2026-06-03T10:00:00+00:00")
    repo.git("merge", "-q", "--no-edit", "side")
    assert [(path, rows) for _, path, _, rows in hunks(log_of(repo).out)] == [
        (b'"b/\\"quoted\\" \\303\\251\\n"\t', [b"+caf\xe9\r", b"+x\r"]),
        (b"b/with space\t", [b"+end", b"\\ No newline at end of file"]),
        (b"b/side", [b"+side"]),
        (b"b/main", [b"+main"]),
    ]


def test_commits_after_the_date_are_left_out_even_when_none_are_left(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    early = repo.commit("Start", {"x": "one\n"}, at="2026-05-01T10:00:00+00:00")
    repo.commit("Later", {"x": "two\n"}, at="2026-06-01T10:00:00+00:00")
    assert [h[0] for h in hunks(log_of(repo, "--before=2026-05-20T00:00:00+00:00").out)] == [early]
    nothing = log_of(repo, "--before=2026-04-01T00:00:00+00:00")
    assert (nothing.out, nothing.notes) == (b"", b"")


@pytest.mark.parametrize("damaged", ["HEAD~1:x", "HEAD~1^{tree}"])
def test_a_damaged_object_costs_its_commits_and_is_noted(tmp_path: Path, damaged: str) -> None:
    repo = GitRepo(tmp_path)
    for day in range(1, 6):
        repo.commit("Change", {"x": f"{day}\n"}, at=f"2026-05-0{day}T10:00:00+00:00")
    drop_object(repo, repo.git("rev-parse", damaged))
    got = log_of(repo)
    assert [rows for *_, rows in hunks(got.out)] == [[b"+1"], [b"+2"], [b"+3"]]
    assert b"unable to read" in got.notes
    assert b"not read to its end" in got.notes


def test_commits_behind_a_damaged_one_are_shown(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    for day in range(1, 7):
        repo.commit("Change", {"x": f"{day}\n"}, at=f"2026-05-0{day}T10:00:00+00:00")
    drop_object(repo, repo.git("rev-parse", "HEAD~4:x"))
    assert [rows for *_, rows in hunks(log_of(repo).out)] == [[b"+1"], [b"+4"], [b"+5"], [b"+6"]]


def test_a_missing_commit_is_noted(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    for day in range(1, 4):
        repo.commit("Change", {"x": f"{day}\n"}, at=f"2026-05-0{day}T10:00:00+00:00")
    drop_object(repo, repo.git("rev-parse", "HEAD~1"))
    assert log_of(repo).notes


def test_other_calls_go_to_git(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    oid = repo.commit("Start", {"x": "one\n"})
    assert asked(repo, "rev-parse", "HEAD").out.decode().strip() == oid
    assert asked(repo, "rev-parse", "--verify", "-q", "nothing").code == 1
