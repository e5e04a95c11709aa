from __future__ import annotations

import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.locks import Claims, alone_in, in_use, one_of, unused


def test_any_number_reads_and_nobody_replaces_meanwhile(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    with in_use(folder), in_use(folder), unused(folder) as free:
        assert not free
    with unused(folder) as free:
        assert free


def test_places_are_as_many_as_there_are(tmp_path: Path) -> None:
    with one_of(tmp_path / "p", 2, 1), one_of(tmp_path / "p", 2, 1):
        with pytest.raises(Unreadable) as refused, one_of(tmp_path / "p", 2, 0.2):
            pass
        assert refused.value.hole.why is Why.TIMED_OUT
    with one_of(tmp_path / "p", 2, 0):
        pass


def test_a_place_that_becomes_free_is_taken(tmp_path: Path) -> None:
    held = one_of(tmp_path / "p", 1, 1)
    held.__enter__()
    timer = threading.Timer(0.3, lambda: held.__exit__(None, None, None))
    timer.start()
    with one_of(tmp_path / "p", 1, 5):
        pass
    timer.join()


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with alone_in(tmp_path / "m", 0), pytest.raises(Unreadable), alone_in(tmp_path / "m", 0):
        pass
    with alone_in(tmp_path / "m", 0):
        pass


def _claimed_elsewhere(folder: str, database: str, number: int) -> bool:
    return Claims(Path(folder), database).take(number)


def test_a_claim_holds_against_other_processes_until_it_is_given_up(tmp_path: Path) -> None:
    claims = Claims(tmp_path / "running", "sqlite:///a")
    assert [claims.take(1), claims.take(1)] == [True, True]
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as others:  # forked after the claim, yet without it

        def elsewhere(database: str, number: int) -> bool:
            return others.submit(_claimed_elsewhere, str(tmp_path / "running"), database, number).result(30)

        assert not elsewhere("sqlite:///a", 1)
        assert elsewhere("sqlite:///a", 2)
        assert elsewhere("sqlite:///b", 1)
        claims.close()
        assert elsewhere("sqlite:///a", 1)


def test_where_no_lock_can_be_kept_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert Claims(tmp_path / "file", "sqlite:///a").take(1)
