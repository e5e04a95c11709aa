from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from collectors.code import patterns, secret_scan
from collectors.code.gitleaks import Leak
from collectors.code.secret_rules import secret_rules
from collectors.code.secret_scan import SecretScan, Sighting, sightings
from collectors.code.sieve import WHOLE_BYTES, Sieve
from scanner.cache import NoCache
from scanner.diffs import CommitDiff, FileDiff
from tests.builders_gitcode import KEY

TOKEN = "ghp_" + "1a2B3c4D5e6F7g8H9i0J1k2L3m4N5o6P7q8R"


def diff(oid: str, **files: str) -> CommitDiff:
    """A commit that adds files with that content; "_" in a name stands for a dot."""
    patch, parts = b"", []
    for name, content in files.items():
        path = name.replace("_", ".")
        lines = content.removesuffix("\n").split("\n")
        part = (
            f"diff --git {path} {path}\nnew file mode 100644\n--- /dev/null\n+++ {path}\n@@ -0,0 +1,{len(lines)} @@\n"
        )
        part += "".join(f"+{line}\n" for line in lines)
        start = len(patch)
        patch += part.encode()
        parts.append(FileDiff(path, path, "A", len(lines), 0, start, len(patch)))
    return CommitDiff(oid, 86_400, patch, tuple(parts))


class Judge:
    """Stands in for gitleaks: finds the token, and counts its runs."""

    def __init__(self) -> None:
        self.runs: list[Sequence[tuple[str, bytes]]] = []

    def __call__(self, program: Path, table: bytes, texts: Sequence[tuple[str, bytes]]) -> tuple[tuple[int, Leak], ...]:
        assert table.count(b"[[rules]]") >= 1
        self.runs.append(texts)
        return tuple(
            (number, Leak("github-pat", "", text[: text.find(TOKEN.encode())].count(b"\n") + 1, TOKEN))
            for number, (_, text) in enumerate(texts)
            if TOKEN.encode() in text
        )


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Judge:
    made = Judge()
    monkeypatch.setattr(secret_scan, "run", made)
    return made


def scan() -> SecretScan:
    return SecretScan(Path("gitleaks"), "8.30.1", Sieve(secret_rules(), NoCache()), KEY)


def test_commits_without_candidates_are_told_at_once_and_gitleaks_is_not_started(judge: Judge) -> None:
    over = scan()
    over.add(diff("a", main_c="int main(void);\n"))
    over.add(diff("b", key_py=f"one\nkey = '{TOKEN}'\n"))
    assert over.finish(last=False) == {"a": b"[]"}
    assert judge.runs == []
    told = over.finish(last=True)
    assert sightings(told["b"]) == (Sighting("github-pat", "key.py", 2, KEY.secret(TOKEN), 86_400),)
    assert list(told) == ["b"]
    assert over.finish() == {}
    assert len(judge.runs) == 1


def test_one_text_is_judged_once_wherever_it_stands(judge: Judge) -> None:
    over = scan()
    over.add(diff("a", x_py=f"key = '{TOKEN}'\n"))
    over.add(diff("b", y_py=f"key = '{TOKEN}'\n"))
    over.add_blob("c" * 40, "z.py", f"key = '{TOKEN}'\n".encode())
    told = over.finish()
    assert [len(texts) for texts in judge.runs] == [1]
    assert [s.path for oid in "ab" for s in sightings(told[oid]) or ()] == ["x.py", "y.py"]
    (blob,) = over.finish_blobs().values()
    assert sightings(blob) == (Sighting("github-pat", "", 1, KEY.secret(TOKEN), 0),)


def test_what_is_kept_holds_no_value_and_belongs_to_one_key(judge: Judge) -> None:
    over = scan()
    over.add(diff("a", x_py=f"key = '{TOKEN}'\n"))
    kept = over.finish()["a"]
    assert TOKEN.encode() not in kept
    assert TOKEN not in repr(vars(over))
    other = SecretScan(Path("gitleaks"), "8.30.1", Sieve(secret_rules(), NoCache()), type(KEY)(b"o" * 32))
    assert other.version != over.version
    assert other.blob_key("c" * 40, "a.py") != over.blob_key("c" * 40, "a.py")


def test_only_added_lines_count(judge: Judge) -> None:
    over = scan()
    patch = f"diff --git a a\n--- a\n+++ a\n@@ -1,3 +1,2 @@\n key = '{TOKEN}'\n-key = '{TOKEN}'\n+key = None\n".encode()
    over.add(CommitDiff("a", 0, patch, (FileDiff("a", "a", "M", 1, 1, 0, len(patch)),)))
    assert over.finish() == {"a": b"[]"}
    assert judge.runs == []


def test_an_object_id_is_no_candidate_without_the_rules_keyword(judge: Judge) -> None:
    over = scan()
    over.add(diff("a", x_txt="see 4b825dc642cb6eb9a060e54bf8d69288fbee4904 there\n"))
    assert over.finish() == {"a": b"[]"}
    over.add(diff("b", x_txt="SourceGraph: see 4b825dc642cb6eb9a060e54bf8d69288fbee4904 there\n"))
    over.finish()
    assert [len(texts) for texts in judge.runs] == [1]


def test_paths_that_the_rules_leave_out_are_not_read_and_binary_files_cannot_be_compared(judge: Judge) -> None:
    over = scan()
    over.add(diff("a", go_sum=f"key = '{TOKEN}'\n", x_py="x = 1\n"))
    assert over.finish() == {"a": b"[]"}
    over.add_blob("c" * 40, "z.bin2", b"\0" + TOKEN.encode())
    (kept,) = over.finish_blobs().values()
    assert sightings(kept) is None
    assert judge.runs == []


def test_a_huge_file_is_cut_around_what_was_found(judge: Judge) -> None:
    over = scan()
    over.add(diff("a", x_txt="plain words\n" * 200_000 + f"key = '{TOKEN}'\n" + "plain words\n" * 200_000))
    told = over.finish()["a"]
    assert [s.line for s in sightings(told) or ()] == [200_001]
    assert sum(len(text) for texts in judge.runs for _, text in texts) < 2 * WHOLE_BYTES


def test_too_many_matches_to_tell_leave_nothing_out(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    over = scan()
    monkeypatch.setattr(patterns, "MOST_HITS", 3)
    over.add(diff("a", a_txt="%41" * 50_000 + f"\nkey = '{TOKEN}'\n", b_txt=f"key = '{TOKEN}'\n"))
    assert {(s.path, s.line) for s in sightings(over.finish()["a"]) or ()} == {("a.txt", 2), ("b.txt", 1)}
