"""The same words again are answered without being parsed, in the same words; any difference is read word by word."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scanner.cli import main, spoken
from tests.builders_hostile import WHEN, Target

DAY = "2026-06-30"


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Target:
    """A repository of one commit, in the folder where commands are given."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("ASSAY_DB", raising=False)
    made = Target(tmp_path / "here" / "api.git")
    made.ref(made.commit(made.files({b"app.py": b"x = 1\n"}), at=WHEN - 86_400))
    monkeypatch.chdir(tmp_path / "here")
    return made


def _command(*more: str) -> list[str]:
    return ["scan", "api.git", "--offline", "--quiet", "--as-of", DAY, "--format", "json", "--out", "out", *more]


def _run(words: list[str], patch: pytest.MonkeyPatch) -> int:
    patch.setattr(sys, "argv", ["assay", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.mark.usefixtures("target")
def test_the_answer_is_that_of_the_command_read_word_by_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = _command()
    assert _run(words, monkeypatch) == 0
    report = Path("out/assessment.json")
    first = report.read_bytes()
    report.unlink()
    with monkeypatch.context() as unparsed:
        unparsed.setattr(spoken, "answer", lambda _: None)
        capsys.readouterr()
        assert _run(words, unparsed) == 0
    slow = capsys.readouterr()
    report.unlink()
    with monkeypatch.context() as never:
        never.setattr("scanner.cli.app.app", None)  # calling it would fail
        assert _run(words, never) == 0
    assert capsys.readouterr() == slow
    assert "nothing has changed since scan 1" in slow.err
    assert report.read_bytes() == first


def test_what_differs_is_not_answered(target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = _command()
    assert _run(words, monkeypatch) == 0
    assert spoken.answer(words) == 0
    assert spoken.answer([*words, "--workers", "1"]) is None
    with monkeypatch.context() as elsewhere:
        elsewhere.chdir(tmp_path)
        assert spoken.answer(words) is None
    with monkeypatch.context() as stored:
        stored.setenv("ASSAY_DB", f"sqlite:///{tmp_path / 'other.db'}")
        assert spoken.answer(words) is None
    with monkeypatch.context() as coded:
        coded.setattr(spoken, "code_digest", lambda *_: "other code")
        assert spoken.answer(words) is None
    assert spoken.answer(words) == 0
    target.ref(target.commit(target.files({b"app.py": b"x = 2\n"}), at=WHEN - 40_000))
    assert spoken.answer(words) is None


@pytest.mark.usefixtures("target")
def test_conditions_are_judged_and_json_lines_are_written_by_the_command_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for more in (("--fail-on", "score<1"), ("--json-logs",), ("--again",)):
        words = _command(*more)
        _run(words, monkeypatch)
        _run(words, monkeypatch)
        assert spoken.answer(words) is None


@pytest.mark.usefixtures("target")
def test_a_damaged_note_only_means_reading_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = _command()
    assert _run(words, monkeypatch) == 0
    notes = list((tmp_path / "cache/assay/unchanged").glob("words-*.json"))
    assert len(notes) == 1
    for damage in (
        b"",
        b"[]",
        b"{}",
        b'{"targets": 1}',
        b"\xff",
        b'{"targets": ["x"], "as_of": "never", "options": {}}',
    ):
        notes[0].write_bytes(damage)
        assert spoken.answer(words) is None
    assert _run(words, monkeypatch) == 0


@pytest.mark.usefixtures("target")
def test_a_report_that_cannot_be_written_ends_as_the_command_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = _command()
    assert _run(words, monkeypatch) == 0
    report = Path("out/assessment.json")
    report.unlink()
    Path("out").rmdir()
    Path("out").write_text("in the way")
    assert spoken.answer(words) == 2
    assert "out" in capsys.readouterr().err
