"""Clones in the cache: made, brought up to date, and made anew when they are damaged. Nothing of the origin is trusted.

A mirror is a bare repository beside its locks: ``<name>.lock`` while it is written, ``<name>.use`` while it is read.
``assay.json`` in it tells the sizes of its object files as they were when it was last whole.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from scanner.core.evidence import Unreadable, Why
from scanner.git import OID, REF, Git, remove
from scanner.locks import alone_in, in_use, unused
from scanner.origins import Failure, Origin, failure, spoken

STATE = "assay.json"
"""The file that tells that a mirror is whole; its time is that of the last use."""
UNFINISHED = ".new"
"""What the name of a clone ends with while it is made; the lock is that of the name without it."""
_MANY_PACKS = 50
"""Packs from which on they are made one: each fetch adds one, and each is looked into for each object."""
_POLL_SECONDS = 0.25
_SAID_BYTES = 1 << 20
_PAUSE_SECONDS = 1.0
_FETCH = (
    "-c", "fetch.unpackLimit=1", "-c", "transfer.unpackLimit=1", "-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60",
    "fetch", "--quiet", "--prune", "--force", "--no-recurse-submodules", "--no-write-fetch-head", "--end-of-options",
)  # fmt: skip
_REFSPECS = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a fetch may take: its time, the size of the mirror (0: any), and what it must leave free on the disk (bytes)."""

    seconds: float = 3600.0
    most_bytes: int = 0
    free_bytes: int = 256 * 1024**2


@dataclass(frozen=True, slots=True)
class Mirror:
    """A mirror that can be read; ``made``: cloned just now, not only brought up to date."""

    git_dir: Path
    made: bool


@dataclass(frozen=True, slots=True)
class _Fetching:
    """A fetch in progress: ``lock`` is held by every program it starts, ``until`` is on the monotonic clock."""

    address: str
    shown: str
    env: dict[str, str] = field(repr=False)
    bounds: Bounds
    lock: int
    until: float
    bundle: bool = False


@contextmanager
def mirrored(origin: Origin, folder: Path, bounds: Bounds) -> Iterator[Mirror]:
    """A mirror of ``origin`` in ``folder``, up to date; while the context lasts nobody removes or replaces it.

    The header travels in the environment of git alone, which only its own user may see. Raises Unreadable, which never
    repeats the user part of a URL nor what a server said.
    """
    address, shown, env = spoken(origin)
    with ExitStack() as held:
        with alone_in(folder, bounds.seconds) as lock:
            fetching = _Fetching(address, shown, env, bounds, lock, time.monotonic() + bounds.seconds, origin.bundle)
            made = _bring(fetching, folder)
            held.enter_context(in_use(folder))
        yield Mirror(folder, made)


@contextmanager
def kept(folder: Path) -> Iterator[Path]:
    """The mirror in ``folder`` as it was left; Unreadable(UNREACHABLE) when there is none."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with in_use(folder):
        if not (folder / "HEAD").is_file():
            raise Unreadable(Why.UNREACHABLE, "its clone is not in the cache, and a replay fetches none",
                             "replay where it was recorded")  # fmt: skip
        yield folder


def doubt(folder: Path) -> None:
    """Have the mirror in ``folder`` made anew when it is asked for again."""
    with suppress(OSError):
        (folder / STATE).unlink()


def _bring(fetching: _Fetching, folder: Path) -> bool:
    """Fetch into a sound mirror; else, or when git fails for the mirror's own sake, clone beside and put it in its place."""
    beside = folder.with_name(f"{folder.name}{UNFINISHED}")
    remove(beside)
    if _sound(folder):
        _sweep(folder)
        try:
            _update(fetching, folder)
        except Failure as failed:
            if not (failed.local or (failed.passing and _damaged(fetching, folder))):
                raise Unreadable(failed.why, failed.words, failed.closes) from None
        else:
            return False
    try:
        _clone(fetching, beside)
        _put(beside, folder)
    except Failure as failed:
        raise Unreadable(failed.why, failed.words, failed.closes) from None
    finally:
        remove(beside)
    return True


def _damaged(fetching: _Fetching, folder: Path) -> bool:
    """Whether objects are missing or broken: git ends a fetch in the same words when a connection breaks."""
    try:
        _run(fetching, folder, ("fsck", "--connectivity-only", "--no-dangling", "--no-progress"))
    except Failure:
        return True
    return False


def _put(beside: Path, folder: Path) -> None:
    with unused(folder) as free:
        if not free:
            raise Unreadable(
                Why.CORRUPT, "its clone in the cache is damaged, and another scan is reading it", "scan again"
            )
        remove(folder)
        beside.rename(folder)


def _update(fetching: _Fetching, folder: Path) -> None:
    _fetch(fetching, folder)
    if len(list((folder / "objects" / "pack").glob("*.pack"))) > _MANY_PACKS:
        with unused(folder) as free:
            if free:
                _run(fetching, folder, ("repack", "-a", "-d", "-q"))
    _write_state(folder)


