"""What one pass over a history hands to its accumulators: one small record per commit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from collectors.git.agents import author_tool, co_authors, declares_agent, is_agent, is_bot, is_signed
from collectors.git.identity import Identities
from scanner.commits import Commit

DAY = 86_400
"""Seconds."""
EPOCH_OF_TRUST = datetime(1990, 1, 1, tzinfo=UTC)
"""Commits dated before this are wrong: no tool that git imports from is older (RCS 1982, CVS 1990)."""


class Seen(NamedTuple):
    """A commit, made ready to count. ``at`` is the committer's time in seconds since 1970.

    ``author`` and ``people`` are numbers of `Identities`; ``people`` holds the human author and the
    human co-authors, and is empty when the author is a bot. ``touched`` are numbers of paths at head.
    ``human`` is a commit that counts as a person's work: no bot, no merge. ``dated`` says that its time
    can be believed (1990 or later; later than ``as_of`` never arrives here).
    """

    commit: Commit
    at: int
    merge: bool
    bot: bool
    agent: bool
    author: int
    people: tuple[int, ...]
    touched: tuple[int, ...]
    human: bool
    dated: bool


_TRUST_SECONDS = int(EPOCH_OF_TRUST.timestamp())


@dataclass(frozen=True, slots=True)
class Window:
    """The moments that windows are cut at, in seconds: a commit is in when ``start <= at``."""

    as_of: datetime
    now: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "now", self.as_of.timestamp())

    def start(self, days: int) -> int:
        """The first second of the window of ``days`` days that ends at ``as_of``."""
        return int(self.as_of.timestamp()) - days * DAY

    def odd(self, commit: Commit) -> bool:
        """Whether either date of a commit lies before 1990 or after ``as_of``."""
        return not (
            _TRUST_SECONDS <= commit.committed_at <= self.now and _TRUST_SECONDS <= commit.authored_at <= self.now
        )


class Reader:
    """Turns commits into `Seen`: resolves people, tells bots and agents, numbers the paths at head.

    ``paths`` may grow between commits: a renamed file's old names get its number.
    """

    def __init__(self, identities: Identities, paths: dict[str, int]) -> None:
        self._identities = identities
        self._paths = paths
        self._machines: dict[tuple[str, str], tuple[bool, bool]] = {}
        self._authors: dict[tuple[str, str], tuple[int, bool, bool]] = {}

    def read(self, commit: Commit) -> Seen:
        """The record of ``commit``."""
        signature = (commit.author_name, commit.author_email)
        author, bot, tool = self._authors.get(signature) or self._author(signature)
        people: tuple[int, ...] = (author,)
        agent = tool
        if commit.below and is_signed(commit.below):
            body = commit.body
            signed = co_authors(body)
            people = self._people(author, signed)
            agent = tool or declares_agent(body) or any(self._machine(*pair)[1] for pair in signed)
        merge, at, get = len(commit.parents) > 1, commit.committed_at, self._paths.get
        touched = tuple([number for path in commit.paths if (number := get(path)) is not None])
        if len(touched) > 1:  # a renamed file goes by both of its names
            touched = tuple(dict.fromkeys(touched))
        return Seen(
            commit, at, merge, bot, agent and not bot, author, () if bot else people, touched,
            not bot and not merge, at >= _TRUST_SECONDS,
        )  # fmt: skip

    def _author(self, signature: tuple[str, str]) -> tuple[int, bool, bool]:
        """(number, bot, marked by an agent) of an author, remembered."""
        name, tool = author_tool(signature[0])
        bot, _ = self._machine(name, signature[1])
        told = self._authors[signature] = (self._identities.number(name, signature[1]), bot, tool)
        return told

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
