"""Facts on knowledge with plain defaults, and commits that a test feeds to an accumulator by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from collectors.git.identity import Identities
from collectors.git.mailmap import Mailmap
from collectors.git.stream import Reader, Seen
from scanner.facts.knowledge import (
    AreaKnowledge,
    FileKnowers,
    Holder,
    Knower,
    Knowledge,
    PersonQuarters,
    Presence,
    Reference,
    References,
)
from tests.builders import AS_OF
from tests.builders_commits import commit

QUARTERS = (
    "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4",
    "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2",
)  # fmt: skip
"""The twelve quarters that end with that of AS_OF, which runs."""


class Pass:
    """A history of the given paths at head, told commit by commit."""

    def __init__(self, *paths: str) -> None:
        self.paths = paths
        self.identities = Identities(Mailmap())
        self._reader = Reader(self.identities, {path: number for number, path in enumerate(paths)})

    def seen(
        self,
        days: float,
        by: str,
        *paths: str,
        subject: str = "Change something here",
        body: str = "",
        at: datetime | None = None,
        merge: bool = False,
    ) -> Seen:
        """A commit by ``by`` (first name; the address is theirs at acme.io, unless it holds an @), ``days`` before AS_OF."""
        moment = at or AS_OF - timedelta(days=days)
        mail = by if "@" in by else f"{by}@acme.io"
        parents = ("1" * 40, "2" * 40) if merge else ("1" * 40,)
        told = commit(by, mail, at=moment, subject=subject, body=body, paths=paths, parents=parents)
        return self._reader.read(told)


def knows(path: str, *people: str | tuple[str, float]) -> FileKnowers:
    """A busy file that these people know, each to the degree given or 5."""
    known = [Knower(p, 5.0) if isinstance(p, str) else Knower(*p) for p in people]
    return FileKnowers(path, tuple(known))


def area(
    name: str, holders: Mapping[str, int], *, commits: int = 20, factor: int = 1, share: float = 1.0
) -> AreaKnowledge:
    """An area of ten files; the first holder is its main person."""
    held = tuple(Holder(person, changes) for person, changes in holders.items())
    main = next(iter(holders), "")
    return AreaKnowledge(name, 10, 0, commits, 0, len(held), factor, main, share, held)


def knowledge(*files: FileKnowers, areas: tuple[AreaKnowledge, ...] = ()) -> Knowledge:
    """Who knows these busy files."""
    return Knowledge(AS_OF, areas, files)


def presence(**people: str) -> Presence:
    """Twelve quarters, a letter each: a dot where the person made no commit."""
    told = {name: tuple(int(letter != ".") for letter in text) for name, text in people.items()}
    return Presence(AS_OF, QUARTERS, tuple(PersonQuarters(name, commits) for name, commits in told.items()))


def reference(
    key: str, day: int = 1, person: str = "ann", kind: Literal["ticket", "own", "elsewhere"] = "ticket"
) -> Reference:
    """A commit of two files in June 2026 that names ``key``."""
    return Reference(key, kind, date(2026, 6, 1) + timedelta(days=day - 1), person, 2)


def references(*all_of_them: Reference) -> References:
    """These references of a year, each of a commit of its own."""
    return References(AS_OF, 365, len(all_of_them), len(all_of_them), all_of_them)