def _clone(fetching: _Fetching, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    _run(fetching, folder, ("init", "--quiet", "--bare", "--template=", str(folder)))
    _fetch(fetching, folder)
    _write_state(folder)


def _fetch(fetching: _Fetching, folder: Path) -> None:
    arguments = (*_FETCH, fetching.address, *_REFSPECS)
    try:
        _run(fetching, folder, arguments)
    except Failure as failed:
        if not failed.passing:
            raise
        time.sleep(_PAUSE_SECONDS)  # once more: a connection broke, or the server stumbled
        _sweep(folder)
        _run(fetching, folder, arguments)
    _adopt_head(fetching, folder)


def _run(fetching: _Fetching, folder: Path, arguments: Sequence[str]) -> bytes:
    """The start of what git printed. Raises Failure when it failed, Unreadable when it took more than its bounds."""
    git = Git(folder, fetching.env)
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            git.argv(*arguments), env=git.env, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=errors,
            pass_fds=(fetching.lock,), process_group=0,
        )  # fmt: skip
        try:
            while process.poll() is None:
                _keep_within(fetching, folder, said, errors)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_POLL_SECONDS)
        finally:
            _end(process)
        _keep_within(fetching, folder, said, errors)
        if process.returncode:
            errors.seek(0)
            raise failure(errors.read(_SAID_BYTES).decode("utf-8", "replace"), fetching.shown, bundle=fetching.bundle)
        said.seek(0)
        return said.read(_SAID_BYTES)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git with the programs that it started: one that unpacks would go on for hours, and keep the lock."""
    if process.poll() is None:  # its number, which is its group's, is not given to another before it is waited for
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _keep_within(fetching: _Fetching, folder: Path, *printed: IO[bytes]) -> None:
    bounds = fetching.bounds
    if time.monotonic() > fetching.until:
        raise Unreadable(
            Why.TIMED_OUT, f"{fetching.shown}: fetching took longer than {bounds.seconds:g} s", "raise --timeout"
        )
    if bounds.most_bytes and size_of(folder) > bounds.most_bytes:
        raise Unreadable(
            Why.TOO_LARGE, f"{fetching.shown} is larger than all clones together may be", "raise --cache-size"
        )
    if shutil.disk_usage(folder).free < bounds.free_bytes:
        raise Unreadable(Why.TOO_LARGE, f"{fetching.shown}: the disk of the cache is full", "free space on the disk")
    if any(os.fstat(file.fileno()).st_size > _SAID_BYTES for file in printed):
        raise Unreadable(Why.TOO_LARGE, f"{fetching.shown}: the server talks without end")


def _adopt_head(fetching: _Fetching, folder: Path) -> None:
    """The origin's HEAD as a branch: the one it names, else the first of main, master and the others at that commit."""
    answer = _run(fetching, folder, ("ls-remote", "--symref", "--end-of-options", fetching.address, "HEAD"))
    text = answer.decode("utf-8", "replace")
    named = re.search(r"^ref: (refs/heads/\S{1,500})\tHEAD$", text, re.MULTILINE)
    at = re.search(r"^([0-9a-f]{40,64})\tHEAD$", text, re.MULTILINE)
    if named and REF.fullmatch(named[1]):
        head = f"ref: {named[1]}"
    else:
        listed = _run(fetching, folder, ("for-each-ref", "--format=%(objectname) %(refname)", "refs/heads"))
        branches = [line.split(" ", 1) for line in listed.decode("utf-8", "replace").splitlines()]
        names = sorted((n for oid, n in branches if at is None or oid == at[1]), key=_rank)
        if not names and at is None:
            return
        head = f"ref: {names[0]}" if names else str(at and at[1])
    (folder / "HEAD").write_text(f"{head}\n", "utf-8")


def _rank(name: str) -> tuple[bool, bool, str]:
    return name != "refs/heads/main", name != "refs/heads/master", name


def _sound(folder: Path) -> bool:
    """Whether the mirror holds what it held when it was last whole."""
    try:
        state = json.loads((folder / STATE).read_bytes())
        head = (folder / "HEAD").read_text("utf-8").strip()
        sizes = dict(state["objects"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if not (OID.fullmatch(head) or REF.fullmatch(head.removeprefix("ref: "))):
        return False
    present = _objects(folder)
    return all(present.get(name) == size for name, size in sizes.items())


def _write_state(folder: Path) -> None:
    present = _objects(folder)
    state = {"bytes": sum(present.values()), "objects": dict(sorted(present.items()))}
    part = folder / f"{STATE}.part"
    part.write_text(json.dumps(state), "utf-8")
    part.replace(folder / STATE)


def _objects(folder: Path) -> dict[str, int]:
    """Size in bytes of every file below ``objects`` that is not a fragment."""
    top = folder / "objects"
    out = {}
    for where, _, names in os.walk(top):
        for name in names:
            with suppress(OSError):
                if not name.startswith("tmp_"):
                    path = Path(where, name)
                    out[path.relative_to(top).as_posix()] = path.stat().st_size
    return out


def size_of(folder: Path) -> int:
    """Bytes of all files below ``folder``; what goes away meanwhile counts nothing."""
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += Path(where, name).lstat().st_size
    return total


def _sweep(folder: Path) -> None:
    """Remove the fragments that a killed git left: it never does so itself."""
    for path in [*folder.glob("objects/**/tmp_*"), *folder.glob("objects/tmp_objdir-*")]:
        if path.is_dir():
            remove(path)
        else:
            path.unlink(missing_ok=True)
