"""Volume of work over time, and the profile of the history as a whole."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from collectors.git.identity import Identities
from collectors.git.stream import DAY, Seen, Window
from scanner.core.figures import median, percentile
from scanner.facts.history import CommitActivity, Month
from scanner.repository import Ref

LARGE_COMMIT_FILES = 30
"""A commit of more files is large (code-maat's limit for change sets)."""


class Activity:
    """Counts commits by window, day and month. Times are the committers', as ``git log --since`` takes them."""

    def __init__(self, as_of: datetime, head: str) -> None:
        self._window = Window(as_of)
        self._as_of = as_of
        self._head = head
        self._start_90, self._start_365 = self._window.start(90), self._window.start(365)
        self.commits = self.odd = 0
        self._first_at: int | None = None
        self._human_90 = self._human_365 = self._human_all = 0
        self._bots_365 = self._merges_365 = self._agents_365 = 0
        self._days_90: set[int] = set()
        self._people_90: set[int] = set()
        self._people_365: set[int] = set()
        self._files_365: list[int] = []
        self._months: dict[str, tuple[list[int], set[int]]] = defaultdict(lambda: ([0, 0], set()))
        self._first_parents: dict[str, str] = {}
        self._day_of: dict[str, int] = {}
        self._month_of: dict[int, tuple[list[int], set[int]]] = {}

    def add(self, seen: Seen, *, repeated: bool = False) -> None:
        """Count one commit. A repetition of a newer one is a commit of the history, and no further work."""
        commit = seen.commit
        self.commits += 1
        self.odd += self._window.odd(commit)
        at = seen.at
        if seen.dated and (self._first_at is None or at < self._first_at):
            self._first_at = at
        if commit.parents:
            self._first_parents[commit.oid] = commit.parents[0]
        if at >= self._start_90:
            self._day_of[commit.oid] = at // DAY
        if seen.merge:
            self._merges_365 += seen.at >= self._start_365
        if seen.merge or repeated:
            return
        if seen.dated:
            self._add_month(seen)
        if not seen.bot:
            self._human_all += 1
        if at >= self._start_365:
            self._add_recent(seen)

    @property
    def first_at(self) -> datetime | None:
        """When the oldest commit of a believable date was made."""
        return None if self._first_at is None else datetime.fromtimestamp(self._first_at, UTC)

    def _add_month(self, seen: Seen) -> None:
        day = seen.at // DAY
        held = self._month_of.get(day)
        if held is None:
            month = datetime.fromtimestamp(seen.at, UTC).strftime("%Y-%m")
            held = self._month_of[day] = self._months[month]
        counts, people = held
        counts[seen.bot] += 1
        people.update(seen.people)

    def _add_recent(self, seen: Seen) -> None:
        if seen.bot:
            self._bots_365 += 1
            return
        self._human_365 += 1
        self._agents_365 += seen.agent
        self._people_365.update(seen.people)
        self._files_365.append(len(seen.commit.paths))
        if seen.at >= self._start_90:
            self._human_90 += 1
            self._days_90.add(seen.at // DAY)
            self._people_90.update(seen.people)

    def result(self, identities: Identities) -> CommitActivity:
        """The fact. Files per commit are those of the human commits of 365 days, 0 when there are none."""

        def people(numbers: set[int]) -> int:
            return len({identities.person(n) for n in numbers})

        files = self._files_365
        return CommitActivity(
            as_of=self._as_of,
            commits_90_days=self._human_90,
            commits_365_days=self._human_365,
            commits_all=self._human_all,
            bot_commits_365_days=self._bots_365,
            merge_commits_365_days=self._merges_365,
            active_days_90_days=len(self._days_90),
            mainline_days_90_days=self._mainline_days(),
            people_90_days=people(self._people_90),
            people_365_days=people(self._people_365),
            files_per_commit_median=median(files) if files else 0.0,
            files_per_commit_p90=percentile(files, 0.9) if files else 0.0,
            commits_over_30_files_365_days=sum(n > LARGE_COMMIT_FILES for n in files),
            agent_commits_365_days=self._agents_365,
            months=tuple(
                Month(name, counts[0], counts[1], people(who))
                for name in months_between(self.first_at, self._as_of)
                for counts, who in [self._months.get(name, ((0, 0), set[int]()))]
            ),
        )

    def _mainline_days(self) -> int:
        days = set()
        at = self._head
        while at:
            if at in self._day_of:
                days.add(self._day_of[at])
            at = self._first_parents.pop(at, "")
        return len(days)


def months_between(first: datetime | None, last: datetime) -> tuple[str, ...]:
    """Every calendar month (UTC) from ``first`` to ``last`` as "2026-08"; empty without a first."""
    if first is None:
        return ()
    first, last = first.astimezone(UTC), last.astimezone(UTC)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(f"{n // 12:04}-{n % 12 + 1:02}" for n in numbers)


def branch_counts(refs: tuple[Ref, ...], default_branch: str, as_of: datetime) -> tuple[int, int]:
    """(branches, stale branches): stale are those beside the default one without a commit in 90 days."""
    start = Window(as_of).start(90)
    branches = [r for r in refs if r.name.startswith("refs/heads/")]
    stale = [r for r in branches if r.name != f"refs/heads/{default_branch}" and r.at.timestamp() < start]
    return len(branches), len(stale)
