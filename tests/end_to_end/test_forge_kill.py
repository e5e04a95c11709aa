"""Killed at any moment, a scan of an organisation goes on: same assessment, at most one repository asked again."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.estate import made
from scanner.demo.standin import Fault, StandIn
from tests.builders_hostile import ASSAY, assay, environment

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
TOKEN = "token-of-the-killed"
REPOSITORIES = 12
KILLS = 10
DATA = made(REPOSITORIES, AS_OF, changes=30)


class Watched(StandIn):
    """A stand-in that calls the moment after which nothing more may be asked: the scan is killed there."""

    kill_after = -1
    process: subprocess.Popen[bytes] | None = None

    def fault(self, name: str) -> Fault | None:
        if self.process is not None and len(self.seen) >= self.kill_after:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        return super().fault(name)


def _arguments(home: Path) -> list[str]:
    return [
        "scan", "github:acme", "--forge-only", "--as-of", "2026-06-30", "--format", "json", "--workers", "1",
        "--resume", "--quiet", "--out", str(home / "out"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Counter[str]]:
    home = tmp_path_factory.mktemp("calm")
    with StandIn(DATA, token=TOKEN) as standin:
        done = assay(home, *_arguments(home), ASSAY_GITHUB_URL=standin.url, ASSAY_GITHUB_TOKEN=TOKEN)
        assert done.code == 0, done.stderr
        return (home / "out/assessment.json").read_bytes(), Counter(standin.seen)


def _of_repository(asked: Counter[str]) -> Counter[str]:
    """How often each repository was asked about."""
    about: Counter[str] = Counter()
    for name, number in asked.items():
        for repo in (r.name for r in DATA.repositories):
            about[repo] += number * (repo in name)
    return about


def test_ten_kills_end_in_the_assessment_of_an_undisturbed_scan(
    undisturbed: tuple[bytes, Counter[str]], tmp_path: Path
) -> None:
    expected, asked_once = undisturbed
    total = asked_once.total()
    with Watched(DATA, token=TOKEN) as standin:
        extra = {"ASSAY_GITHUB_URL": standin.url, "ASSAY_GITHUB_TOKEN": TOKEN}
        killed = 0
        for number in range(KILLS):
            # moments spread over the whole scan, never twice at the same place of a repository
            standin.kill_after = len(standin.seen) + total // (KILLS + 2) + (7 * number) % 5
            process = subprocess.Popen(
                [ASSAY, *_arguments(tmp_path)], env=environment(tmp_path, **extra), cwd=tmp_path,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
            standin.process = process
            killed += process.wait() == -signal.SIGKILL
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            standin.process = None
            time.sleep(0.05)  # what the killed workers had still under way arrives
        assert killed == KILLS
        done = assay(tmp_path, *_arguments(tmp_path), **extra)
        assert done.code == 0, done.stderr
        asked = Counter(standin.seen)
    assert (tmp_path / "out/assessment.json").read_bytes() == expected
    more = _of_repository(asked) - _of_repository(asked_once)
    most = max(_of_repository(asked_once).values())
    assert more.total() <= KILLS * most, f"{more} asked again by {KILLS} kills"
    assert {name.split()[0] for name in asked} == {"GET", "POST"}
