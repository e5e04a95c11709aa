"""What is named as a file and is none is refused with a sentence, and nobody waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.files import read_plain
from tests.builders_hostile import ASSAY, Target, environment

SENTENCE = "it is no plain file"


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe that nobody writes to: whoever opens it to read waits for ever."""
    os.mkfifo(tmp_path / "pipe.txt")
    return tmp_path / "pipe.txt"


def test_a_plain_file_is_read_up_to_a_bound(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"12345")
    (tmp_path / "link").symlink_to(tmp_path / "f")
    assert (read_plain(tmp_path / "f", 3), read_plain(tmp_path / "link", 99)) == (b"123", b"12345")


@pytest.mark.parametrize("name", ["pipe.txt", "/dev/zero", "/dev/tty", ".", "nul\0"])
def test_what_is_no_plain_file_is_refused_at_once(pipe: Path, name: str) -> None:
    code = "import sys, pathlib, scanner.files\ntry: scanner.files.read_plain(pathlib.Path(sys.argv[1]), 9)\nexcept OSError as e: print(e.strerror)"
    if "\0" in name:
        with pytest.raises(OSError, match="its name is none"):
            read_plain(Path(name), 9)
        return
    path = str(pipe.parent / name)
    said = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, timeout=20, check=True)
    assert SENTENCE in said.stdout


def _assay(home: Path, *arguments: str, **extra: str) -> tuple[int, str]:
    ended = subprocess.run(
        [ASSAY, "scan", *arguments, "--as-of", "2026-06-30", "--out", str(home / "out")],
        cwd=home, env=environment(home, COLUMNS="500", **extra), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    return ended.returncode, ended.stderr.decode()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["@{pipe}"], 3), (["list:{pipe}"], 3), (["{pipe}"], 3), (["list:/dev/zero"], 3),
        (["{repo}", "--engagement", "{pipe}"], 2), (["{repo}", "--engagement", "/dev/zero"], 2),
        (["{repo}", "--people", "{pipe}"], 2), (["{repo}", "--people", "/dev/zero"], 2),
    ],
)  # fmt: skip
def test_no_command_waits_for_a_pipe(tmp_path: Path, pipe: Path, options: list[str], code: int) -> None:
    Target(tmp_path / "api.git").simple()
    words = [word.format(pipe=pipe, repo=tmp_path / "api.git") for word in options]
    ended, said = _assay(tmp_path, *words, "--offline")
    assert ended == code
    assert "Traceback" not in said
    assert SENTENCE in said or words == [str(pipe)], said


@pytest.mark.parametrize("name", ["pipe.txt", "/dev/zero"])
def test_a_key_file_is_a_file(tmp_path: Path, pipe: Path, name: str) -> None:
    key = str(pipe.parent / name)
    ended, said = _assay(tmp_path, "github:acme", ASSAY_GITHUB_APP_ID="1", ASSAY_GITHUB_APP_KEY_FILE=key)
    assert (ended, SENTENCE in said) == (2, True), said
