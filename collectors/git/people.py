"""Who committed when: one line per pseudonymous person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime

from collectors.git.identity import Identities
from collectors.git.stream import Seen, Window
from scanner.facts.history import Contributors, PersonActivity

_WORK_STARTS, _WORK_ENDS, _SATURDAY = 7, 20, 5


class People:
    """Collects the commit times of every person, and the habits of the whole team over 365 days."""

    def __init__(self, as_of: datetime) -> None:
        self._as_of = as_of
        self._window = Window(as_of)
        self._start_365 = self._window.start(365)
        self._times: dict[int, list[int]] = defaultdict(list)
        self._undated: dict[int, list[int]] = defaultdict(list)
        self._bots: set[int] = set()
        self._paired = self._timed = self._late = 0

    def add(self, seen: Seen) -> None:
        """Count one commit."""
        if seen.bot:
            self._bots.add(seen.author)
        if not seen.human:
            return
        times = self._times if seen.dated else self._undated
        for number in seen.people:
            times[number].append(seen.at)
        if seen.at < self._start_365:
            return
        self._paired += len(seen.people) > 1
        if not self._window.odd(seen.commit):
            self._timed += 1
            self._late += out_of_hours(seen.commit.authored_locally)

    def result(self, identities: Identities, pseudonym: Callable[[str], str]) -> Contributors:
        """The fact, people in the order of their pseudonyms."""
        names = identities.pseudonyms(pseudonym)
        dated: dict[str, list[int]] = defaultdict(list)
        undated: dict[str, list[int]] = defaultdict(list)
        for source, merged in ((self._times, dated), (self._undated, undated)):
            for number, times in source.items():
                merged[names[number]].extend(times)
        people = (self._person(name, dated.get(name, []), undated.get(name, [])) for name in {*dated, *undated})
        return Contributors(
            as_of=self._as_of,
            people=tuple(sorted(people, key=lambda p: p.person)),
            bots=len({identities.person(n) for n in self._bots}),
            paired_commits_365_days=self._paired,
            out_of_hours_commits_365_days=self._late,
            timed_commits_365_days=self._timed,
        )

    def _person(self, name: str, dated: list[int], undated: list[int]) -> PersonActivity:
        """Commits with an impossible date count, but date nothing unless there are no others."""
        times = sorted(dated) or sorted(undated)
        start_90 = self._window.start(90)
        return PersonActivity(
            person=name,
            commits_90_days=sum(t >= start_90 for t in dated),
            commits_365_days=sum(t >= self._start_365 for t in dated),
            commits_all=len(dated) + len(undated),
            first_at=datetime.fromtimestamp(times[0], UTC),
            last_at=datetime.fromtimestamp(times[-1], UTC),
            tenth_at=datetime.fromtimestamp(times[9], UTC) if len(times) > 9 else None,
        )


def out_of_hours(local: datetime) -> bool:
    """Whether a local time lies on Saturday or Sunday, before 07:00 or from 20:00."""
    return local.weekday() >= _SATURDAY or not _WORK_STARTS <= local.hour < _WORK_ENDS
