"""What a command costs, and the scans that benchmarks run: the base of every figure here."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

_SAMPLED_SECONDS = 0.05
AS_OF = "2026-11-20"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and MiB of one command. ``peak`` is of its largest process; ``whole`` and ``worker`` are sampled, 0 if they were not.

    ``whole`` is the largest sum of the proportional set sizes of its processes at one moment, ``worker`` the largest such size of
    any process but the first.
    """

    cpu: float
    wall: float
    peak: float
    whole: float = 0.0
    worker: float = 0.0
    said: str = ""


def measured(
    argv: Sequence[str], stdin: bytes = b"", env: dict[str, str] | None = None, *, sampled: bool = False,
    allowed: Sequence[int] = (0,), folder: Path | None = None,
) -> Cost:  # fmt: skip
    """What ``argv`` costs, its children included; ``said`` is what it wrote on standard error. SystemExit when its code is not ``allowed``."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as errors:
        given.write(stdin)
        given.seek(0)
        started = time.perf_counter()
        process = subprocess.Popen(argv, stdin=given, stdout=subprocess.DEVNULL, stderr=errors, env=env, cwd=folder)
        memory = _Memory(process.pid)
        with memory.watched() if sampled else nullcontext():
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    if process.returncode not in allowed:
        raise SystemExit(f"{argv[0]} failed ({process.returncode}): {said[-500:]}")
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(cpu, wall, usage.ru_maxrss / 1024, memory.whole, memory.worker, said)


class _Memory:
    """Watches the memory of a process and all that descend from it."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.whole = self.worker = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Sample while the block runs."""
        ended = threading.Event()
        thread = threading.Thread(target=self._watch, args=(ended,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _watch(self, ended: threading.Event) -> None:
        while not ended.wait(_SAMPLED_SECONDS):
            sizes = [(pid, _size(pid)) for pid in _family(self._pid)]
            self.whole = max(self.whole, sum(size for _, size in sizes))
            self.worker = max([self.worker, *(size for pid, size in sizes if pid != self._pid)])


def _family(pid: int) -> list[int]:
    found, waiting = list[int](), [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
    return found


def _size(pid: int) -> float:
    """Proportional set size, MiB; 0 for a process that has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def median(costs: Sequence[Cost]) -> Cost:
    """The median of the times; the largest of each size."""
    return Cost(
        statistics.median(c.cpu for c in costs), statistics.median(c.wall for c in costs), max(c.peak for c in costs),
        max(c.whole for c in costs), max(c.worker for c in costs), costs[-1].said,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Home:
    """A user's folders: database, keys, caches, reports."""

    folder: Path

    @property
    def report(self) -> Path:
        """Where reports are written."""
        return self.folder / "report"

    @property
    def published(self) -> bytes:
        """The JSON of the last scan."""
        return (self.report / "assessment.json").read_bytes()

    def scan(self, *targets: Path, as_of: str = AS_OF, workers: int = 1, sampled: bool = False) -> Cost:
        """A user's offline scan: all collectors, all checks, HTML and JSON."""
        env = os.environ | {"XDG_DATA_HOME": str(self.folder / "data"), "XDG_CACHE_HOME": str(self.folder / "cache")}
        env.pop("ASSAY_DB", None)
        argv = [
            str(Path(sys.executable).with_name("assay")), "scan", *map(str, targets), "--offline", "--quiet",
            "--workers", str(workers), "--as-of", as_of, "--out", str(self.report),
        ]  # fmt: skip
        return measured(argv, env=env, sampled=sampled)


def git(repository: Path, *arguments: str, stdin: str = "", at: str = AS_OF) -> str:
    """What git says of ``repository``, without the last line end; what it makes is of the day ``at``."""
    argv = ["git", f"--git-dir={repository}", *arguments]
    env = os.environ | {"GIT_AUTHOR_DATE": f"{at}T08:00:00Z", "GIT_COMMITTER_DATE": f"{at}T08:00:00Z"}
    return subprocess.run(argv, input=stdin, env=env, check=True, capture_output=True, text=True).stdout.rstrip("\n")


def copied(repository: Path, folder: Path) -> Path:
    """A bare copy of ``repository`` in ``folder`` that has the default branch alone."""
    made = folder / f"{repository.parent.name if repository.name == 'repo' else repository.name}.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", "--single-branch", "--no-tags", str(repository), str(made)], check=True)  # fmt: skip
    return made


def cut(repository: Path, commits: int) -> str:
    """Put the default branch of ``repository`` back to a commit with about ``commits`` commits behind it; returns where it was."""
    newest = git(repository, "rev-parse", "HEAD")
    line = git(repository, "rev-list", "--first-parent", "HEAD").split()
    low, high = 0, len(line) - 1
    while low < high:
        middle = (low + high) // 2
        if int(git(repository, "rev-list", "--count", line[middle])) > commits:
            low = middle + 1
        else:
            high = middle
    git(repository, "update-ref", "HEAD", line[low])
    return newest


def count(repository: Path) -> int:
    """How many commits the default branch has."""
    return int(git(repository, "rev-list", "--count", "HEAD"))


def numstat(repository: Path) -> Cost:
    """The baseline: ``git log --numstat -M`` over the default branch."""
    return measured(
        ["git", f"--git-dir={repository}", "log", "--numstat", "-M", "--format=%H", "HEAD"],
        sampled=True,
        allowed=(0, 128),
    )
