"""How the cost of a first scan grows, its memory, and what a second worker costs: ``python -m benchmarks.growth WHAT REPOSITORY...``.

``prefixes``: the first 4, 8, 16 and 32 thousand commits of each repository; the exponent is the slope of log CPU over log commits.
``estates``: the first 1, 2, 4, 8 of the repositories in one scan; the exponent is that of CPU over their commits, and over the sum
of what each costs alone. ``memory``: the largest sum over all processes at one moment, beside git's own. ``workers``: one against two.
"""

from __future__ import annotations

import math
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.costs import Home, copied, count, cut, git, numstat

PREFIXES = (4_000, 8_000, 16_000, 32_000)
ESTATES = (1, 2, 4, 8)
_RUNS = 2


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of the line of least squares through the logarithms."""
    xs, ys = [math.log(s) for s in sizes], [math.log(c) for c in costs]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum((x - mean_x) ** 2 for x in xs)


def prefixes(repositories: Sequence[Path], folder: Path) -> None:
    """CPU of a first scan over the first so many commits."""
    print(
        "| repository | commits | files at head | git log --numstat -M | first scan | whole peak |\n|---|--:|--:|--:|--:|--:|"
    )
    for source in repositories:
        repository = copied(source, folder)
        newest, rows = git(repository, "rev-parse", "HEAD"), list[tuple[int, float, float]]()
        for number, wanted in enumerate(PREFIXES):
            git(repository, "update-ref", "HEAD", newest)
            cut(repository, wanted)
            base = numstat(repository)
            scan = Home(folder / f"{number}").scan(repository, sampled=True)
            files = git(repository, "ls-tree", "-r", "--name-only", "HEAD").count("\n") + 1
            rows.append((count(repository), base.cpu, scan.cpu))
            print(f"| {source.parent.name} | {rows[-1][0]} | {files} | {base.cpu:.1f} s | {scan.cpu:.1f} s | {scan.whole:.0f} MiB |", flush=True)  # fmt: skip
            shutil.rmtree(folder / f"{number}")
        sizes = [r[0] for r in rows]
        print(f"exponents: git {exponent(sizes, [r[1] for r in rows]):.2f}, scan {exponent(sizes, [r[2] for r in rows]):.2f}", flush=True)  # fmt: skip
        shutil.rmtree(repository)


def estates(repositories: Sequence[Path], folder: Path) -> None:
    """CPU of one scan of several repositories against that of each alone."""
    alone = list[float]()
    made = [copied(source, folder) for source in repositories]
    for number, repository in enumerate(made):
        alone.append(Home(folder / f"alone-{number}").scan(repository).cpu)
        shutil.rmtree(folder / f"alone-{number}")
    sizes, together = list[float](), list[float]()
    print("| repositories | commits | sum of each alone | in one scan | ratio |\n|--:|--:|--:|--:|--:|")
    for many in (n for n in ESTATES if n <= len(made)):
        cost = Home(folder / f"together-{many}").scan(*made[:many])
        shutil.rmtree(folder / f"together-{many}")
        sizes.append(sum(alone[:many]))
        together.append(cost.cpu)
        commits = sum(count(repository) for repository in made[:many])
        print(f"| {many} | {commits} | {sizes[-1]:.1f} s | {cost.cpu:.1f} s | {cost.cpu / sizes[-1]:.2f} |", flush=True)
    print(f"exponent over the sum of each alone: {exponent(sizes, together):.2f}")


def memory(repositories: Sequence[Path], folder: Path) -> None:
    """The largest sum of the proportional set sizes of all processes of a first scan, and the largest of a worker."""
    print(
        "| repository | commits | git log --numstat -M | whole scan | largest worker | bound | |\n|---|--:|--:|--:|--:|--:|---|"
    )
    for number, repository in enumerate(repositories):
        base = numstat(repository)
        scan = Home(folder / f"{number}").scan(repository, sampled=True)
        commits = count(repository)
        bound = max(300.0, 1.5 * base.peak) if commits <= 15_000 else 600.0
        said = "met" if scan.whole <= bound else "NOT MET"
        print(
            f"| {repository.parent.name} | {commits} | {base.peak:.0f} MiB | {scan.whole:.0f} MiB | {scan.worker:.0f} MiB | {bound:.0f} MiB | {said} |",
            flush=True,
        )
        shutil.rmtree(folder / f"{number}")


def workers(repositories: Sequence[Path], folder: Path) -> None:
    """All repositories in one scan with one worker and with two, in turn; the bytes of the reports compared."""
    costs: dict[int, list[float]] = {1: [], 2: []}
    walls: dict[int, list[float]] = {1: [], 2: []}
    reports = set[bytes]()
    for run in range(_RUNS):
        for many in costs:
            home = Home(folder / f"{run}-{many}")
            if run or many > 1:
                shutil.copytree(folder / "keys", home.folder / "data/assay/keys")
            cost = home.scan(*repositories, workers=many)
            costs[many].append(cost.cpu)
            walls[many].append(cost.wall)
            reports.add(home.published)
            if not (folder / "keys").exists():
                shutil.copytree(home.folder / "data/assay/keys", folder / "keys")
            shutil.rmtree(home.folder)
    one, two = min(costs[1]), min(costs[2])
    print(f"one worker {one:.1f} s CPU, {min(walls[1]):.1f} s wall; two {two:.1f} s CPU, {min(walls[2]):.1f} s wall")
    print(f"CPU of two ÷ one: {two / one:.2f}; reports {'equal' if len(reports) == 1 else 'DIFFERENT'}")


def main() -> None:
    """Measure and print."""
    named = {"prefixes": prefixes, "estates": estates, "memory": memory, "workers": workers}
    repositories = [Path(argument).resolve() for argument in sys.argv[2:]]
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as scratch:
        named[sys.argv[1]](repositories, Path(scratch))


if __name__ == "__main__":
    main()
