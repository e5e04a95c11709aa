from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collectors.code import gitleaks, secret_scan, secrets
from collectors.code.secret_scan import Sighting
from collectors.code.secrets import judge
from collectors.tree import listing
from scanner.core.evidence import Unreadable, Why
from scanner.facts.code import Secret, Secrets
from scanner.facts.tree import Tree
from scanner.tools import find_tool, run_tool
from tests.builders_gitcode import AS_OF, KEY, GitRepo, collected, fact_of

TOKEN = "ghp_" + "1a2B3c4D5e6F7g8H9i0J1k2L3m4N5o6P7q8R"
OTHER = "ghp_" + "9z8Y7x6W5v4U3t2S1r0Q9p8O7n6M5l4K3j2I"
needs_gitleaks = pytest.mark.skipif(find_tool("gitleaks") is None, reason="gitleaks is not installed")


HEAD = "f" * 40


def seen(value: str = "one", path: str = "a.py", day: int = 1, line: int = 1) -> Sighting:
    return Sighting("rule", path, line, value, int(datetime(2026, 5, day, tzinfo=UTC).timestamp()))


def told(*each: Sighting) -> dict[str, tuple[Sighting, ...]]:
    """Each sighting in a commit of its own, in no order."""
    return {f"{number:040}": (sighting,) for number, sighting in enumerate(each)}


def judged(added: dict[str, tuple[Sighting, ...]], heads: dict[str, tuple[Sighting, ...] | None]) -> tuple[Secret, ...]:
    return judge(added, heads, HEAD, AS_OF)


def test_one_secret_per_value_and_path_dated_by_its_first_commit() -> None:
    got = judged(told(seen(day=3, line=9), seen(day=2, line=5), seen("other"), seen(path="b.py")), {})
    assert [(s.path, s.line, s.commit[-1]) for s in got if s.fingerprint == "one"] == [
        ("a.py", 5, "1"),
        ("b.py", 1, "3"),
    ]
    assert len(got) == 3


def test_live_is_what_still_stands_at_its_path_and_what_cannot_be_compared() -> None:
    def live(heads: dict[str, tuple[Sighting, ...] | None]) -> bool:
        (secret,) = judged(told(seen()), heads)
        return secret.live

    assert live({"a.py": (seen(line=7),)})
    assert live({"a.py": None})
    assert not live({})
    assert not live({"a.py": ()})


def test_what_only_the_tree_holds_is_live_and_dated_by_where_the_same_came_in() -> None:
    heads = {"new.py": (seen(line=2),), "merged.py": (seen("other"),)}
    by_path = {s.path: s for s in judged(told(seen(path="old.py", day=4)), heads)}
    moved, merged = by_path["new.py"], by_path["merged.py"]
    assert (moved.live, moved.line, moved.commit) == (True, 2, "0" * 40)
    assert (merged.live, merged.commit, merged.committed_at) == (True, HEAD, AS_OF)
    assert not by_path["old.py"].live


def test_tests_examples_and_documentation_are_fixtures() -> None:
    paths = ("src/a.py", "tests/test_a.py", "docs/a.md", "examples/a.py", ".env")
    got = judged(told(*(seen(path=p) for p in paths)), {})
    assert {s.path: s.fixture for s in got} == dict(zip(paths, (False, True, True, True, False), strict=True))


def scan(repo: GitRepo) -> Secrets:
    opened = repo.open()
    fact: Secrets = fact_of(secrets.COLLECTOR, opened, Secrets, fact_of(listing.COLLECTOR, opened, Tree))
    return fact


@needs_gitleaks
def test_history_live_moved_and_side_branches(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit(
        "Add the code",
        {"old.py": f"key = '{TOKEN}'\n", "gone.py": f"key = '{OTHER}'\n"},
        at="2026-05-01T10:00:00+00:00",
    )
    repo.git("mv", "old.py", "new.py")
    repo.commit("Move and remove", {"gone.py": "key = None\n"}, at="2026-05-02T10:00:00+00:00")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Try it out", {"side.py": f"key = '{TOKEN}'\n"}, at="2026-05-03T10:00:00+00:00")
    repo.commit("Much later", {"late.py": f"key = '{OTHER}'\n"}, at=(AS_OF + timedelta(days=1)).isoformat())
    repo.git("checkout", "-q", "main")
    got = scan(repo)
    assert [(s.kind, s.path, s.live) for s in got.secrets] == [
        ("github-pat", "gone.py", False),
        ("github-pat", "new.py", True),
        ("github-pat", "old.py", False),
        ("github-pat", "side.py", False),
    ]
    by_path = {s.path: s for s in got.secrets}
    assert by_path["old.py"].fingerprint == by_path["new.py"].fingerprint == KEY.secret(TOKEN)
    assert by_path["gone.py"].committed_at == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert TOKEN not in repr(got)


@needs_gitleaks
def test_the_target_cannot_silence_the_scan(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add the code", {
        "a.py": f"key = '{TOKEN}'  # gitleaks:allow\n", ".gitleaks.toml": "[allowlist]\npaths = ['.*']\n", ".gitleaksignore": "x\n",
        ".gitattributes": "*.py binary -diff\n",
    })  # fmt: skip
    got = scan(repo)
    assert [s.path for s in got.secrets] == ["a.py"]
    assert got.target_suppressions == 3


