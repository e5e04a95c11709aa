"""Against other tools: ``python -m benchmarks.peers WHAT --python PYTHON REPOSITORY...``.

PYTHON is an interpreter with the other tools installed beside it; they are no dependencies of Assay.
``lines``: added and deleted lines of every file of every commit by PyDriller against the history stage, compared before they are timed
(PyDriller tells merges, too, but no files of them). ``pile``: PyDriller, cloc, lizard, radon, bandit, detect-secrets, zizmor and semgrep
one after the other against one first offline scan with all that it reports.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.costs import Cost, Home, copied, git, measured
from scanner.diffs import CommitDiff, diffs
from scanner.git import view

RUNS = 3
MINER = """
import json, sys
from pydriller import Repository
told = {}
for commit in Repository(sys.argv[1]).traverse_commits():
    if not commit.merge:
        told[commit.hash] = [(f.new_path or f.old_path, f.added_lines, f.deleted_lines) for f in commit.modified_files]
with open(sys.argv[2], "w") as file:
    json.dump(told, file)
"""
STAGE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from collectors.git.changes import LineReader, Read, read_diffs
from collectors.git.history import COLLECTOR
from scanner.core.collecting import Ask
from scanner.core.subjects import Kind, Subject
from scanner.git import view
from scanner.pseudonyms import Pseudonyms
from scanner.repository import open_repository
from scanner.stories import tell
as_of = datetime(2026, 11, 1, tzinfo=UTC)
repository = open_repository("bench", view(Path(sys.argv[1]), Path(sys.argv[2])), as_of, Pseudonyms(b"k" * 32))
told = tell(repository.git, repository.cache, repository.commit_ids(), (LineReader(),))
if sys.argv[3] == "lines":
    sys.exit()
repository.know(read_diffs, Read(told))
for _ in COLLECTOR.collect(Ask(Subject(Kind.REPO, "bench"), repository, as_of, {})):
    pass
"""
RULES = """
rules:
  - {id: shell-true, languages: [python], severity: ERROR, message: a shell, pattern: "subprocess.$F(..., shell=True, ...)"}
  - {id: eval, languages: [python], severity: ERROR, message: evaluated, pattern: "eval(...)"}
  - {id: exec, languages: [python], severity: ERROR, message: executed, pattern: "exec(...)"}
  - {id: unsafe-load, languages: [python], severity: ERROR, message: unsafe yaml, pattern: "yaml.load(...)"}
  - {id: pickle, languages: [python], severity: WARNING, message: pickle, pattern: "pickle.loads(...)"}
  - {id: md5, languages: [python], severity: WARNING, message: md5, pattern: "hashlib.md5(...)"}
  - {id: verify, languages: [python], severity: ERROR, message: unverified, pattern: "requests.$F(..., verify=False, ...)"}
  - {id: bare-except, languages: [python], severity: INFO, message: swallowed, pattern: "try: ...\\nexcept: pass"}
"""


def lines(repository: Path, python: Path, folder: Path) -> None:
    """The same lines of the same commits from both, then the time of each."""
    bare, told = copied(repository, folder), folder / "told.json"
    miner = [str(python), "-c", MINER, str(bare), str(told)]
    theirs = measured(miner)
    compared, differing = differences(bare, json.loads(told.read_text()), folder)
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    ours = {
        what: statistics.median(
            measured([sys.executable, "-c", STAGE, str(bare), str(folder / f"{what}-{n}"), what], env=env).cpu
            for n in range(RUNS)
        )
        for what in ("lines", "stage")
    }
    print(
        f"| {repository.parent.name} | {compared} | {differing} | {theirs.cpu:.1f} s | {ours['lines']:.2f} s | {theirs.cpu / ours['lines']:.1f} × | {ours['stage']:.2f} s | {theirs.cpu / ours['stage']:.1f} × |",
        flush=True,
    )


def differences(bare: Path, told: dict[str, list[tuple[str, int, int]]], folder: Path) -> tuple[int, int]:
    """(commits compared, commits whose lines differ); a path is its place after the commit, before it when it was removed."""
    seen = view(bare, folder / "seen")
    differing = 0
    for diff in diffs(seen, sorted(told), patches=False):
        ours = [[f.path, f.added or 0, f.deleted or 0] for f in diff.files] if isinstance(diff, CommitDiff) else []
        differing += sorted(ours) != sorted([list(row) for row in told[diff.oid]])
    return len(told), differing


def pile(repository: Path, python: Path, folder: Path) -> None:
    """Each tool over a checkout or the history, as its manual says; a tool that finds something may end with 1."""
    bare = copied(repository, folder)
    checkout, rules, beside = folder / "checkout", folder / "rules.yml", python.parent
    rules.write_text(RULES)
    _extract(bare, checkout)
    here = checkout.name  # detect-secrets passes over what lies outside the folder it runs in
    quiet = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {
        "SEMGREP_ENABLE_VERSION_CHECK": "0",
        "SEMGREP_SEND_METRICS": "off",
        "HOME": str(folder),
    }
    tools: dict[str, Sequence[str]] = {
        "PyDriller": [str(python), "-c", MINER, str(bare), str(folder / "told.json")],
        "cloc": ["cloc", "--quiet", "--json", here],
        "lizard": [str(beside / "lizard"), "-t1", here],
        "radon": [str(beside / "radon"), "cc", "-j", here],
        "bandit": [str(beside / "bandit"), "-q", "-r", here],
        "detect-secrets": [str(beside / "detect-secrets"), "scan", "--all-files", here],
        "zizmor": [str(beside / "zizmor"), "--offline", "--quiet", here],
        "semgrep": [str(beside / "semgrep"), "scan", "--metrics=off", "--quiet", "--jobs=1", f"--config={rules}", here],
    }  # fmt: skip
    costs = {name: measured(argv, env=quiet, allowed=range(32), folder=folder) for name, argv in tools.items()}
    scans = [Home(folder / f"home-{run}").scan(bare) for run in range(RUNS)]
    _print(repository, costs, statistics.median(scan.cpu for scan in scans))


def _print(repository: Path, costs: dict[str, Cost], ours: float) -> None:
    total = sum(cost.cpu for cost in costs.values())
    each = ", ".join(f"{name} {cost.cpu:.1f}" for name, cost in costs.items())
    print(f"{repository.parent.name}: {each}: {total:.1f} s; first offline scan {ours:.2f} s; {total / ours:.1f} ×", flush=True)  # fmt: skip


def _extract(bare: Path, checkout: Path) -> None:
    packed = subprocess.run(["git", f"--git-dir={bare}", "archive", "HEAD"], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(checkout, filter="data")
    subprocess.run(["git", "init", "--quiet", str(checkout)], check=True)  # detect-secrets and zizmor ask for one
    git(checkout / ".git", "symbolic-ref", "HEAD")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("lines", "pile"))
    parser.add_argument("--python", type=Path, required=True)
    parser.add_argument("repositories", nargs="+", type=Path)
    given = parser.parse_args()
    if given.what == "lines":
        print(
            "| repository | commits compared | that differ | PyDriller | history stage | ratio |\n|---|--:|--:|--:|--:|--:|"
        )
    for repository in given.repositories:
        with tempfile.TemporaryDirectory(prefix="assay-bench-") as scratch:
            (lines if given.what == "lines" else pile)(repository.resolve(), given.python, Path(scratch))


if __name__ == "__main__":
    main()
