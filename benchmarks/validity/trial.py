"""Candidates held against what happened: by snapshot, by repository, on training and on held-out repositories."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.validity.candidates import Candidate, Score
from benchmarks.validity.measures import auc, caught
from benchmarks.validity.past import File, Snapshot

FEWEST_FILES = 10
FEWEST_EACH = 3
"""Files with and files without a fix that a snapshot needs to say anything."""
NEAR = 0.01
"""Areas this close to the best count as equal: then the lines that one has to read decide."""

Truth = Callable[[File], int]


def every_fix(file: File) -> int:
    """Fixes of the year after, as Assay classifies commits."""
    return file.fixes


def narrow_fix(file: File) -> int:
    """Those that hold in the stricter reading."""
    return file.narrow_fixes


@dataclass(frozen=True, slots=True)
class Agreement:
    """Area under the ROC curve, and the share of fixes in the first tenth of the lines; both 0 to 1."""

    area: float
    caught: float


def usable(snapshot: Snapshot, truth: Truth = every_fix) -> bool:
    """Whether the snapshot has files enough, with and without a fix."""
    hits = sum(truth(file) > 0 for file in snapshot.files)
    return len(snapshot.files) >= FEWEST_FILES and hits >= FEWEST_EACH and len(snapshot.files) - hits >= FEWEST_EACH


def split(seen: Iterable[Snapshot]) -> tuple[frozenset[str], frozenset[str]]:
    """Names of the training and of the held-out repositories: halves by SHA-256 of the name, of those with a usable snapshot."""
    names = {one.repository for one in seen if usable(one)}
    ordered = sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    half = len(ordered) // 2
    return frozenset(ordered[:half]), frozenset(ordered[half:])


def agreement(score: Score, snapshot: Snapshot, truth: Truth = every_fix) -> Agreement:
    """How well a score of that day agrees with the year after."""
    scores = score(snapshot.files)
    fixes = [truth(file) for file in snapshot.files]
    lines = [file.lines for file in snapshot.files]
    return Agreement(auc(scores, [n > 0 for n in fixes]), caught(scores, lines, fixes))


def by_repository(
    score: Score, seen: Sequence[Snapshot], names: Collection[str], truth: Truth = every_fix
) -> dict[str, Agreement]:
    """The mean over a repository's usable snapshots, for each of ``names`` that has one."""
    told: dict[str, list[Agreement]] = {}
    for one in seen:
        if one.repository in names and usable(one, truth):
            told.setdefault(one.repository, []).append(agreement(score, one, truth))
    return {name: mean(told[name]) for name in sorted(told)}


def mean(of: Collection[Agreement]) -> Agreement:
    """The plain mean."""
    return Agreement(sum(a.area for a in of) / len(of), sum(a.caught for a in of) / len(of))


def chosen(tried: Iterable[tuple[Candidate, Agreement]]) -> Candidate:
    """The winner by its training figures: of those within `NEAR` of the best area the one that catches most, then the simpler."""
    rows = list(tried)
    best = max(a.area for _, a in rows)
    near = [(c, a) for c, a in rows if a.area >= best - NEAR]
    return max(near, key=lambda row: (round(row[1].caught, 3), -row[0].inputs, row[1].area))[0]
