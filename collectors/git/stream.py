"""What one pass over a history hands to its accumulators: one small record per commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from collectors.git.agents import author_tool, co_authors, declares_agent, is_agent, is_bot
from collectors.git.identity import Identities
from scanner.repository import Commit

DAY = 86_400
"""Seconds."""
EPOCH_OF_TRUST = datetime(1990, 1, 1, tzinfo=UTC)
"""Commits dated before this are wrong: no tool that git imports from is older (RCS 1982, CVS 1990)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A commit, made ready to count. ``at`` is the committer's time in seconds since 1970.

    ``author`` and ``people`` are numbers of `Identities`; ``people`` holds the human author and the
    human co-authors, and is empty when the author is a bot. ``touched`` are numbers of paths at head.
    """

    commit: Commit
    at: int
    merge: bool
    bot: bool
    agent: bool
    author: int
    people: tuple[int, ...]
    touched: tuple[int, ...]

    @property
    def human(self) -> bool:
        """A commit that counts as a person's work: no bot, no merge."""
        return not self.bot and not self.merge

    @property
    def dated(self) -> bool:
        """Whether its time can be believed (1990 or later; later than ``as_of`` never arrives here)."""
        return self.at >= _TRUST_SECONDS


_TRUST_SECONDS = int(EPOCH_OF_TRUST.timestamp())


@dataclass(frozen=True, slots=True)
class Window:
    """The moments that windows are cut at, in seconds: a commit is in when ``start <= at``."""

    as_of: datetime

    def start(self, days: int) -> int:
        """The first second of the window of ``days`` days that ends at ``as_of``."""
        return int(self.as_of.timestamp()) - days * DAY

    def odd(self, commit: Commit) -> bool:
        """Whether either date of a commit lies before 1990 or after ``as_of``."""
        return not (
            EPOCH_OF_TRUST <= commit.committed_at <= self.as_of and EPOCH_OF_TRUST <= commit.authored_at <= self.as_of
        )


class Reader:
    """Turns commits into `Seen`: resolves people, tells bots and agents, numbers the paths at head.

    ``paths`` may grow between commits: a renamed file's old names get its number.
    """

    def __init__(self, identities: Identities, paths: dict[str, int]) -> None:
        self._identities = identities
        self._paths = paths
        self._machines: dict[tuple[str, str], tuple[bool, bool]] = {}

    def read(self, commit: Commit) -> Seen:
        """The record of ``commit``."""
        name, tool = author_tool(commit.author_name)
        author = self._identities.number(name, commit.author_email)
        bot, _ = self._machine(name, commit.author_email)
        signed = co_authors(commit.body)
        agent = tool or declares_agent(commit.body) or any(self._machine(*pair)[1] for pair in signed)
        get = self._paths.get
        touched = dict.fromkeys(get(path) for _, path in commit.changes)
        return Seen(
            commit=commit,
            at=int(commit.committed_at.timestamp()),
            merge=len(commit.parents) > 1,
            bot=bot,
            agent=agent and not bot,
            author=author,
            people=() if bot else self._people(author, signed),
            touched=tuple(number for number in touched if number is not None),
        )

    def _people(self, author: int, signed: tuple[tuple[str, str], ...]) -> tuple[int, ...]:
        if not signed:
            return (author,)
        numbers = [author]
        numbers += [self._identities.number(*pair) for pair in signed if any(pair) and not self._machine(*pair)[0]]
        return tuple({self._identities.person(number): number for number in reversed(numbers)}.values())

    def _machine(self, name: str, email: str) -> tuple[bool, bool]:
        """(bot, AI agent), remembered."""
        known = self._machines.get((name, email))
        if known is None:
            proper = self._identities.proper(name, email)
            sort = self._identities.sort(name, email)
            told = None if sort is None else (sort != "person", sort == "agent")
            known = self._machines[name, email] = told or (is_bot(*proper), is_agent(*proper))
        return known
