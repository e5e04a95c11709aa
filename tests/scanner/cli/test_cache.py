from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scanner.cli import cache, commands
from scanner.cli.app import app
from tests.builders_clones import fetched, large
from tests.builders_hostile import Target

assert cache
assert commands
RUN = CliRunner()


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "300")


def _run(*arguments: str) -> tuple[int, str]:
    ended = RUN.invoke(app, list(arguments))
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    return ended.exit_code, ended.stdout + " ".join(ended.stderr.split())


def test_the_cache_is_shown_and_cleared(tmp_path: Path) -> None:
    mirrors = tmp_path / "cache" / "assay" / "mirrors"
    assert "0 clones, 0 MB" in _run("cache", "show")[1]
    made = large(tmp_path / "big.git", 3)
    mirrors.mkdir(parents=True)
    fetched(made.path.as_uri(), mirrors / "one")
    assert "1 clones, 3 MB" in _run("cache", "show")[1]
    told = json.loads(_run("cache", "show", "--json")[1])
    pack = next((mirrors / "one").rglob("*.pack")).stat().st_size
    assert pack <= told["bytes"] == told["clones"][0]["bytes"] < pack + 20_000
    assert "1 clones of 3 MB kept" in _run("doctor", "--offline")[1]
    answers = (tmp_path / "cache/assay/http/answers.db", tmp_path / "cache/assay/forge.db-wal")
    for kept in answers:
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(bytes(2 << 20))
    assert "told by forges: lists of 2 MB, answers of 2 MB" in _run("cache", "show")[1]
    told = json.loads(_run("cache", "show", "--json")[1])
    assert (told["lists_bytes"], told["answers_bytes"]) == (2 << 20, 2 << 20)
    assert "1 clones removed; 4 MB that forges told removed" in _run("cache", "clear")[1]
    assert not any(kept.exists() for kept in answers)
    assert not (mirrors / "one").exists()


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [("--cache-size", "much", "write 500M, 20G"), ("--visibility", "secret", "public, private, internal")],
)
def test_a_wrong_option_says_what_is_right(tmp_path: Path, option: str, value: str, words: str) -> None:
    Target(tmp_path / "api.git").simple()
    code, said = _run("scan", str(tmp_path / "api.git"), "--offline", option, value, "--out", str(tmp_path / "out"))
    assert code == 2
    assert words in said


def test_what_a_command_leaves_out_is_left_out_and_not_remembered_as_whole(tmp_path: Path) -> None:
    for name in ("api", "web"):
        Target(tmp_path / "top" / f"{name}.git").simple()
    scan = ("scan", str(tmp_path / "top"), "--offline", "--as-of", "2026-06-30", "--format", "json", "--out", str(tmp_path / "out"))  # fmt: skip

    def subjects() -> set[str]:
        published = json.loads((tmp_path / "out" / "assessment.json").read_text())
        return {one["subject"] for one in published["subjects"]}

    assert _run(*scan)[0] == 0
    assert subjects() == {"repo:api", "repo:web"}
    assert _run(*scan, "--exclude", "web")[0] == 0
    assert subjects() == {"repo:api"}
    assert _run(*scan)[0] == 0
    assert subjects() == {"repo:api", "repo:web"}
