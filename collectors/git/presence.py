"""Who committed in which quarter, and what the work of each quarter was for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from collectors.git.identity import Identities
from collectors.git.kinds import kind_of
from collectors.git.quarters import Quarters
from collectors.git.stream import Seen
from scanner.facts.knowledge import EffortMix, PersonQuarters, Presence, QuarterMix

PRESENCE_QUARTERS = 12
MIX_QUARTERS = 9
"""Two full years and the quarter that runs."""


class Attendance:
    """Counts the human commits of the last quarters by person."""

    def __init__(self, as_of: datetime) -> None:
        self._as_of = as_of
        self._quarters = Quarters(as_of, PRESENCE_QUARTERS)
        self.start = self._quarters.start
        self._commits: dict[int, list[int]] = {}

    def add(self, seen: Seen) -> None:
        """Count one commit."""
        if seen.at < self._quarters.start or not seen.human:
            return
        quarter = self._quarters.at(seen.at)
        for person in seen.people:
            if person not in self._commits:
                self._commits[person] = [0] * PRESENCE_QUARTERS
            self._commits[person][quarter] += 1

    def result(self, identities: Identities, pseudonym: Callable[[str], str]) -> Presence:
        """The fact, people in the order of their pseudonyms."""
        names = identities.pseudonyms(pseudonym)
        merged: dict[str, list[int]] = {}
        for number, commits in self._commits.items():
            before = merged.get(names[number], [0] * PRESENCE_QUARTERS)
            merged[names[number]] = [a + b for a, b in zip(before, commits, strict=True)]
        people = tuple(PersonQuarters(name, tuple(merged[name])) for name in sorted(merged))
        return Presence(self._as_of, self._quarters.names, people)


class Efforts:
    """Counts the kinds of the human commits of the last quarters."""

    def __init__(self, as_of: datetime) -> None:
        self._as_of = as_of
        self._quarters = Quarters(as_of, MIX_QUARTERS)
        self._commits = [0] * MIX_QUARTERS
        self._kinds: list[Counter[str]] = [Counter() for _ in range(MIX_QUARTERS)]

    def add(self, seen: Seen) -> None:
        """Count one commit."""
        if seen.at < self._quarters.start or not seen.human:
            return
        quarter = self._quarters.at(seen.at)
        self._commits[quarter] += 1
        kind = kind_of(seen.commit.subject, seen.commit.paths[:201])
        if kind:
            self._kinds[quarter][kind] += 1

    def result(self) -> EffortMix:
        """The fact."""
        rows = zip(self._quarters.names, self._commits, self._kinds, strict=True)
        mixes = (QuarterMix(name, commits, tuple(sorted(kinds.items()))) for name, commits, kinds in rows)
        return EffortMix(self._as_of, tuple(mixes))
