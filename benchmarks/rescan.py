"""What a second scan costs: ``python -m benchmarks.rescan REPOSITORY [COMMITS]``.

On a copy whose branch stands COMMITS (100) behind: the first scan; the same again; the next day with nothing new; then the
branch moves on and is scanned again, and once more from nothing under the same key of pseudonyms, to compare the bytes.
Last two forks, of which one has five commits of its own, beside the original: how much the cache knew already.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.costs import Cost, Home, copied, count, cut, git

COMMITS = 100
_DAY = "2026-11-20"
_NEXT = "2026-11-21"
_OWN = 5
_ANALYSED = re.compile(r"blobs analysed: (\d+) · commits analysed: (\d+)(?: · kept from before: ([\d.]+%))?")


def analysed(cost: Cost) -> str:
    """The counters that the scan printed."""
    found = _ANALYSED.search(cost.said)
    return "?" if found is None else f"{found[1]} blobs, {found[2]} commits, {found[3] or '-'} known"


def row(name: str, cost: Cost, first: Cost) -> None:
    """Print one line of the table."""
    print(f"| {name} | {cost.cpu:.2f} s | {cost.cpu / first.cpu:.1%} | {analysed(cost)} |", flush=True)


def same_key(home: Home, other: Home) -> None:
    """Give ``other`` the key of pseudonyms of ``home``, and nothing else."""
    shutil.copytree(home.folder / "data/assay/keys", other.folder / "data/assay/keys")


def commit_on_top(repository: Path, number: int) -> None:
    """One commit more on the default branch: a file that was not there."""
    tree = git(repository, "ls-tree", "HEAD")
    blob = git(repository, "hash-object", "-w", "--stdin", stdin=f"def step_{number}(n):\n    return n + {number}\n")
    made = git(repository, "mktree", stdin=f"{tree}\n100644 blob {blob}\town_{number}.py\n")
    who = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")
    new = git(repository, *who, "commit-tree", made, "-p", "HEAD", "-m", f"Own step {number}")
    git(repository, "update-ref", "HEAD", new)


def main() -> None:
    """Measure and print."""
    source = Path(sys.argv[1]).resolve()
    behind = int(sys.argv[2]) if len(sys.argv) > 2 else COMMITS
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as scratch:
        folder = Path(scratch)
        (folder / "one").mkdir()
        repository = copied(source, folder / "one")
        newest = cut(repository, count(repository) - behind)
        old = git(repository, "rev-parse", "HEAD")
        home = Home(folder / "home")
        print("| scan | CPU | of the first | analysed |\n|---|--:|--:|---|")
        first = home.scan(repository, as_of=_DAY)
        row(f"first: {count(repository)} commits of {source.parent.name}", first, first)
        row("the same again", home.scan(repository, as_of=_DAY), first)
        row("the next day, nothing new", home.scan(repository, as_of=_NEXT), first)
        compare(repository, folder, old, newest, first)
        forks(repository, folder)


def compare(repository: Path, folder: Path, old: str, newest: str, first: Cost) -> None:
    """Scan after the branch has moved on, with and without what was known, and compare the reports."""
    git(repository, "update-ref", "HEAD", old)
    known, fresh = Home(folder / "known"), Home(folder / "fresh")
    before = known.scan(repository, as_of=_DAY)
    git(repository, "update-ref", "HEAD", newest)
    moved = int(git(repository, "rev-list", "--count", f"{old}..{newest}"))
    row(f"{moved} commits later", known.scan(repository, as_of=_DAY), before)
    same_key(known, fresh)
    row("the same from nothing", fresh.scan(repository, as_of=_DAY), first)
    print(f"\nreports of the last two: {'equal' if known.published == fresh.published else 'DIFFERENT'}\n")


def forks(repository: Path, folder: Path) -> None:
    """Two forks beside the original, scanned after it; one has commits of its own."""
    home, estate = Home(folder / "forks"), folder / "estate"
    estate.mkdir()
    shutil.copytree(repository, estate / "original.git")
    first = home.scan(estate, as_of=_DAY)
    for name in ("fork-1", "fork-2"):
        shutil.copytree(repository, estate / f"{name}.git")
    for number in range(_OWN):
        commit_on_top(estate / "fork-2.git", number)
    print("| scan | CPU | of the first | analysed |\n|---|--:|--:|---|")
    row("the original", first, first)
    row(f"with two forks, one of them {_OWN} commits ahead", home.scan(estate, as_of=_DAY), first)


if __name__ == "__main__":
    main()
