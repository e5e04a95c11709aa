"""Lists of a forge kept between scans: what was read once and has not changed is not asked for again.

A list is ordered by a moment, latest first, and read page by page. Every page is kept with the stretch of the list
it belongs to, so an interrupted reading goes on where it stopped. What is returned depends on the forge and the
wish alone, never on what was kept; only how many entries never arrived is told of lists that were ever read to their
end. A list that is shorter than the forge counts is read once more. A change that the forge does not count as an update of an entry (a label
renamed, a second update within the same second) is noticed with the entry's next update.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scanner.core.evidence import Unreadable, Why
from scanner.http.shape import Node
from scanner.http.shelf import ListName, Row, Shelf, Stretch, Unusable, open_shelf

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SPARE = 4
"""A list that has grown to this many times what is wanted of it is read anew: what is kept stays bounded."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What a forge says of a list without reading it: its length, and a mark that changes with what is newest in it."""

    total: int
    mark: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its key within the list, the moment it is ordered by, when it was made, and what is kept of it."""

    key: str
    at: datetime
    made: datetime
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a list. ``following`` is the cursor of the next page, None at the end; ``total`` None: the forge does not say."""

    entries: tuple[Entry, ...]
    total: int | None
    following: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is needed of a list: entries from ``since`` on, at most the ``most`` latest.

    ``sign`` None: the forge did not say. ``rises``: an entry that changes moves to the top, and ``sign.mark`` is
    the top's moment (`mark_of`); otherwise a list with another sign is read anew.
    """

    since: datetime
    most: int
    sign: Sign | None
    rises: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What is wanted of a list, latest first, and its whole length; ``cut``: more of it than the most was wanted.

    ``missing``: of the whole list, which was read to its end, so many entries fewer arrived than the forge counts.
    """

    nodes: tuple[Node, ...]
    total: int
    cut: bool
    missing: int = 0


Turn = Callable[[str | None], Sheet]
"""Asks the forge for the page at a cursor, the first one for None; Unreadable when it refuses."""


def mark_of(moment: datetime) -> str:
    """The mark of a list whose latest entry is of ``moment``."""
    return str(_micros(moment))


class Kept:
    """Kept lists in one SQLite file shared by processes (mode 0600); in memory when there is none or it cannot be used.

    ``holder`` names whose lists they are: what one credential was shown is never told to another.
    """

    def __init__(self, path: Path | None = None, holder: str = "") -> None:
        self._connection = open_shelf(path)
        self._holder = holder

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def current(self, name: ListName, sign: Sign) -> bool:
        """Whether the list is kept, at least in part, as ``sign`` tells it."""
        with suppress(Unusable):
            found = self._shelf(name).stretches
            return bool(found) and _agrees(found[0], sign)
        return False

    def read(self, name: ListName, wanted: Wanted, turn: Turn) -> Reading:
        """What is wanted, from what is kept and as few pages as can be. Without a repository id nothing is kept."""
        if wanted.sign is not None and wanted.sign.total == 0:
            return Reading((), 0, cut=False)
        if name.repository:
            with suppress(Unusable):
                return _Session(self._shelf(name), wanted, turn, name.kind).go()
        with closing(open_shelf(None)) as memory:
            return _Session(Shelf(memory, name), wanted, turn, name.kind).go()

    def _shelf(self, name: ListName) -> Shelf:
        return Shelf(self._connection, replace(name, forge=f"{name.forge} {self._holder}"))


