"""The sieve never keeps from gitleaks what gitleaks would find: each way of hiding a credential that gitleaks sees through."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from collectors.code import secret_scan, secrets
from collectors.code.gitleaks import Leak, run
from collectors.code.patterns import Patterns
from collectors.tree import listing
from scanner.facts.code import Secrets
from scanner.facts.tree import Tree
from scanner.repository import Repository
from scanner.tools import find_tool
from tests.builders_gitcode import GitRepo, fact_of

TOKEN = "ghp_" + "1a2B3c4D5e6F7g8H9i0J1k2L3m4N5o6P7q8R"
needs_gitleaks = pytest.mark.skipif(find_tool("gitleaks") is None, reason="gitleaks is not installed")


@dataclass
class Shelf:
    """A cache in memory."""

    kept: dict[bytes, bytes] = field(default_factory=dict)

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        return {key: self.kept[key] for key in keys if key in self.kept}

    def put(self, values: Mapping[bytes, bytes]) -> None:
        self.kept.update(values)


def scan(opened: Repository) -> list[tuple[str, str, int, bool]]:
    fact: Secrets = fact_of(secrets.COLLECTOR, opened, Secrets, fact_of(listing.COLLECTOR, opened, Tree))
    return [(s.path, s.kind, s.line, s.live) for s in fact.secrets]


def found(folder: Path, name: str, content: str | bytes) -> list[tuple[str, str, int, bool]]:
    """What is found of a file that was committed, and removed again."""
    repo = GitRepo(folder)
    repo.commit("Add it", {name: content, "other.txt": "nothing\n"})
    (repo.folder / name).unlink()
    repo.commit("Remove it")
    return scan(repo.open())


KEY = "-----BEGIN RSA PRIVATE KEY-----\n" + "".join(f"MIIEpAIBAAKCAQEA7bq{n:02}xYz\n" for n in range(60)) + "-----END RSA PRIVATE KEY-----\n"  # fmt: skip
YAML = (
    "kind: Secret\nmetadata:\n  name: db\ndata:\n  password: " + base64.b64encode(b"kJ8#mP2$vX9!qR4zLw").decode() + "\n"
)
LONG = "x" * 300_000 + f" token = '{TOKEN}' " + "y" * 700_000


@needs_gitleaks
@pytest.mark.parametrize(
    ("name", "content", "kind", "line"),
    [
        ("a.py", f"one\nkey = '{TOKEN}'\n", "github-pat", 2),
        (
            "a.py",
            "secret = '" + base64.b64encode(f"the token is {TOKEN} indeed".encode()).decode() + "'\n",
            "github-pat",
            1,
        ),
        ("a.py", "secret = '" + f"the token is {TOKEN} indeed".encode().hex() + "'\n", "github-pat", 1),
        ("a.py", "secret = '" + "".join(f"%{byte:02x}" for byte in TOKEN.encode()) + "'\n", "github-pat", 1),
        ("id.pem", "first\n" + KEY, "private-key", 2),
        ("secret.yaml", YAML, "kubernetes-secret-yaml", 1),
        ("long.txt", LONG, "github-pat", 1),
        ("many.txt", "plain words\n" * 30_000 + f"key = '{TOKEN}'\n" + "plain words\n" * 30_000, "github-pat", 30_001),
        ("latin.txt", f"caf\xe9 {TOKEN} \xe9\n".encode("latin-1"), "github-pat", 1),
        ("windows.txt", f"one\r\ntwo\r\nkey = '{TOKEN}'\r\n", "github-pat", 3),
        ("end.txt", f"key = '{TOKEN}'", "github-pat", 1),
        ("keys.p12", b"\0\1binary", "pkcs12-file", 1),
    ],
)
def test_what_gitleaks_finds_passes(tmp_path: Path, name: str, content: str | bytes, kind: str, line: int) -> None:
    assert (name, kind, line, False) in found(tmp_path, name, content)


@needs_gitleaks
def test_a_rule_for_other_files_does_not_apply(tmp_path: Path) -> None:
    assert "kubernetes-secret-yaml" not in [kind for _, kind, _, _ in found(tmp_path, "secret.txt", YAML)]


@needs_gitleaks
def test_what_only_a_merge_brought_in_is_found_in_the_tree(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add it", {"a.py": "x = 1\n"})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Side", {"b.py": "y = 2\n"})
    repo.git("checkout", "-q", "main")
    repo.commit("Main", {"c.py": "z = 3\n"})
    repo.git("merge", "-q", "--no-commit", "--no-ff", "side")
    repo.write({"a.py": f"x = '{TOKEN}'\n"})
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "Merge with a surprise")
    assert scan(repo.open()) == [("a.py", "github-pat", 1, True)]


@needs_gitleaks
def test_nothing_of_a_value_is_kept_and_a_second_scan_says_the_same(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add it", {"a.py": f"key = '{TOKEN}'\n", "id.pem": KEY})
    shelf = Shelf()
    first = repo.open()
    first.cache = shelf
    told = scan(first)
    kept = b"".join([*shelf.kept, *shelf.kept.values()])
    assert TOKEN.encode() not in kept
    assert b"MIIEpAIBAAKCAQEA7bq" not in kept
    again = repo.open()
    again.cache = shelf
    assert scan(again) == told
    assert again.commits_analysed == 0


def test_a_damaged_set_of_patterns_is_made_anew() -> None:
    shelf = Shelf()
    assert Patterns({1: b"ab+c"}, shelf).hits(b"xxabbc") == {1: {6}}
    shelf.kept = dict.fromkeys(shelf.kept, b"damaged")
    assert Patterns({1: b"ab+c"}, shelf).hits(b"xxabbc") == {1: {6}}


@needs_gitleaks
def test_gitleaks_starts_once_for_commits_and_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add it", {"a.py": f"key = '{TOKEN}'\n", "b.py": f"# twice: {TOKEN}\n"})
    repo.commit("Move it", {"a.py": "key = None\n", "c.py": f"\nkey = '{TOKEN}'\n"})
    starts: list[int] = []

    def counted(program: Path, table: bytes, texts: Sequence[tuple[str, bytes]]) -> tuple[tuple[int, Leak], ...]:
        starts.append(len(texts))
        return run(program, table, texts)

    monkeypatch.setattr(secret_scan, "run", counted)
    assert [(path, live) for path, _, _, live in scan(repo.open())] == [("a.py", False), ("b.py", True), ("c.py", True)]
    assert len(starts) == 1
