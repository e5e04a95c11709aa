"""A function that answers in a process of its own: a parser that crashes or hangs there costs the one answer."""

from __future__ import annotations

import gc
import os
import resource
import select
import signal
import struct
import warnings
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

SECONDS = 30
"""An answer that takes longer, by the clock on the wall, is given up; parsers stop themselves long before."""
MEMORY_BYTES = 1 << 30
"""What the process may take on top of what it starts with."""
LARGEST_BYTES = 64_000_000
_HEAD = struct.Struct("<II")


class Isolated:
    """A child process that answers questions of two parts, one after the other. It is started at the first one."""

    def __init__(self, answer: Callable[[bytes, bytes], bytes], seconds: float = SECONDS) -> None:
        self._answer = answer
        self._seconds = seconds
        self._child: tuple[int, int, int] | None = None
        """(process, where to ask, where the answer comes from)."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def ask(self, about: bytes, content: bytes) -> bytes:
        """The answer. Raises ChildProcessError when the process died of the question or gave none in time."""
        try:
            self._child = self._child or self._start()
            _, write, read = self._child
            _send(write, _HEAD.pack(len(about), len(content)) + about + content)
            failed, size = _HEAD.unpack(_receive(read, _HEAD.size, self._seconds))
            answer = _receive(read, min(size, LARGEST_BYTES), self._seconds)
        except (OSError, EOFError, TimeoutError) as error:
            self._end()
            raise ChildProcessError(
                f"the parser {'took too long' if isinstance(error, TimeoutError) else 'died'}"
            ) from None
        if failed:
            raise ValueError(answer.decode("ascii", "replace"))
        return answer

    def _start(self) -> tuple[int, int, int]:
        asked, write = os.pipe()
        read, answered = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # newer Pythons warn when the process has threads; the child uses none of their locks
            process = os.fork()
        if process == 0:
            _serve(self._answer, asked, answered)
        os.close(asked)
        os.close(answered)
        return process, write, read

    def _end(self) -> None:
        if self._child is None:
            return
        process, write, read = self._child
        self._child = None
        os.close(write)
        os.close(read)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _serve(answer: Callable[[bytes, bytes], bytes], asked: int, answered: int) -> NoReturn:
    """The life of the child. It lets go of the parent's other files, so that whoever waits for their end sees it."""
    try:
        low, high = sorted((asked, answered))
        os.closerange(3, low)
        os.closerange(low + 1, high)
        os.closerange(high + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _bound_memory()
        gc.freeze()
        gc.disable()  # syntax trees hold no cycles, and walking their many nodes costs as much as parsing
        for number in count():
            if number % 500 == 0:
                gc.collect()
            about, content = _HEAD.unpack(_receive(asked, _HEAD.size, None))
            question = _receive(asked, about + content, None)
            try:
                failed, told = 0, answer(question[:about], question[about:])
            except Exception as error:  # noqa: BLE001 - a parser on a stranger's file may fail in any way; it costs this file alone
                failed, told = 1, type(error).__name__.encode("ascii", "replace")
            _send(answered, _HEAD.pack(failed, len(told)) + told)
    finally:
        os._exit(0)


def _bound_memory() -> None:
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most < 0 else min(wanted, most), most))


def _send(pipe: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _receive(pipe: int, size: int, seconds: float | None) -> bytes:
    """``size`` bytes. Raises TimeoutError when none come for ``seconds``, EOFError when there will be no more."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    parts: list[bytes] = []
    while size:
        if seconds is not None and not poll.poll(1000 * seconds):
            raise TimeoutError
        part = os.read(pipe, min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