class _Session:
    """One reading of one list."""

    def __init__(self, shelf: Shelf, wanted: Wanted, turn: Turn, kind: str) -> None:
        self._shelf = shelf
        self._wanted = wanted
        self._turn = turn
        self._kind = kind
        self._since = _micros(wanted.since)
        self._fresh = False
        self._inherited = bool(shelf.stretches)

    def go(self) -> Reading:
        """Read what is missing, then answer from what is kept."""
        before = self._missing()
        self._begin()
        self._fill()
        if self._missing() > before:  # entries move while a list is paged; once more, then it is the forge's own count
            self._anew()
            self._fill()
        return self._answer()

    def _fill(self) -> None:
        while self._fresh or not self._enough(self._shelf.stretches[0]):
            try:
                self._page()
            except Unreadable as problem:
                if not (self._inherited and problem.hole.why is Why.UNSUPPORTED):
                    raise
                self._anew()  # the forge no longer takes a cursor that was kept

    def _missing(self) -> int:
        """How many entries of a list that is read to its end are not among those kept."""
        first = self._shelf.stretches[0] if self._shelf.stretches else None
        if first is None or not first.end or first.total is None:
            return 0
        return max(0, first.total - self._shelf.count(0))

    def _begin(self) -> None:
        """Decide whether what is kept still holds; ``_fresh``: the top of the list must be asked for."""
        if self._shelf.count(0) > _SPARE * self._wanted.most:
            self._anew()
        stretches, sign = self._shelf.stretches, self._wanted.sign
        if not stretches or sign is None or not _agrees(stretches[0], sign):
            same_top = bool(stretches) and sign is not None and stretches[0].mark == sign.mark
            if stretches and (same_top or not self._wanted.rises):
                self._anew()  # something was deleted, or anything at all changed in a list that does not tell what
            self._fresh = True

    def _anew(self) -> None:
        self._shelf.clear()
        self._fresh, self._inherited = True, False

    def _enough(self, first: Stretch) -> bool:
        return first.end or first.floor < self._since or self._shelf.count(first.floor) >= self._wanted.most

    def _page(self) -> None:
        """Ask for one page and keep it."""
        stretches = self._shelf.stretches
        sheet = self._turn(None if self._fresh else stretches[0].cursor)
        rows = [Row(entry.key, _micros(entry.at), entry.body) for entry in sheet.entries]
        if self._fresh:
            stretches.insert(0, self._top(sheet, rows))
        first, below = stretches[0], stretches[1] if len(stretches) > 1 else None
        known = self._shelf.known(row.key for row in rows)
        if sheet.following is not None and not rows:
            raise Unreadable(Why.TOO_LARGE, f"the list of {self._kind} goes on without entries")
        stuck = len(known) == len(rows) and min((row.at for row in rows), default=0) >= first.floor
        if stuck and not self._fresh and sheet.following is not None:
            raise Unreadable(Why.TOO_LARGE, f"the list of {self._kind} does not end")
        first.floor = min([first.floor, *(row.at for row in rows)])
        first.cursor, first.end = sheet.following, sheet.following is None
        if below is not None:
            made = (e for e in sheet.entries if e.key not in known)
            first.grown += sum(_micros(e.made) >= below.top for e in made)
        self._fresh = False
        if self._joined():
            self._shelf.keep(rows)
        else:
            self._anew()

    def _top(self, sheet: Sheet, rows: list[Row]) -> Stretch:
        """A stretch that begins with the first page."""
        top = max((row.at for row in rows), default=0)
        sign = self._wanted.sign
        mark = str(top) if self._wanted.rises or sign is None else sign.mark
        return Stretch(mark, top, top, sheet.total, None, end=False)

    def _joined(self) -> bool:
        """Join the first stretch with those it has reached; False when entries are missing: some were deleted."""
        stretches = self._shelf.stretches
        while len(stretches) > 1 and (stretches[0].end or stretches[0].floor < stretches[1].top):
            first, below = stretches[0], stretches.pop(1)
            if None not in (first.total, below.total) and first.total != (below.total or 0) + first.grown:
                return False
            first.grown += below.grown
            if not first.end and below.floor < first.floor:
                first.floor, first.cursor, first.end = below.floor, below.cursor, below.end
        return True

    def _answer(self) -> Reading:
        most, first = self._wanted.most, self._shelf.stretches[0]
        bodies = self._shelf.latest(self._since, most)
        if not all(isinstance(body, dict) for body in bodies):
            raise Unusable("an entry is no object")
        total = first.total if first.total is not None else len(bodies)
        longer = first.total is None and not first.end and first.floor >= self._since
        nodes = tuple(Node(body, f"{self._kind}[{number}]") for number, body in enumerate(bodies))
        return Reading(nodes, total, cut=len(bodies) >= most and (total > most or longer), missing=self._missing())


def _agrees(stretch: Stretch, sign: Sign) -> bool:
    return stretch.mark == sign.mark and stretch.total in (sign.total, None)


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
