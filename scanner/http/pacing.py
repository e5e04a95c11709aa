"""How fast all workers of all scans may ask one forge, and until when they must not: shared through small files."""

from __future__ import annotations

import fcntl
import json
import logging
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

LONGEST_BLOCK = 3_900.0
"""Seconds. Forges count per hour or less; whatever asks for more than that and a margin is a mistake or malice."""
RECOVERY_SECONDS = 60.0
"""After a secondary limit one more request at a time is allowed for each such span without another."""
_SLOT_PAUSE = 0.02
_SLOT_PATIENCE = 600.0
_LOCK_PATIENCE = 5.0
_FILE_BYTES = 10_000
_log = logging.getLogger("assay." + __name__)


@dataclass(frozen=True, slots=True)
class Block:
    """No request of a kind may be sent until ``until`` (epoch seconds by our clock)."""

    until: float
    detail: str


@dataclass(frozen=True, slots=True)
class _State:
    """What is shared: blocks by kind of request, and how many requests at a time were allowed since when."""

    blocks: Mapping[str, Block] = field(default_factory=dict)
    allowed: int = 0
    since: float = 0.0


class Pacing:
    """The pace of one token at one forge. With no ``folder`` nothing is shared. Failing files, and a lock that never opens, mean "not shared"."""

    def __init__(self, folder: Path | None, namespace: str, most: int, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._path = None if folder is None else folder / f"limits-{namespace}.json"
        self._most = max(1, most)
        self._now = now
        self._state = _State()

    def blocked(self, kind: str) -> Block | None:
        """The block on requests of ``kind``, None when they may be sent."""
        block = self._read().blocks.get(kind)
        return block if block is not None and block.until > self._now() else None

    def block(self, kinds: tuple[str, ...], seconds: float, detail: str) -> Block:
        """Forbid requests of ``kinds`` for ``seconds``, at most `LONGEST_BLOCK`; a longer block stays."""
        block = Block(self._now() + min(seconds, LONGEST_BLOCK), detail)

        def changed(state: _State) -> _State:
            longer = {k: block for k in kinds if k not in state.blocks or state.blocks[k].until < block.until}
            return replace(state, blocks={**state.blocks, **longer})

        self._change(changed)
        return block

    def slow_down(self) -> None:
        """Halve the number of requests at a time."""
        self._change(lambda state: replace(state, allowed=max(1, self._allowed(state) // 2), since=self._now()))

    @property
    def at_a_time(self) -> int:
        """How many requests may be in flight now, 1 or more."""
        return self._allowed(self._read())

    @property
    def others(self) -> int:
        """How many requests of others may be in flight."""
        return 0 if self._folder is None else self._most - 1

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold one of the places for a request; a process that dies gives its place back."""
        held = self._take()
        try:
            yield
        finally:
            if held is not None:
                held.close()

    def _allowed(self, state: _State) -> int:
        if not state.since:
            return self._most
        recovered = int(max(0.0, self._now() - state.since) // RECOVERY_SECONDS)
        return max(1, min(self._most, state.allowed + recovered))

    def _take(self) -> IO[bytes] | None:
        if self._folder is None:
            return None
        until = time.monotonic() + _SLOT_PATIENCE
        while time.monotonic() < until:
            for number in range(self.at_a_time):
                try:
                    file = (self._folder / f"slot-{number}").open("ab")
                except OSError:
                    return None
                try:
                    fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    file.close()
                else:
                    return file
            time.sleep(_SLOT_PAUSE)
        return None

    def _read(self) -> _State:
        if self._path is not None:
            try:
                with self._path.open("rb") as file:
                    self._state = _parsed(file.read(_FILE_BYTES), self._now())
            except FileNotFoundError:
                pass
            except (OSError, ValueError, RecursionError):
                return self._state
        return self._state

    def _change(self, change: Callable[[_State], _State]) -> None:
        if self._path is None:
            self._state = change(self._state)
            return
        try:
            with self._path.with_suffix(".lock").open("ab") as lock:
                if _locked(lock.fileno()):
                    changed = change(self._read())
                    _write(self._path, changed)
                    self._state = changed
                    return
            _log.warning(
                "%s.lock is held by another process: going on without sharing the forge's limits", self._path.stem
            )
        except OSError:
            pass
        self._path, self._state = None, change(self._read())


def _locked(descriptor: int) -> bool:
    """Whether the lock could be taken in time; a change of the state takes milliseconds."""
    until = time.monotonic() + _LOCK_PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_SLOT_PAUSE)
        else:
            return True


def _parsed(text: bytes, now: float) -> _State:
    """The state in ``text``; ValueError when it is none. Blocks longer than any forge needs are left out."""
    value = json.loads(text)
    try:
        blocks = {str(k): Block(float(until), str(detail)) for k, (until, detail) in value["blocks"].items()}
        state = _State(
            {k: b for k, b in blocks.items() if now < b.until <= now + LONGEST_BLOCK},
            int(value["allowed"]),
            float(value["since"]),
        )
    except (AttributeError, LookupError, TypeError, OverflowError):
        raise ValueError("not the state of a forge's limits") from None
    return state


def _write(path: Path, state: _State) -> None:
    value = {
        "blocks": {k: [b.until, b.detail] for k, b in sorted(state.blocks.items())},
        "allowed": state.allowed,
        "since": state.since,
    }
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(json.dumps(value).encode())
            file.close()
            Path(file.name).replace(path)
        except OSError:
            with suppress(OSError):
                Path(file.name).unlink()
            raise
