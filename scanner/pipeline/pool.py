"""One process per repository at a time: a dead, hung or greedy one costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager, suppress
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from scanner.core.evidence import Unknown, Why
from scanner.core.subjects import Subject
from scanner.git import remove
from scanner.http.traffic import Traffic
from scanner.pipeline.targets import Planned
from scanner.pipeline.work import Conditions, Read, limit_memory, read_repository

_LINE_BYTES = 512
"""At most PIPE_BUF (POSIX): a write of that size is whole or not at all, so phases need no lock that a dead worker keeps."""
_given: list[tuple[int, Conditions]] = []


def _prepare(pipe: int, conditions: Conditions, scratch: Path) -> None:
    _given[:] = [(pipe, conditions)]
    tempfile.tempdir = os.environ["TMPDIR"] = str(scratch)
    limit_memory()


def _task(number: int, planned: Planned, known_keys: frozenset[str]) -> Read:
    pipe, conditions = _given[0]

    def phase(name: str) -> None:
        with suppress(OSError):  # a full pipe: nobody watches
            os.write(pipe, f"{number} {name}".encode()[: _LINE_BYTES - 1] + b"\n")

    return read_repository(planned, conditions, known_keys, phase)


def read_all(
    planned: Sequence[Planned],
    conditions: Conditions,
    known_keys: Mapping[Subject, frozenset[str]],
    workers: int,
    timeout_seconds: float,
    phase: Callable[[Subject, str], None],
) -> Iterator[tuple[Planned, Read]]:
    """Read every repository, yielding each as it ends.

    A repository over ``timeout_seconds``, or whose worker dies, ends as a `Read` with that problem.
    """
    context = multiprocessing.get_context("fork")
    ends = os.pipe()
    os.set_blocking(ends[1], False)
    subjects = [item.subject for item in planned]
    listener = threading.Thread(target=_listen, args=(ends[0], subjects, phase), daemon=True)
    listener.start()
    with _scratch(conditions.cache) as scratch, _closed(ends[1]):
        pool = ProcessPool(
            max_workers=workers,
            max_tasks=0,
            context=context,
            initializer=_prepare,
            initargs=(ends[1], conditions, scratch),
        )
        yield from _results(pool, planned, known_keys, timeout_seconds)
    listener.join(timeout=5)


def _results(
    pool: ProcessPool, planned: Sequence[Planned], known_keys: Mapping[Subject, frozenset[str]], timeout_seconds: float
) -> Iterator[tuple[Planned, Read]]:
    with pool:
        waiting: dict[Future[Read], Planned] = {
            pool.schedule(
                _task, args=(number, item, known_keys.get(item.subject, frozenset())), timeout=timeout_seconds
            ): item
            for number, item in enumerate(planned)
        }
        try:
            for future in as_completed(waiting):
                item = waiting.pop(future)
                try:
                    yield item, future.result()
                except FutureTimeout:
                    yield (
                        item,
                        _lost(
                            Unknown(Why.TIMED_OUT, f"it took longer than {timeout_seconds:g} s", "raise --timeout"),
                            timeout_seconds,
                        ),
                    )
                except ProcessExpired as error:
                    yield (
                        item,
                        _lost(
                            Unknown(
                                Why.CRASHED, f"its process died (exit {error.exitcode})", "more memory, or report this"
                            ),
                            0.0,
                        ),
                    )
                except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a worker sends back costs its repository alone
                    yield (
                        item,
                        _lost(
                            Unknown(
                                Why.CRASHED,
                                f"{type(error).__name__} in its worker",
                                "report this to the makers of assay",
                            ),
                            0.0,
                        ),
                    )
        except BaseException:
            pool.stop()
            raise


def _lost(problem: Unknown, seconds: float) -> Read:
    """What is left of a repository whose worker told nothing: not even what it had asked of a forge."""
    return Read((), "", reused=False, problem=problem, seconds=seconds, traffic=Traffic(at_least=True))


def _listen(pipe: int, subjects: Sequence[Subject], phase: Callable[[Subject, str], None]) -> None:
    with os.fdopen(pipe, "rb") as lines:
        for line in lines:
            number, _, name = line.decode("utf-8", "replace").strip().partition(" ")
            phase(subjects[int(number)], name)


@contextmanager
def _closed(pipe: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(pipe)


@contextmanager
def _scratch(cache: Path) -> Iterator[Path]:
    """A folder for all temporary files of the workers; what dead processes left in theirs is removed."""
    top = cache.absolute() / "scratch"
    mine = top / str(os.getpid())
    try:
        mine.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        with tempfile.TemporaryDirectory(prefix="assay-scratch-") as made:
            yield Path(made)
        return
    for left in top.iterdir():
        if left.name.isdecimal() and not _lives(int(left.name)):
            remove(left)
    try:
        yield mine
    finally:
        remove(mine)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True
