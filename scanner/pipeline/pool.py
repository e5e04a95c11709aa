"""One process per repository at a time: a dead, hung or greedy one costs only itself."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures import TimeoutError as FutureTimeout
from multiprocessing.queues import SimpleQueue

from pebble import ProcessExpired, ProcessPool

from scanner.core.evidence import Unknown, Why
from scanner.core.subjects import Subject
from scanner.pipeline.targets import Planned
from scanner.pipeline.work import Conditions, Read, limit_memory, read_repository

_phases: list[tuple[SimpleQueue[tuple[Subject, str] | None], Conditions]] = []


def _prepare(queue: SimpleQueue[tuple[Subject, str] | None], conditions: Conditions) -> None:
    _phases[:] = [(queue, conditions)]
    limit_memory()


def _task(planned: Planned, known_keys: frozenset[str]) -> Read:
    queue, conditions = _phases[0]
    return read_repository(planned, conditions, known_keys, lambda name: queue.put((planned.subject, name)))


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
    queue: SimpleQueue[tuple[Subject, str] | None] = context.SimpleQueue()
    listener = threading.Thread(target=_listen, args=(queue, phase), daemon=True)
    pool = ProcessPool(
        max_workers=workers, max_tasks=0, context=context, initializer=_prepare, initargs=(queue, conditions)
    )
    with pool:
        waiting: dict[Future[Read], Planned] = {
            pool.schedule(_task, args=(item, known_keys.get(item.subject, frozenset())), timeout=timeout_seconds): item
            for item in planned
        }
        listener.start()
        try:
            for future in as_completed(waiting):
                item = waiting[future]
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
                except Exception as error:  # noqa: BLE001 - whatever a worker sends back costs its repository alone
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
    queue.put(None)
    listener.join(timeout=5)


def _lost(problem: Unknown, seconds: float) -> Read:
    return Read((), "", reused=False, problem=problem, seconds=seconds)


def _listen(queue: SimpleQueue[tuple[Subject, str] | None], phase: Callable[[Subject, str], None]) -> None:
    while (message := queue.get()) is not None:
        phase(*message)
