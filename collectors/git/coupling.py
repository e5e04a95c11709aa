"""Which files change together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from collectors.git.stream import Seen, Window
from scanner.core.evidence import Unknown, Why
from scanner.facts.history import ChangeCoupling, CoupledPair

WINDOW_DAYS = 365
MAX_FILES = 30
MIN_SHARED = 5
MIN_DEGREE = 0.3
PAIRS_KEPT = 2_000
"""Most coupled pairs that the fact carries; the rest is left out, with a caveat."""
_PAIRS_COUNTED = 3_000_000


class Coupling:
    """Keeps the change sets (numbers of paths at head) of human commits of at most 30 files."""

    def __init__(self, as_of: datetime, paths: Sequence[str]) -> None:
        self._start = Window(as_of).start(WINDOW_DAYS)
        self._paths = paths
        self._commits = 0
        self._sets: list[tuple[int, ...]] = []

    def add(self, seen: Seen) -> None:
        """Keep one commit."""
        if seen.human and seen.at >= self._start and 1 <= len(seen.commit.paths) <= MAX_FILES:
            self._commits += 1
            if seen.touched:
                self._sets.append(seen.touched)

    def result(self) -> tuple[ChangeCoupling | Unknown, str]:
        """(fact, caveat): pairs of degree 0.3 and more, highest degree first; a hole beyond 3 million pairs."""
        revisions = Counter(path for touched in self._sets for path in touched)
        frequent = {path for path, count in revisions.items() if count >= MIN_SHARED}
        shared: Counter[tuple[int, int]] = Counter()
        for touched in self._sets:
            shared.update(combinations(sorted(frequent.intersection(touched)), 2))
            if len(shared) > _PAIRS_COUNTED:
                return Unknown(Why.TOO_LARGE, f"more than {_PAIRS_COUNTED} pairs of files changed together"), ""
        pairs = [
            self._pair(a, b, count, 2 * count / (revisions[a] + revisions[b]))
            for (a, b), count in shared.items()
            if count >= MIN_SHARED and 2 * count >= MIN_DEGREE * (revisions[a] + revisions[b])
        ]
        pairs.sort(key=lambda p: (-p.degree, -p.shared, p.a, p.b))
        caveat = f"the {PAIRS_KEPT} most coupled of {len(pairs)} pairs" if len(pairs) > PAIRS_KEPT else ""
        return ChangeCoupling(WINDOW_DAYS, self._commits, tuple(pairs[:PAIRS_KEPT])), caveat

    def _pair(self, a: int, b: int, count: int, degree: float) -> CoupledPair:
        first, second = sorted((self._paths[a], self._paths[b]))
        return CoupledPair(first, second, count, degree)
