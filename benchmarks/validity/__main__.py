"""Does the risk score predict? ``python -m benchmarks.validity [NAME=]REPO_DIR…`` prints a Markdown table.

On several first days of January per repository the product files are ranked by each candidate as of that day; truth are
the files that bug-fix commits touched in the year after. The candidate is chosen on half of the repositories (by the hash
of their names) and held against the others. ``--fit`` prints the regressions' coefficients instead.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from math import log1p
from pathlib import Path

from benchmarks.validity.candidates import candidates, regressions
from benchmarks.validity.fit import fit
from benchmarks.validity.past import Snapshot, januaries, snapshots
from benchmarks.validity.report import report
from benchmarks.validity.trial import split, usable


def main() -> None:
    """Reads the repositories, then prints."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.validity", description=__doc__)
    asked.add_argument("repositories", nargs="+", metavar="[NAME=]REPO_DIR")
    asked.add_argument("--dates", type=int, default=4, help="Januaries per repository")
    asked.add_argument("--apart", type=int, default=2, help="years between them")
    asked.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "assay-validity.db")
    asked.add_argument("--fit", action="store_true", help="print the regressions' coefficients")
    given = asked.parse_args()
    seen: list[Snapshot] = []
    for word in given.repositories:
        name, _, folder = word.rpartition("=")
        path = Path(folder)
        seen += snapshots(name or path.name, path, januaries(path, given.dates, given.apart), given.cache)
    print("\n".join(_fitted(seen) if given.fit else report(seen, candidates())))


def _fitted(seen: Sequence[Snapshot]) -> list[str]:
    training, _ = split(seen)
    out = []
    for name, inputs in regressions():
        groups = [
            ([[log1p(value(file)) for value in inputs] for file in one.files], [file.fixes > 0 for file in one.files])
            for one in seen
            if one.repository in training and usable(one)
        ]
        out.append(f'    "{name}": ({", ".join(f"{c:.2f}" for c in fit(groups))}),')
    return out


if __name__ == "__main__":
    main()
