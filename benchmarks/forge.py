"""Scanning a forge at the size real clients have: ``python -m benchmarks.forge [--count 1000] [--histories DIR...]``.

Prints, in one run: the requests that a scan says it made beside what the stand-in counted, by kind, and the
budgets; the memory of the whole process tree (proportional set size); a rescan with nothing changed; a rescan
with one repository in twenty active. With ``--histories`` (bare repositories) it also compares every figure
of `benchmarks.truth` with what a full scan of them finds.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any

from benchmarks.estate import from_histories, made
from benchmarks.truth import TRUTH
from scanner.demo.forge import ForgeData
from scanner.demo.standin import Budget, StandIn

TOKEN = "token-of-the-benchmark"
AS_OF = date(2026, 6, 30)
ACTIVE = 20
MOST_SHOWN = 20
_NO_DIGITS = str.maketrans("", "", "0123456789")


@dataclass(frozen=True, slots=True)
class Scan:
    """What one scan came to. ``peak`` is MiB of the whole process tree, ``asked`` (name, status) of every request."""

    code: int
    seconds: float
    cpu: float
    peak: float
    said: str
    asked: tuple[tuple[str, int], ...]
    indicators: dict[tuple[str, str], dict[str, Any]]
    assessment: dict[str, Any]


def instant(day: date) -> datetime:
    """The last second of ``day``, UTC."""
    return datetime.combine(day, clock(23, 59, 59), UTC)


def scan(standin: StandIn, home: Path, out: Path, *options: str, as_of: date = AS_OF) -> Scan:
    """`assay scan github:acme` against ``standin``."""
    before = len(standin.answered)
    env = os.environ | {
        "XDG_DATA_HOME": str(home / "data"), "XDG_CACHE_HOME": str(home / "cache"), "ASSAY_GITHUB_URL": standin.url,
        "ASSAY_GITHUB_TOKEN": TOKEN,
    }  # fmt: skip
    argv = [str(Path(sys.executable).with_name("assay")), "scan", f"github:{standin.data.organisation.login}",
            "--as-of", as_of.isoformat(), "--out", str(out), "--format", "json", "--quiet", *options]  # fmt: skip
    started, cpu = time.perf_counter(), os.times()
    process = subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    watch = _Memory(process.pid)
    watch.start()
    said, _ = process.communicate()
    watch.ended.set()
    watch.join()
    spent = os.times()
    found = out / "assessment.json"
    assessment = json.loads(found.read_bytes()) if found.is_file() else {}
    return Scan(
        process.returncode, time.perf_counter() - started,
        spent.children_user + spent.children_system - cpu.children_user - cpu.children_system,
        watch.peak, said.decode("utf-8", "replace"), tuple(standin.answered[before:]),
        {(i["subject"], i["check"]): i for i in assessment.get("indicators", [])}, assessment,
    )  # fmt: skip


class _Memory(threading.Thread):
    """Samples the proportional set size of a session's processes, four times a second."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session, self.peak, self.ended = session, 0.0, threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.25):
            self.peak = max(self.peak, sum(map(_pss, _members(self.session))) / 1024)


def _members(session: int) -> list[str]:
    found = []
    for pid in (entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit()):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            found.append(pid)
    return found


def _pss(pid: str) -> int:
    """KiB; 0 for a process that has ended."""
    try:
        told = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(told[1]) if told else 0


def kinds(asked: tuple[tuple[str, int], ...]) -> Counter[str]:
    """How many requests of each kind the stand-in saw."""
    return Counter(
        "GraphQL" if name.startswith("POST") else "304" if status == 304 else "REST" for name, status in asked
    )


