"""Who knows which part of the code: changes by person of every path at head."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from math import log

from collectors.git.identity import Identities
from collectors.git.stream import Seen, Window
from scanner.core.figures import absence_factor
from scanner.core.text import counted
from scanner.facts.knowledge import AreaKnowledge, FileKnowers, Holder, Knower, Knowledge

BUSY_REVISIONS = 3
HOLDERS_KEPT, KNOWERS_KEPT, BUSY_KEPT, AREAS_KEPT = 100, 20, 5_000, 500
_PAIRS = 2_000_000
"""Pairs of path and person counted at most: some 200 MB; the newest come first."""
_BITS = 24
_PERSON = (1 << _BITS) - 1
_BASE, _FIRST, _OWN, _OTHERS = 3.293, 1.098, 0.164, 0.321


class Knowing:
    """Counts the human changes of paths at head by person, and the commits of top directories in the year."""

    def __init__(self, as_of: datetime, paths: Sequence[str]) -> None:
        self._as_of = as_of
        self._start_90, self._start_365 = Window(as_of).start(90), Window(as_of).start(365)
        self._paths = paths
        self._names = sorted({area_of(path) for path in paths})
        places = {name: number for number, name in enumerate(self._names)}
        self._areas = [places[area_of(path)] for path in paths]
        self._pairs: dict[int, int] = {}
        self._first: list[int | None] = [None] * len(paths)
        self._year = [0] * len(paths)
        self._by_area: Counter[int] = Counter()
        self._lately: set[int] = set()
        self._commits_90: Counter[int] = Counter()
        self._commits_365: Counter[int] = Counter()
        self.cut = False

    def add(self, seen: Seen) -> None:
        """Count one commit. Of an older one only what it tells of paths and people is kept."""
        if not seen.human or not seen.touched:
            return
        pairs, first, author = self._pairs, self._first, seen.author
        get = pairs.get
        self.cut = self.cut or len(pairs) > _PAIRS
        for path in seen.touched:
            first[path] = author
        if not self.cut:
            for person in seen.people:
                for path in seen.touched:
                    key = path << _BITS | person
                    pairs[key] = get(key, 0) + 1
        if seen.at >= self._start_365:
            self._add_recent(seen)

    def _add_recent(self, seen: Seen) -> None:
        for path in seen.touched:
            self._year[path] += 1
        lately = seen.at >= self._start_90
        for area in {self._areas[path] for path in seen.touched}:
            keys = [area << _BITS | person for person in seen.people]
            self._commits_365[area] += 1
            self._by_area.update(keys)
            if lately:
                self._commits_90[area] += 1
                self._lately.update(keys)

    def result(self, identities: Identities, pseudonym: Callable[[str], str]) -> tuple[Knowledge, str]:
        """(fact, caveat)."""
        names = identities.pseudonyms(pseudonym)
        files, changes, busy = self._sums(names)
        ordered = sorted(busy, key=lambda path: (-self._year[path], self._paths[path]))
        known = [self._file(path, busy[path], names) for path in ordered[:BUSY_KEPT]]
        largest = sorted(files, key=lambda area: (-changes[area].total(), area))
        year, lately = _grouped(self._by_area, names), _grouped(dict.fromkeys(self._lately, 1), names)
        areas = [self._area(n, files[n], changes[n], year[n], len(lately[n])) for n in sorted(largest[:AREAS_KEPT])]
        fact = Knowledge(self._as_of, tuple(areas), tuple(sorted(known, key=lambda file: file.path)))
        caveats = [f"who changed what was counted for the newest {counted(_PAIRS, 'pair')} only"] if self.cut else []
        if len(ordered) > BUSY_KEPT:
            caveats.append(f"the {BUSY_KEPT} busiest of {len(ordered)} busy files")
        if len(largest) > AREAS_KEPT:
            caveats.append(f"the {AREAS_KEPT} most changed of {len(largest)} top directories")
        return fact, "; ".join(caveats)

    def _sums(self, names: dict[int, str]) -> tuple[Counter[int], list[Counter[str]], dict[int, Counter[str]]]:
        """Files by area, changes by area and person, and by busy path and person."""
        files = Counter(area for area, author in zip(self._areas, self._first, strict=True) if author is not None)
        changes: list[Counter[str]] = [Counter() for _ in self._names]
        busy: dict[int, Counter[str]] = defaultdict(Counter)
        for key, count in self._pairs.items():
            path, person = key >> _BITS, names[key & _PERSON]
            changes[self._areas[path]][person] += count
            if self._year[path] >= BUSY_REVISIONS:
                busy[path][person] += count
        return files, changes, busy

    def _file(self, path: int, changes: Counter[str], names: dict[int, str]) -> FileKnowers:
        number = self._first[path]
        first = "" if number is None else names[number]
        total = changes.total()
        degrees = {
            person: _BASE + _FIRST * (person == first) + _OWN * own - _OTHERS * log(1 + total - own)
            for person, own in changes.items()
        }
        ranked = sorted(degrees, key=lambda person: (-degrees[person], person))
        knowers = [Knower(p, round(degrees[p], 3)) for p in ranked[:KNOWERS_KEPT] if degrees[p] >= _BASE]
        return FileKnowers(self._paths[path], tuple(knowers))

    def _area(
        self, area: int, files: int, changes: Counter[str], year: Counter[str], people_90_days: int
    ) -> AreaKnowledge:
        main = min(year, key=lambda person: (-year[person], person), default="")
        holders = sorted(changes, key=lambda person: (-changes[person], person))
        return AreaKnowledge(
            area=self._names[area],
            files=files,
            commits_90_days=self._commits_90[area],
            commits_365_days=self._commits_365[area],
            people_90_days=people_90_days,
            people_365_days=len(year),
            absence_factor=absence_factor(year.values()),
            main_person=main,
            main_person_share=year[main] / year.total() if main else 0.0,
            holders=tuple(Holder(person, changes[person]) for person in holders[:HOLDERS_KEPT]),
            other_changes=sum(changes[person] for person in holders[HOLDERS_KEPT:]),
        )


def _grouped(counts: Mapping[int, int], names: dict[int, str]) -> defaultdict[int, Counter[str]]:
    """Counts by area and person."""
    grouped: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for key, count in counts.items():
        grouped[key >> _BITS][names[key & _PERSON]] += count
    return grouped


def area_of(path: str) -> str:
    """The top directory of a path, "." for a file outside any."""
    top, slash, _ = path.partition("/")
    return top if slash else "."