@needs_gitleaks
def test_a_missing_object_is_never_a_clean_bill(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add the code", {"a.py": "x = 1\n", "b.py": "y = 2\n"})
    oid = repo.git("rev-parse", "HEAD:a.py")
    (repo.folder / ".git/objects" / oid[:2] / oid[2:]).unlink()
    opened = repo.open()
    tree = fact_of(listing.COLLECTOR, opened, Tree)
    with pytest.raises(Unreadable) as caught:
        collected(secrets.COLLECTOR, opened, tree)
    assert caught.value.hole.why is Why.CORRUPT


def test_without_gitleaks_secrets_are_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add the code", {"a.py": "x = 1\n"})
    opened = repo.open()
    monkeypatch.setattr(secret_scan, "find_tool", lambda _: None)
    with pytest.raises(Unreadable) as caught:
        collected(secrets.COLLECTOR, opened, fact_of(listing.COLLECTOR, opened, Tree))
    assert caught.value.hole.why is Why.UNSUPPORTED
    assert "install" in caught.value.hole.closes


def pem(body: str) -> str:
    edge = "{} RSA PRIVATE KEY-----\n"
    return edge.format("-----BEGIN") + "".join(f"{body}{n:02}{body}\n" for n in range(4)) + edge.format("-----END")


def hard_history(folder: Path) -> tuple[GitRepo, list[str]]:
    """Keys rotated, moved, brought back and rebased, under odd paths and in odd bytes; and its commits."""
    repo, ids = GitRepo(folder), []

    def commit(files: dict[str, str | bytes], day: int, committed: str = "") -> None:
        ids.append(repo.commit("Change", files, at=f"2026-05-{day:02}T10:00:00+00:00", committed=committed))

    commit({"id.pem": pem("MIIEpAIBAAKCAQEA7bq"), "a.py": f"x = 1\nkey = '{TOKEN}'\n", "empty": b""}, 1)
    commit({"id.pem": "none\n", "b.py": f"key = '{TOKEN}'"}, 2)
    commit({"a.py": "x = 1\n", "id.pem": pem("ZjR2Rk1wQ3hWd0l1SG9")}, 3)
    commit(
        {"a.py": f"x = 1\n\n\nkey = '{TOKEN}'\n", "crlf.txt": f"caf\xe9\r\nkey = '{OTHER}'\r\n".encode("latin-1")}, 4
    )
    commit(
        {
            '"quoted".py': f"key = '{OTHER}'\n",
            "two words.py": f"key = '{OTHER}'",
            "id.pem": "none\n",
            "päth\n.py": f"key = '{OTHER}'\n",
        },
        5,
    )
    commit(
        {
            "id.pem": pem("MIIEpAIBAAKCAQEA7bq"),
            "log.txt": f"++ b/x\n@@ -1 +1 @@\ndiff --git a/x b/x\ncommit {'1' * 40}\nkey = '{OTHER}'\n",
        },
        6,
    )
    repo.git("checkout", "-q", "-b", "side", "HEAD~2")
    commit({"side.py": f"y = 2\nkey = '{OTHER}'\n"}, 7, committed="2026-05-20T10:00:00+00:00")
    repo.git("checkout", "-q", "-b", "picked", "main")
    commit({"side.py": f"key = '{OTHER}'\n"}, 8, committed="2026-05-10T10:00:00+00:00")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-edit", "side")
    return repo, ids


@needs_gitleaks
def test_keys_rotated_moved_and_rebased_are_found_where_they_first_came_in(tmp_path: Path) -> None:
    repo, ids = hard_history(tmp_path)
    got = scan(repo)
    assert [
        (s.path, s.kind, s.line, ids.index(s.commit) + 1, s.live)
        for s in got.secrets
        if s.kind == "github-pat" and s.path.isascii()
    ] == [
        ('"quoted".py', "github-pat", 1, 5, True),
        ("a.py", "github-pat", 2, 1, True),
        ("b.py", "github-pat", 1, 2, True),
        ("crlf.txt", "github-pat", 2, 4, True),
        ("log.txt", "github-pat", 5, 6, True),
        ("side.py", "github-pat", 1, 8, True),
        ("two words.py", "github-pat", 1, 5, True),
    ]
    keys = sorted((ids.index(s.commit) + 1, s.live) for s in got.secrets if s.kind == "private-key")
    assert keys == [(1, True), (3, False)]
    assert len(got.secrets) == 10


@needs_gitleaks
def test_nothing_found_stays_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = GitRepo(tmp_path / "made")
    repo.commit("Add the code", {"a.py": f"key = '{TOKEN}'\n"})
    opened = repo.open()
    tree = fact_of(listing.COLLECTOR, opened, Tree)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    collected(secrets.COLLECTOR, opened, tree)
    assert list(scratch.iterdir()) == []


@needs_gitleaks
def test_the_version_is_the_programs_own(tmp_path: Path) -> None:
    program = find_tool("gitleaks")
    assert program is not None
    said = run_tool([str(program), "version"], cwd=tmp_path, timeout_seconds=60).stdout.decode().strip()
    assert gitleaks.version_of(program, tmp_path) == said
    other = tmp_path / "gitleaks"
    other.write_text("#!/bin/sh\necho 9.9.9\n")
    other.chmod(0o700)
    assert gitleaks.version_of(other, tmp_path) == "9.9.9"
