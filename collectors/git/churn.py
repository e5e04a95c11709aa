"""Lines added and deleted, by month, by commit and by path at head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from collectors.git.changes import Changed, Changes
from collectors.git.stream import Seen, Window
from scanner.core.figures import median, percentile
from scanner.facts.history import FileLineChange, LineChanges, LineMonth

WINDOW_DAYS = 365
MONTHS = 24


class Churn:
    """Sums the lines of human commits. Commits come newest first; ``numbers`` are those of paths at head, renames followed."""

    def __init__(self, as_of: datetime, paths: Sequence[str], numbers: dict[str, int]) -> None:
        self._as_of = as_of
        self._start = Window(as_of).start(WINDOW_DAYS)
        self._paths = paths
        self._numbers = numbers
        self._added: Counter[int] = Counter()
        self._deleted: Counter[int] = Counter()
        self._months: dict[str, tuple[int, int]] = dict.fromkeys(_months(as_of), (0, 0))
        first = next(iter(self._months))
        self._drawn_from = int(datetime.strptime(f"{first}-01 +0000", "%Y-%m-%d %z").timestamp())
        self._sizes: list[int] = []
        self._total = [0, 0]
        self._untold = 0
        self.renames = 0

    def add(self, seen: Seen, told: Changes) -> None:
        """Count one commit; what it changed may be untold."""
        if seen.merge:
            return
        self._follow(told.renames_of(seen.commit.oid))
        if seen.bot or seen.at < self._drawn_from:
            return
        changed = told.of(seen.commit.oid)
        if changed is None:
            self._untold += seen.at >= self._start
            return
        added = sum(c.added or 0 for c in changed)
        deleted = sum(c.deleted or 0 for c in changed)
        month = datetime.fromtimestamp(seen.at, UTC).strftime("%Y-%m")
        if month in self._months:
            before = self._months[month]
            self._months[month] = (before[0] + added, before[1] + deleted)
        if seen.at >= self._start:
            self._count(changed, added, deleted)

    def _count(self, changed: tuple[Changed, ...], added: int, deleted: int) -> None:
        self._sizes.append(added + deleted)
        self._total[0] += added
        self._total[1] += deleted
        for change in changed:
            number = self._numbers.get(change.path)
            if number is not None:
                self._added[number] += change.added or 0
                self._deleted[number] += change.deleted or 0

    def _follow(self, renamed: tuple[Changed, ...]) -> None:
        """From here back a renamed file goes by its old name, unless another file at head has that name."""
        for change in renamed:
            number = self._numbers.get(change.path)
            if number is not None and change.old_path not in self._numbers:
                self._numbers[change.old_path] = number
                self.renames += 1

    def result(self) -> LineChanges:
        """The fact."""
        touched = {number for number in (*self._added, *self._deleted) if self._added[number] + self._deleted[number]}
        files = [FileLineChange(self._paths[n], self._added[n], self._deleted[n]) for n in touched]
        return LineChanges(
            as_of=self._as_of,
            window_days=WINDOW_DAYS,
            commits=len(self._sizes),
            untold=self._untold,
            lines_per_commit_median=median(self._sizes) if self._sizes else 0.0,
            lines_per_commit_p90=percentile(self._sizes, 0.9) if self._sizes else 0.0,
            added=self._total[0],
            deleted=self._total[1],
            renames=self.renames,
            months=tuple(LineMonth(month, *lines) for month, lines in self._months.items()),
            files=tuple(sorted(files, key=lambda f: (-(f.added + f.deleted), f.path))),
        )


def _months(as_of: datetime) -> list[str]:
    last = as_of.astimezone(UTC)
    number = last.year * 12 + last.month - 1
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(number - MONTHS + 1, number + 1)]
