"""The files that a definition of hotspots names, held against the year after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import astuple, dataclass

from analyzers.file_risk import file_risk
from benchmarks.validity.candidates import changes
from benchmarks.validity.measures import auc
from benchmarks.validity.past import File, Snapshot
from benchmarks.validity.trial import usable
from scanner.core.figures import percentile

FEWEST_FILES = 20
"""Fewer files with functions tell no hotspots, as the check has it."""

Pick = Callable[[Sequence[File]], list[bool]]


@dataclass(frozen=True, slots=True)
class Named:
    """Of the files named: their share of files, of lines and of the year's fixes, and how many of them were fixed (0 to 1)."""

    files: float
    lines: float
    fixes: float
    fixed: float


def risk(file: File) -> float:
    """The score as the checks use it."""
    return file_risk(file.change.recent_changes if file.change else 0.0, file.lines)


def definitions() -> dict[str, Pick]:
    """Definitions by name, the present one first; each takes what lies above the 90th percentile."""
    return {
        "changes and complexity (the check's)": _both(changes, lambda f: f.complexity),
        "risk": _both(risk, risk),
        "risk and complexity": _both(risk, lambda f: f.complexity),
    }


def _both(a: Callable[[File], float], b: Callable[[File], float]) -> Pick:
    def pick(files: Sequence[File]) -> list[bool]:
        least_a, least_b = (percentile((value(f) for f in files), 0.9) for value in (a, b))
        return [a(f) > least_a and b(f) > least_b for f in files]

    return pick


def _eligible(seen: Sequence[Snapshot], names: Collection[str]) -> Iterator[list[File]]:
    for one in seen:
        files = [f for f in one.files if f.complexity]
        if one.repository in names and usable(one) and len(files) >= FEWEST_FILES and any(f.fixes for f in files):
            yield files


def named(pick: Pick, seen: Sequence[Snapshot], names: Collection[str]) -> Named:
    """The mean over the snapshots in which the definition names a file."""
    rows = []
    for files in _eligible(seen, names):
        hot = [f for f, is_hot in zip(files, pick(files), strict=True) if is_hot]
        if hot:
            rows.append(
                Named(
                    len(hot) / len(files),
                    sum(f.lines for f in hot) / sum(f.lines for f in files),
                    sum(f.fixes for f in hot) / sum(f.fixes for f in files),
                    sum(f.fixes > 0 for f in hot) / len(hot),
                )
            )
    return Named(*(sum(column) / len(rows) for column in zip(*map(astuple, rows), strict=True)))


def order_within(seen: Sequence[Snapshot], names: Collection[str]) -> tuple[float, float, int]:
    """Area within the check's hotspots by risk, by changes × complexity, and on how many snapshots that can be told."""
    pick = definitions()["changes and complexity (the check's)"]
    areas = []
    for files in _eligible(seen, names):
        hot = [f for f, is_hot in zip(files, pick(files), strict=True) if is_hot]
        hit = [f.fixes > 0 for f in hot]
        if any(hit) and not all(hit):
            areas.append((auc([risk(f) for f in hot], hit), auc([changes(f) * f.complexity for f in hot], hit)))
    if not areas:
        return 0.5, 0.5, 0
    return sum(a for a, _ in areas) / len(areas), sum(b for _, b in areas) / len(areas), len(areas)
