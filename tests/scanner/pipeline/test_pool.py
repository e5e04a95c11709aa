from __future__ import annotations

import faulthandler
import os
import signal
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.core.evidence import Why
from scanner.core.subjects import Kind, Subject
from scanner.pipeline import pool
from scanner.pipeline.targets import Planned
from scanner.pipeline.work import Conditions, Read
from scanner.pseudonyms import Pseudonyms

Task = Callable[[Planned, Conditions, frozenset[str], Callable[[str], None]], Read]


def _run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, misbehave: Callable[[], object], timeout: float = 30
) -> dict[str, Read]:
    """Six repositories on two workers; the third one does ``misbehave``."""

    def task(planned: Planned, conditions: Conditions, known: frozenset[str], phase: Callable[[str], None]) -> Read:
        phase("read")
        Path(tempfile.gettempdir(), "client-code").write_text("x")
        if planned.subject.name == "r2":
            misbehave()
        return Read((), planned.subject.name, reused=False, problem=None, seconds=0.0)

    monkeypatch.setattr(pool, "read_repository", task)
    conditions = Conditions(
        datetime(2026, 6, 30, tzinfo=UTC), Pseudonyms(b"k" * 32), tmp_path / "cache", {}, lambda: None, ""
    )
    planned = [Planned(Subject(Kind.REPO, f"r{n}")) for n in range(6)]
    phases: list[tuple[Subject, str]] = []
    ended = {
        item.subject.name: read
        for item, read in pool.read_all(planned, conditions, {}, 2, timeout, lambda *p: phases.append(p))
    }
    assert sorted(ended) == [f"r{n}" for n in range(6)]
    assert {s.name for s, _ in phases} == set(ended)
    for name, read in ended.items():
        if name != "r2":
            assert (read.input_key, read.problem) == (name, None), "a neighbour was blamed"
    assert list((tmp_path / "cache/scratch").iterdir()) == []
    return ended


def _why(ended: dict[str, Read]) -> Why:
    problem = ended["r2"].problem
    assert problem is not None
    assert "secret text" not in problem.detail
    assert {name for name, read in ended.items() if read.traffic.at_least} == {"r2"}, "what it asked is not known"
    return problem.why


class Unpicklable(Exception):
    def __reduce__(self) -> str:
        raise TypeError("secret text")


def _raise(error: BaseException) -> Callable[[], object]:
    def raising() -> object:
        raise error

    return raising


@pytest.mark.parametrize(
    "misbehave",
    [
        lambda: os.kill(os.getpid(), signal.SIGKILL),
        lambda: (faulthandler.disable(), os.kill(os.getpid(), signal.SIGSEGV)),
        lambda: os._exit(3),
        _raise(ValueError("secret text")),
        _raise(RecursionError("secret text")),
        _raise(MemoryError("secret text")),
        _raise(Unpicklable("secret text")),
        _raise(SystemExit("secret text")),
        lambda: bytearray(64 << 30),
    ],
    ids=["killed", "fault", "exit", "error", "recursion", "memory", "unpicklable", "system-exit", "greedy"],
)  # fmt: skip
def test_a_worker_that_ends_badly_costs_its_repository_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, misbehave: Callable[[], object]
) -> None:
    assert _why(_run(monkeypatch, tmp_path, misbehave)) is Why.CRASHED


@pytest.mark.parametrize(
    "misbehave", [lambda: time.sleep(600), lambda: os.kill(os.getpid(), signal.SIGSTOP)], ids=["hangs", "stopped"]
)
def test_a_worker_that_hangs_costs_its_repository_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, misbehave: Callable[[], object]
) -> None:
    started = time.monotonic()
    assert _why(_run(monkeypatch, tmp_path, misbehave, timeout=1.5)) is Why.TIMED_OUT
    assert time.monotonic() - started < 30


def test_what_a_killed_scan_left_behind_is_removed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dead = os.fork()
    if dead == 0:
        os._exit(0)
    os.waitpid(dead, 0)
    left = tmp_path / "cache" / "scratch" / str(dead)
    left.mkdir(parents=True)
    (left / "client-code").write_text("x")
    _run(monkeypatch, tmp_path, lambda: None)
    assert not left.exists()


def test_an_unwritable_cache_is_no_obstacle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    conditions = Conditions(
        datetime(2026, 6, 30, tzinfo=UTC), Pseudonyms(b"k" * 32), tmp_path / "file" / "cache", {}, lambda: None, ""
    )
    monkeypatch.setattr(pool, "read_repository", lambda *_: Read((), "k", reused=False, problem=None, seconds=0.0))
    ((_, read),) = pool.read_all([Planned(Subject(Kind.REPO, "r"))], conditions, {}, 1, 30, lambda *_: None)
    assert read.input_key == "k"
