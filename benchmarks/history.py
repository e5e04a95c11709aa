"""The history stage against git: ``python -m benchmarks.history REPOSITORY...``.

Baselines, in one run, CPU (user + system, children included), medians of `RUNS`:
tier 1 (activity, people, hotspots, coupling) against ``git log --raw --no-renames`` over the default branch, and all that
one pass over the commits tells against the same; the whole stage (that pass and the lines of every commit) against ``git log
--numstat -M`` over the same commits, alone and with the search for credentials, which reads the patches that the lines are
then counted in. Opening the repository is not part of a stage.
Before anything is timed the lines of every commit, counted both ways, are compared with those of git; a renamed binary file,
of which git prints "-", counts as no lines.
"""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from collectors.git.activity import Activity
from collectors.git.changes import Changes, LineReader, Read, changes, read_diffs
from collectors.git.coupling import Coupling
from collectors.git.files import Files
from collectors.git.history import COLLECTOR
from collectors.git.identity import Identities
from collectors.git.mailmap import Mailmap
from collectors.git.people import People
from collectors.git.stream import Reader
from scanner.core.collecting import Ask
from scanner.core.evidence import Unknown, Why
from scanner.core.subjects import Kind, Subject
from scanner.core.text import decode_path
from scanner.diffs import CommitDiff, diffs
from scanner.git import Git, view
from scanner.pseudonyms import Pseudonyms
from scanner.repository import Repository, open_repository
from scanner.stories import tell

RUNS = 3
AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
Row = tuple[str, str, int, int]


def cpu_seconds(work: Callable[[], object]) -> float:
    """Processor time of this process and its children while ``work`` runs."""

    def spent() -> float:
        usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
        return sum(u.ru_utime + u.ru_stime for u in usages)

    before = spent()
    work()
    return spent() - before


def expected(git: Git, oids: list[str]) -> dict[str, list[Row]]:
    """Per commit the (old path, path, added, deleted) that ``git log --numstat -M`` prints."""
    out = git.run("log", "--stdin", "--no-walk=unsorted", "--numstat", "-M", "-z", "--format=%x01%H",
                  stdin="".join(f"{oid}\n" for oid in oids).encode())  # fmt: skip
    told: dict[str, list[Row]] = {}
    for piece in out.split(b"\x01")[1:]:
        cells = iter(piece[40:].lstrip(b"\0\n").split(b"\0"))
        rows = told[piece[:40].decode()] = []
        for cell in cells:
            if not cell:
                break
            added, deleted, path = cell.split(b"\t", 2)
            old, new = (path, path) if path else (next(cells), next(cells))
            rows.append((decode_path(old), decode_path(new), _count(added), _count(deleted)))
    return told


def _count(cell: bytes) -> int:
    return 0 if cell == b"-" else int(cell)


def differences(git: Git, oids: list[str]) -> tuple[int, int]:
    """(rows compared, commits that differ)."""
    truth = expected(git, oids)
    rows = differing = 0
    for diff in chain(diffs(git, oids), diffs(git, oids, patches=False)):
        ours = (
            [(f.old_path, f.path, f.added or 0, f.deleted or 0) for f in diff.files]
            if isinstance(diff, CommitDiff)
            else []
        )
        rows += len(truth.get(diff.oid, []))
        differing += sorted(ours) != sorted(truth.get(diff.oid, []))
    return rows, differing


def _tier_one(repository: Repository) -> None:
    identities, of = Identities(Mailmap(), repository.pseudonyms.people), repository.pseudonyms.of
    names = tuple(entry.path for entry in repository.tree(sized=False))
    reader = Reader(identities, {path: number for number, path in enumerate(names)})
    activity, people = Activity(AS_OF, repository.head), People(AS_OF)
    files, coupling = Files(AS_OF, names), Coupling(AS_OF, names)
    for commit in repository.log():
        seen = reader.read(commit)
        activity.add(seen)
        people.add(seen)
        files.add(seen)
        coupling.add(seen)
    activity.result(identities)
    people.result(identities, of)
    files.result(identities, of)
    coupling.result()


def _stage(repository: Repository, *, lines: bool, credentials: bool = False) -> None:
    if lines and not credentials:
        told = tell(repository.git, repository.cache, repository.commit_ids(), (LineReader(),))
        repository.know(read_diffs, Read(told))
    elif not lines:
        nothing: Changes | Unknown = Unknown(Why.NOT_REQUESTED, "tier 1 alone")
        repository.know(changes, nothing)
    for _ in COLLECTOR.collect(Ask(Subject(Kind.REPO, "bench"), repository, AS_OF, {})):
        pass


def _opened(git: Git) -> Repository:
    return open_repository("bench", git, AS_OF, Pseudonyms(b"k" * 32))


def _quiet(git: Git, *arguments: str, stdin: bytes = b"") -> Callable[[], object]:
    return lambda: subprocess.run(git.argv(*arguments), input=stdin, env=git.env, stdout=subprocess.DEVNULL, check=True)


def measure(folder: Path) -> str:
    """One row of the table."""
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as scratch:
        git = view(folder, Path(scratch))
        repository = _opened(git)
        oids = repository.commit_ids()
        rows, differing = differences(git, oids)
        wanted = "".join(f"{oid}\n" for oid in oids).encode()
        header = "--format=%H%x00%P%x00%an%x00%ae%x00%ad%x00%ct%x00%B"
        works: dict[str, Callable[[], object]] = {
            "raw": _quiet(git, "log", "--raw", "--no-renames", header, repository.head),
            "tier 1": lambda: _tier_one(_opened(git)),
            "one pass": lambda: _stage(_opened(git), lines=False),
            "numstat": _quiet(
                git, "log", "--stdin", "--no-walk=unsorted", "--numstat", "-M", "--format=%H", stdin=wanted
            ),
            "stage": lambda: _stage(_opened(git), lines=True),
            "credentials": lambda: _stage(_opened(git), lines=True, credentials=True),
            "opening": lambda: _opened(git),
        }
        runs = [{name: cpu_seconds(work) for name, work in works.items()} for _ in range(RUNS)]
        cpu = {name: statistics.median(run[name] for run in runs) for name in works}
        for name in ("tier 1", "one pass", "stage", "credentials"):
            cpu[name] -= cpu["opening"]
    return (
        f"| {folder.parent.name} | {len(oids)} | {rows} | {differing} | {cpu['raw']:.2f} | {cpu['tier 1'] / cpu['raw']:.2f} | "
        f"{cpu['one pass'] / cpu['raw']:.2f} | "
        f"{cpu['numstat']:.2f} | {cpu['stage'] / cpu['numstat']:.2f} | {cpu['credentials'] / cpu['numstat']:.2f} |"
    )


def main() -> None:
    """Measure and print."""
    gc.set_threshold(50_000, 20, 50)  # as the command does
    print(
        "| repository | commits (all branches) | changes compared | commits that differ | log --raw (s) | tier 1 ÷ raw | one pass ÷ raw | log --numstat -M (s) | stage ÷ numstat | with credentials |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for argument in sys.argv[1:]:
        print(measure(Path(argument).resolve()), flush=True)


if __name__ == "__main__":
    main()
