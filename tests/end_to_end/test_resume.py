"""Killed at any moment, a scan goes on from what it stored: nothing lost, nothing twice."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.builders_hostile import ASSAY, WHEN, Target, assay, environment

REPOSITORIES = 5


@pytest.fixture(scope="module")
def repos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("resume") / "repos"
    for number in range(REPOSITORIES):
        made = Target(top / f"r{number}")
        tips: list[str] = []
        for day in range(3):
            files = {b"app.py": b"def f():\n    return %d\n" % (number * 10 + day), b"README.md": b"# R\n"}
            tips = [made.commit(made.files(files), tips, at=WHEN - (3 - day) * 86_400)]
        made.ref(tips[0])
    return top


def _arguments(home: Path, repos: Path) -> list[str]:
    return [
        "scan",
        str(repos),
        "--offline",
        "--as-of",
        "2026-06-30",
        "--format",
        "json",
        "--workers",
        "1",
        "--json-logs",
        "--out",
        str(home / "out"),
    ]


def _tables(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table without what is a clock, a row number or keyed by the user: the key differs per home."""
    queries = {
        "scan": "SELECT id, engagement_id, as_of, targets, state, overall, coverage FROM scan ORDER BY id",
        "subject": "SELECT scan_id, key, outcome, detail FROM subject ORDER BY scan_id, key",
        "evidence": "SELECT scan_id, subject_key, fact, why, detail, caveat, source, digest IS NULL FROM evidence ORDER BY scan_id, subject_key, fact",
        "content": "SELECT count(*) FROM content",
        "indicator": "SELECT scan_id, check_id, subject_key, outcome, value, points, because FROM indicator ORDER BY scan_id, check_id, subject_key",
        "finding": "SELECT scan_id, fingerprint, rule, path, line, severity, status FROM finding ORDER BY scan_id, fingerprint, path, line",
    }
    connection = sqlite3.connect(home / "data/assay/assay.db")
    out = {name: connection.execute(query).fetchall() for name, query in queries.items()}
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    return out


@pytest.fixture(scope="module")
def undisturbed(repos: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    home = tmp_path_factory.mktemp("undisturbed")
    assert assay(home, *_arguments(home, repos)).code == 0
    return _tables(home)


def _kill_after(home: Path, repos: Path, event: str, count: int) -> None:
    """Run the scan and kill its process with SIGKILL at the ``count``-th event of that kind."""
    home.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [ASSAY, *_arguments(home, repos)], env=environment(home), cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )  # fmt: skip
    assert process.stderr is not None
    seen = 0
    for line in process.stderr:
        seen += json.loads(line)["event"] == event
        if seen == count:
            process.kill()
            break
    assert process.wait() == -signal.SIGKILL
    process.stderr.close()
    with suppress(ProcessLookupError):  # its workers, which would end by themselves later
        os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize(("event", "count"), [("planned", 1), ("ended", 1), ("ended", 3), ("phase", 30), ("step", 2)])
def test_killed_scan_ends_as_if_it_had_never_been(
    repos: Path, undisturbed: dict[str, list[tuple[Any, ...]]], tmp_path: Path, event: str, count: int
) -> None:
    home = tmp_path / "home"
    _kill_after(home, repos, event, count)
    before = len(_tables(home)["subject"])
    again = assay(home, *_arguments(home, repos))
    assert again.code == 0, again.stderr
    resumed = [json.loads(line) for line in again.stderr.splitlines() if '"resumed"' in line]
    assert len(resumed) == min(before, REPOSITORIES)
    assert {name: rows for name, rows in _tables(home).items() if rows != undisturbed[name]} == {}
    scratch = home / "cache/assay/scratch"
    assert list(scratch.iterdir()) == []


def test_a_scan_killed_twice_loses_nothing(
    repos: Path, undisturbed: dict[str, list[tuple[Any, ...]]], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    for _ in range(2):
        _kill_after(home, repos, "ended", 2)
    assert assay(home, *_arguments(home, repos)).code == 0
    assert _tables(home) == undisturbed
