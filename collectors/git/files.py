"""How often, by whom and when every path at head was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from collectors.git.identity import Identities
from collectors.git.stream import DAY, Seen, Window
from scanner.facts.history import FileChange, FileChanges

WINDOW_DAYS = 365
HALF_LIFE_DAYS = 90
"""Days after which a change weighs half: as `file_risk` was chosen with (docs/validity.md)."""
_PLACES = 4
"""Decimals of a weighted sum that are kept: platforms may differ in the last bits of a power."""


class Files:
    """Counts the revisions of paths by number; people of the year per path."""

    def __init__(self, as_of: datetime, paths: Sequence[str]) -> None:
        self._as_of = as_of
        self._now = Window(as_of).start(0)
        self._start = Window(as_of).start(WINDOW_DAYS)
        self._paths = paths
        self._all = [0] * len(paths)
        self._year = [0] * len(paths)
        self._first = [0] * len(paths)
        self._last = [0] * len(paths)
        self._recent = [0.0] * len(paths)
        self._people: dict[int, Counter[int]] = {}

    def add(self, seen: Seen) -> None:
        """Count one commit. The stream comes newest first, but dates may be out of order.

        A bot's commit is no revision, yet it dates the path: a changelog or lock file that a bot keeps is kept.
        """
        if seen.merge:
            return
        at, in_year = seen.at, seen.at >= self._start
        weight = float(0.5 ** ((self._now - at) / (HALF_LIFE_DAYS * DAY)))
        for path in seen.touched:
            if self._last[path]:
                self._first[path] = min(self._first[path], at)
                self._last[path] = max(self._last[path], at)
            else:
                self._first[path] = self._last[path] = at
            if seen.bot:
                continue
            self._all[path] += 1
            self._recent[path] += weight
            if in_year:
                self._year[path] += 1
                self._people.setdefault(path, Counter()).update(seen.people)

    def result(self, identities: Identities, pseudonym: Callable[[str], str]) -> FileChanges:
        """The fact: paths that a commit touched (those of bots alone have no revision), most revised in the year first."""
        names = identities.pseudonyms(pseudonym)
        changes = [self._change(number, names) for number, last in enumerate(self._last) if last]
        changes.sort(key=lambda c: (-c.revisions_365_days, -c.revisions_all, c.path))
        return FileChanges(self._as_of, WINDOW_DAYS, tuple(changes))

    def _change(self, path: int, names: dict[int, str]) -> FileChange:
        people: Counter[str] = Counter()
        for number, count in self._people.get(path, Counter[int]()).items():
            people[names[number]] += count
        main = min(people, key=lambda name: (-people[name], name)) if people else ""
        return FileChange(
            path=self._paths[path],
            revisions_365_days=self._year[path],
            revisions_all=self._all[path],
            people_365_days=len(people),
            main_person=main,
            main_person_share=min(1.0, people[main] / self._year[path]) if main else 0.0,
            first_at=datetime.fromtimestamp(self._first[path], UTC),
            last_at=datetime.fromtimestamp(self._last[path], UTC),
            recent_changes=round(self._recent[path], _PLACES),
        )
