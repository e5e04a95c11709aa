"""How the history was written: commits that repeat others, and change requests squashed into one commit."""

from __future__ import annotations

import re
from datetime import datetime

from collectors.git.stream import Seen, Window
from scanner.facts.knowledge import HistoryForm

_SQUASHED = re.compile(r" \(#\d{1,8}\)$")
_REMEMBERED = 1_000_000
"""Commits whose repetition is noticed, newest first: some 70 MB."""


class Form:
    """Notices repetitions, and counts squashed change requests of 365 days."""

    def __init__(self, as_of: datetime) -> None:
        self._start = Window(as_of).start(365)
        self._known: set[int] = set()
        self._replayed = self._squashed = self._together = 0

    def repeats(self, seen: Seen) -> bool:
        """Whether a newer commit was the same change: same author, author's time, subject and paths.

        The body may differ: a cherry-pick names the commit it was taken from.
        Merges, and commits that change nothing, are never taken for repetitions.
        """
        commit = seen.commit
        if seen.merge or not commit.paths:
            return False
        mark = hash((seen.author, commit.authored_at, commit.subject, commit.paths))
        if mark in self._known:
            self._replayed += 1
            return True
        if len(self._known) < _REMEMBERED:
            self._known.add(mark)
        return False

    def add(self, seen: Seen) -> None:
        """Count one commit that is no repetition."""
        if seen.at >= self._start and seen.human and _SQUASHED.search(seen.commit.subject):
            self._squashed += 1
            self._together += len(seen.people) > 1

    def result(self) -> HistoryForm:
        """The fact."""
        return HistoryForm(self._replayed, self._squashed, self._together)
