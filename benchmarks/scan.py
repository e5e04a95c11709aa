"""A whole scan against plain git: ``python -m benchmarks.scan [REPOSITORY]``.

Baseline: ``git log --numstat -M`` over the default branch plus reading every blob of its head.
Without an argument a repository of 5,000 commits is made (deterministic, Python and Markdown).
The second scan is of the very same input; the third is of the next day with nothing changed in the repository, as a
scheduled rescan is. CPU is user + system of the whole process tree; peak is the largest single process.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from pydoc_data import topics

from benchmarks.costs import Cost, Home, measured, median

RUNS = 3
COMMITS = 5_000
FILES = 236
MODULES = 83
TOUCHED = 2
_PACKAGES = frozenset(
    {"asyncio", "email", "json", "logging", "xml", "unittest", "wsgiref", "collections", "concurrent", "http"}
)


def sample(folder: Path) -> Path:
    """A bare repository of `COMMITS` commits over real text: modules of Python's standard library, pages of its manual.

    Its figures are those of pallets/flask in 2026, which has 5,531 commits, 236 files at head (83 of them Python), 1.8 MB
    (0.59 MB Python), 9,100 changed files in all with 13 added lines each.
    """
    repository = folder / "sample.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(repository)], check=True)
    subprocess.run(["git", f"--git-dir={repository}", "fast-import", "--quiet"], input=b"".join(_commits()), check=True)
    subprocess.run(["git", f"--git-dir={repository}", "repack", "-adq"], check=True)
    return repository


def _texts() -> list[tuple[bytes, list[str]]]:
    """Path and lines of every file: `MODULES` modules of 3 to 14 kB, and the manual cut into pages."""
    library = Path(sysconfig.get_path("stdlib"))
    sources = [(f"src/part{n % 10}/{p.name}", p) for n, p in enumerate(sorted(library.glob("*.py")))]
    sources += [
        (f"src/{p.parent.name}/{p.name}", p) for p in sorted(library.glob("*/*.py")) if p.parent.name in _PACKAGES
    ]
    modules = [
        (path.encode(), p.read_text("utf-8", "replace").splitlines())
        for path, p in sources
        if 3_000 <= p.stat().st_size <= 14_000
    ]
    manual = "\n".join(topics.topics[name] for name in sorted(topics.topics)).splitlines()
    pages = FILES - MODULES
    size = len(manual) // pages
    return modules[:MODULES] + [
        (b"docs/part%d/page%d.rst" % (n % 10, n), manual[n * size : (n + 1) * size]) for n in range(pages)
    ]


def _commits() -> Iterator[bytes]:
    texts = _texts()
    for number in range(COMMITS):
        when = 1_500_000_000 + number * 40_000
        message = f"feat(part{number % 20}): change step {number} (#{number})".encode()
        dev = b"Dev %d <dev%d@example.com>" % (number % 9, number % 9)
        yield b"commit refs/heads/main\ncommitter %s %d +0000\ndata %d\n%s\n" % (dev, when, len(message), message)
        for touched in range(TOUCHED):
            path, lines = texts[(number * 7 + touched * 31) % len(texts)]
            body = _edited(lines, number, code=path.endswith(b".py"))
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (path, len(body), body)


def _edited(lines: list[str], number: int, *, code: bool) -> bytes:
    """The text as a commit left it: eight lines stand somewhere in it that were not there before."""
    at = number * 13 % (len(lines) + 1)
    if code:  # before a definition of the module, where anything may stand
        at = next((i for i in range(at, len(lines)) if lines[i].startswith(("def ", "class "))), len(lines))
    new = [f"# step {number}, line {line}: what was decided and why" for line in range(8)]
    return "\n".join([*lines[:at], *new, *lines[at:], ""]).encode("utf-8", "replace")


def head_blobs(repository: Path) -> bytes:
    """Object ids of every blob at head, a line each."""
    listed = subprocess.run(
        ["git", f"--git-dir={repository}", "ls-tree", "-r", "HEAD"], check=True, capture_output=True
    ).stdout
    return b"".join(line.split()[2] + b"\n" for line in listed.splitlines() if b" blob " in line)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as made:
        folder = Path(made)
        repository = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else sample(folder)
        count = subprocess.run(
            ["git", f"--git-dir={repository}", "rev-list", "--count", "HEAD"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        blobs = head_blobs(repository)
        log, cat, first, second, third = [], [], [], [], []
        for run in range(RUNS):
            log.append(measured(["git", f"--git-dir={repository}", "log", "--numstat", "-M", "--format=%H", "HEAD"]))
            cat.append(measured(["git", f"--git-dir={repository}", "cat-file", "--batch"], stdin=blobs))
            home = Home(folder / str(run))
            first.append(home.scan(repository, as_of="2026-06-30"))
            second.append(home.scan(repository, as_of="2026-06-30"))
            third.append(home.scan(repository, as_of="2026-07-01"))
        base = Cost(
            median(log).cpu + median(cat).cpu,
            median(log).wall + median(cat).wall,
            max(median(log).peak, median(cat).peak),
        )
        print(f"{repository.name}: {count} commits, {len(blobs.splitlines())} blobs at head; medians of {RUNS} runs")
        print(f"{'':34}{'CPU s':>8}{'wall s':>8}{'peak MiB':>10}{'CPU ratio':>11}")
        for name, cost in (
            ("git log --numstat -M + all blobs", base),
            ("first scan, offline, one worker", median(first)),
            ("second scan, nothing changed", median(second)),
            ("third scan, of the next day", median(third)),
        ):
            print(f"{name:34}{cost.cpu:8.2f}{cost.wall:8.2f}{cost.peak:10.0f}{cost.cpu / base.cpu:10.2f}x")
        print(f"second scan ÷ first scan: {median(second).cpu / median(first).cpu:.1%} of its CPU")
        print(f"third scan ÷ first scan: {median(third).cpu / median(first).cpu:.1%} of its CPU")


if __name__ == "__main__":
    main()
