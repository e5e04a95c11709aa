"""A disk that takes no more, and folders that cannot be written: a sentence, an exit code, and a database that is whole."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.builders_hostile import ASSAY, Target, environment


def _scan(
    home: Path, *options: str, largest_file: int = 0, folders: Mapping[str, str] = MappingProxyType({})
) -> tuple[int, str]:
    """Exit code and messages; ``largest_file``: writing beyond so many bytes fails, as on a full disk."""

    def bound() -> None:
        if largest_file:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    words = ["scan", str(home / "api.git"), "--offline", "--as-of", "2026-06-30", "--workers", "1", *options]
    out = [] if "--out" in options else ["--out", str(home / "out")]
    ended = subprocess.run(
        [ASSAY, *words, *out], cwd=home, env=environment(home, COLUMNS="500", PYTHONDONTWRITEBYTECODE="1", **folders), capture_output=True, timeout=300,
        check=False, preexec_fn=bound,
    )  # fmt: skip
    return ended.returncode, ended.stderr.decode()


@pytest.mark.parametrize(
    ("bytes_left", "words"),
    [
        (1_000, "OperationalError: disk I/O error; free space on its disk"),
        (100_000, "OperationalError: disk I/O error; free space on its disk"),
        (350_000, "the report cannot be written to"),
    ],
)
def test_a_full_disk_is_a_sentence_and_the_next_scan_goes_on(tmp_path: Path, bytes_left: int, words: str) -> None:
    Target(tmp_path / "api.git").simple()
    code, said = _scan(tmp_path, largest_file=bytes_left)
    assert (code, words in said, "Traceback" in said) == (2, True, False), said
    with closing(sqlite3.connect(tmp_path / "data/assay/assay.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    code, said = _scan(tmp_path)
    assert (code, "1 re" in said) == (0, True), said


@pytest.mark.parametrize(
    ("options", "folders", "code", "words"),
    [
        ([], {"XDG_DATA_HOME": "/proc/none"}, 2, "the folder of the database cannot be made: "),
        ([], {"XDG_CACHE_HOME": "/proc/none"}, 0, "Score"),
        (["--out", "/proc/none/out"], {}, 2, "no report can be written to /proc/none/out: "),
    ],
)  # fmt: skip
def test_a_folder_that_nobody_can_write_is_a_sentence(
    tmp_path: Path, options: list[str], folders: dict[str, str], code: int, words: str
) -> None:
    Target(tmp_path / "api.git").simple()
    ended, said = _scan(tmp_path, *options, folders=folders)
    assert (ended, words in said, "Traceback" in said) == (code, True, False), said
