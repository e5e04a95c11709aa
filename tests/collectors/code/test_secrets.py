from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collectors.code import secrets
from collectors.code.gitleaks import Leak
from collectors.code.secrets import judge
from collectors.tree import listing
from scanner.core.evidence import Unreadable, Why
from scanner.facts.code import Secrets
from scanner.facts.tree import Tree
from scanner.tools import find_tool
from tests.builders_gitcode import AS_OF, KEY, GitRepo, collected, fact_of

TOKEN = "ghp_" + "1a2B3c4D5e6F7g8H9i0J1k2L3m4N5o6P7q8R"
OTHER = "ghp_" + "9z8Y7x6W5v4U3t2S1r0Q9p8O7n6M5l4K3j2I"
needs_gitleaks = pytest.mark.skipif(find_tool("gitleaks") is None, reason="gitleaks is not installed")


def leak(value: str = "s3cr3t", path: str = "a.py", day: int = 1, decoded: bool = False, line: int = 1) -> Leak:
    return Leak("rule", path, line, f"{day:040}", datetime(2026, 5, day, tzinfo=UTC), decoded, value)


def test_one_secret_per_value_and_path_dated_by_its_first_commit() -> None:
    got = judge([leak(day=3, line=9), leak(day=2, line=5), leak("other"), leak(path="b.py")], {}, KEY)
    assert [(s.path, s.line, s.commit[-1]) for s in got if s.fingerprint == KEY.secret("s3cr3t")] == [
        ("a.py", 5, "2"),
        ("b.py", 1, "1"),
    ]
    assert len(got) == 3
    assert "s3cr3t" not in repr(got)


def test_live_is_what_still_stands_and_what_cannot_be_compared() -> None:
    def live(heads: dict[str, bytes | None], value: str = "s3cr3t", decoded: bool = False) -> bool:
        (secret,) = judge([leak(value, decoded=decoded)], heads, KEY)
        return secret.live

    assert live({"a.py": b"x = 's3cr3t'"})
    assert not live({"a.py": b"x = os.environ['X']"})
    assert not live({})
    assert live({"a.py": None})
    assert live({"a.py": b"encoded"}, decoded=True)
    assert live({"a.py": b"-----BEGIN\r\nKEY\r\n"}, value="-----BEGIN\nKEY")


def test_tests_examples_and_documentation_are_fixtures() -> None:
    paths = ("src/a.py", "tests/test_a.py", "docs/a.md", "examples/a.py", ".env")
    got = judge([leak(path=p) for p in paths], {}, KEY)
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
    monkeypatch.setattr(secrets, "find_tool", lambda _: None)
    with pytest.raises(Unreadable) as caught:
        collected(secrets.COLLECTOR, opened, fact_of(listing.COLLECTOR, opened, Tree))
    assert caught.value.hole.why is Why.UNSUPPORTED
    assert "install" in caught.value.hole.closes
