"""A limit that one worker meets holds for all, and never longer than any forge needs."""

from __future__ import annotations

import fcntl
import json
import threading
import time
from pathlib import Path

import pytest

from scanner.http.pacing import LONGEST_BLOCK, Pacing
from tests.builders_wire import Clock


def pacing(folder: Path | None, clock: Clock, most: int = 8, name: str = "n") -> Pacing:
    return Pacing(folder, name, most, clock.time)


def test_a_block_is_seen_by_other_workers_and_by_no_other_token(tmp_path: Path) -> None:
    clock = Clock()
    one, other, stranger = pacing(tmp_path, clock), pacing(tmp_path, clock), pacing(tmp_path, clock, name="m")
    one.block(("graphql",), 30, "spent")
    found = other.blocked("graphql")
    assert found is not None
    assert (found.until, found.detail) == (clock.now + 30, "spent")
    assert other.blocked("rest") is None
    assert stranger.blocked("graphql") is None
    clock.now += 30
    assert one.blocked("graphql") is other.blocked("graphql") is None


def test_the_longer_block_stays_whoever_comes_first(tmp_path: Path) -> None:
    clock = Clock()
    for first, second in ((60, 10), (10, 60)):
        pace = pacing(tmp_path, clock, name=f"{first}")
        pace.block(("rest",), first, "first")
        pacing(tmp_path, clock, name=f"{first}").block(("rest",), second, "second")
        found = pace.blocked("rest")
        assert found is not None
        assert found.until == clock.now + 60


@pytest.mark.parametrize("seconds", [1e9, float("inf")])
def test_no_block_is_without_end(tmp_path: Path, seconds: float) -> None:
    clock = Clock()
    pace = pacing(tmp_path, clock)
    pace.block(("rest",), seconds, "until 2099")
    found = pacing(tmp_path, clock).blocked("rest")
    assert found is not None
    assert found.until == clock.now + LONGEST_BLOCK
    clock.now += LONGEST_BLOCK + 1
    assert pace.blocked("rest") is None


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "[" * 9000, '{"blocks": 3, "allowed": 1, "since": 1}', '{"blocks": {"rest": [1]}, "allowed": 1, "since": 1}',
        json.dumps({"blocks": {"rest": [4e9, "2096"]}, "allowed": 8, "since": 0}),
        '{"blocks": {"rest": [NaN, "x"]}, "allowed": 8, "since": 0}', '{"blocks": {}, "allowed": 1e999, "since": 0}',
    ],
)  # fmt: skip
def test_an_odd_state_on_disk_blocks_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "limits-n.json").write_text(text)
    pace = pacing(tmp_path, Clock())
    assert pace.blocked("rest") is None
    assert pace.at_a_time == 8
    pace.block(("rest",), 5, "x")
    assert pacing(tmp_path, Clock()).blocked("rest") is not None


def test_a_folder_that_is_gone_shares_nothing_and_fails_nothing(tmp_path: Path) -> None:
    pace = pacing(tmp_path / "gone", Clock())
    pace.block(("rest",), 5, "x")
    assert pace.blocked("rest") is not None
    with pace.slot():
        pass


def test_a_lock_that_another_process_never_gives_back_holds_nobody_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scanner.http.pacing._LOCK_PATIENCE", 0.2)
    notes: list[str] = []
    monkeypatch.setattr("scanner.http.pacing._log.warning", lambda words, *values: notes.append(words % values))
    clock = Clock()
    pacing(tmp_path, clock).block(("graphql",), 60, "of another")
    with (tmp_path / "limits-n.lock").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        pace = pacing(tmp_path, clock)
        started = time.monotonic()
        pace.block(("rest",), 30, "spent")
        pace.slow_down()
        assert time.monotonic() - started < 5
    found = pace.blocked("rest")
    assert found is not None
    assert found.detail == "spent"
    assert pace.blocked("graphql") is not None, "what was known when it went on alone holds"
    assert pace.at_a_time == 4
    assert pacing(tmp_path, clock).blocked("rest") is None
    assert notes == ["limits-n.lock is held by another process: going on without sharing the forge's limits"]


def test_a_secondary_limit_halves_the_pace_which_recovers_slowly(tmp_path: Path) -> None:
    clock = Clock()
    pace, other = pacing(tmp_path, clock), pacing(tmp_path, clock)
    seen = []
    for _ in range(5):
        seen.append(other.at_a_time)
        pace.slow_down()
    assert [*seen, other.at_a_time] == [8, 4, 2, 1, 1, 1]
    for minutes, expected in ((0.9, 1), (0.2, 2), (2, 4), (600, 8)):
        clock.now += minutes * 60
        assert other.at_a_time == expected


def test_slots_bound_what_is_in_flight(tmp_path: Path) -> None:
    inside, most = 0, 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal inside, most
        pace = Pacing(tmp_path, "n", 3)
        for _ in range(5):
            with pace.slot():
                with lock:
                    inside += 1
                    most = max(most, inside)
                time.sleep(0.005)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 3)