def tell(title: str, done: Scan, repositories: int) -> None:
    """Print what a scan cost."""
    seen = kinds(done.asked)
    total = seen.total()
    methods = sorted({name.split()[0] for name, _ in done.asked})
    print(
        f"\n{title}: exit {done.code}, {done.seconds:.1f} s, CPU {done.cpu:.1f} s, peak {done.peak:.0f} MiB (budget 600)"
    )
    print(
        f"  stand-in saw {total} requests ({', '.join(methods)}): {seen['REST']} REST, {seen['304']} unchanged (304), {seen['GraphQL']} GraphQL"
    )
    print(
        f"  per repository: {total / repositories:.2f} requests (budget 25 on the first scan), {seen['GraphQL'] / repositories:.3f} GraphQL"
    )
    print(
        "  scan said: "
        + next((line for line in done.said.splitlines() if "GraphQL" in line), "nothing of its requests")
    )
    by_path = Counter(
        re.sub(r"/repos/[^/]+/[^/]+", "", name).translate(_NO_DIGITS) + f" {status}"
        for name, status in done.asked
        if name[:3] == "GET"
    )
    print("  " + ", ".join(f"{name.removeprefix('GET ')} {n}" for name, n in by_path.most_common()))
    by_query = Counter(name.partition("(")[0] for name, _ in done.asked if name.startswith("POST"))
    if not done.assessment:
        print(done.said)
    print("  " + ", ".join(f"{name.removeprefix('POST /graphql ')} {n}" for name, n in by_query.most_common()))


def compare(data: ForgeData, done: Scan) -> int:
    """Print where the assessment and the truth differ; returns how many figures agree."""
    as_of, agreed, differing = instant(AS_OF), 0, 0
    for repo in data.repositories:
        for check, truth in TRUTH.items():
            expected = truth(repo, as_of)
            given = done.indicators.get((f"repo:{data.organisation.login}/{repo.name}", check))
            value = given["value"] if given and given["outcome"] == "measured" else None
            if expected is None and value is None:
                continue
            if (
                expected is not None and value is not None and abs(expected - value) <= 0.00005 * (1 + 1e-9)
            ):  # JSON has four digits
                agreed += 1
                continue
            if given and given["outcome"] == "unknown" and given["unknown_reason"]["why"] == "not-requested":
                continue  # the check reads the clone as well, and nothing was cloned
            because = given and (given.get("because") or given.get("unknown_reason"))
            differing += 1
            if differing > MOST_SHOWN:
                continue
            print(f"  DIFFERS {repo.name} {check}: truth {expected}, scan {value} ({because})")
    return agreed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--histories", type=Path, nargs="*", default=[])
    parser.add_argument("--workers", default="2")
    given = parser.parse_args()
    options = ("--forge-only", "--workers", given.workers)
    with tempfile.TemporaryDirectory(prefix="assay-forge-") as folder:
        place = Path(folder)
        if given.histories:
            histories = {
                path.resolve().parent.name.partition("+")[2] or path.stem: path.resolve() for path in given.histories
            }
            with StandIn(from_histories(histories, instant(AS_OF)), token=TOKEN) as standin:
                done = scan(standin, place / "real", place / "real-out", "--workers", given.workers)
                tell(f"{len(histories)} real histories, cloned and scanned whole", done, len(histories))
                print(f"  {compare(standin.data, done)} figures equal the stand-in's own tables")
        if not given.count:
            return
        data = made(given.count, instant(AS_OF))
        with StandIn(data, token=TOKEN) as standin:
            standin.budget = Budget(
                core=1_000_000, graphql=1_000_000
            )  # or the scan waits an hour for each 5,000, as it must
            first = scan(standin, place, place / "1", *options)
            tell(f"{given.count} repositories, 200 merged changes each: first scan", first, given.count)
            print(f"  {compare(data, first)} figures equal the stand-in's own tables")
            again = scan(standin, place, place / "2", *options, "--again")
            tell("rescan, nothing changed", again, given.count)
            same = {k: v for k, v in again.assessment.items() if k != "trend"} == {
                k: v for k, v in first.assessment.items() if k != "trend"
            }
            print(f"  the same assessment: {same}")
            standin.data = _later(data)
            later = scan(standin, place, place / "3", *options, "--again")
            tell(f"rescan, one repository in {ACTIVE} active", later, given.count)


def _later(data: ForgeData) -> ForgeData:
    """The estate after one repository in twenty had a pull request touched and was pushed to."""
    moment = instant(AS_OF)
    changed = tuple(
        replace(r, pushed_at=moment, pulls=(replace(r.pulls[0], updated_at=moment), *r.pulls[1:]))
        if n % ACTIVE == 0
        else r
        for n, r in enumerate(data.repositories)
    )
    return replace(data, repositories=changed)


if __name__ == "__main__":
    main()
