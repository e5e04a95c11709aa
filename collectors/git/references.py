"""Which issues commits name, in a form that compares across repositories."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Literal

from collectors.git.identity import Identities
from collectors.git.messages import NOT_TICKETS, TICKET
from collectors.git.stream import Seen, Window
from scanner.facts.knowledge import Reference, References

WINDOW_DAYS = 365
KEYS_PER_COMMIT = 5
REFERENCES_KEPT = 5_000
_TEXT = 4_000
_KEY_CHARACTERS = 120

Kind = Literal["ticket", "own", "elsewhere"]
_OWN = re.compile(r"(?:^|[\s(\[,:;])(?:#|GH-)(\d{1,8})\b", re.IGNORECASE)
_FULL = re.compile(r"(?:^|[\s(\[,:;])([\w.-]{1,60}(?:/[\w.-]{1,60}){1,5})#(\d{1,8})\b")
_ADDRESS = re.compile(
    r"https?://[\w.-]{1,100}/([\w.-]{1,60}(?:/[\w.-]{1,60}){1,5}?)(?:/-)?/(?:issues|pull)/(\d{1,8})\b"
)


class Referring:
    """Keeps the issues that the human commits of 365 days name, newest first."""

    def __init__(self, as_of: datetime, repository: str) -> None:
        self._as_of = as_of
        self._start = Window(as_of).start(WINDOW_DAYS)
        self._repository = repository.lower()
        self._commits = self._referring = self._named = 0
        self._rows: list[tuple[str, Kind, int, int, int]] = []

    def add(self, seen: Seen) -> None:
        """Keep what one commit names."""
        if seen.at < self._start or not seen.human:
            return
        self._commits += 1
        named = keys_in(f"{seen.commit.subject}\n{seen.commit.body[:_TEXT]}", self._repository)
        self._referring += bool(named)
        self._named += len(named)
        if len(self._rows) < REFERENCES_KEPT:
            files = len(seen.commit.paths)
            self._rows += [(key, kind, seen.at, seen.author, files) for key, kind in named.items()]

    def result(self, identities: Identities, pseudonym: Callable[[str], str]) -> tuple[References, str]:
        """(fact, caveat)."""
        names = identities.pseudonyms(pseudonym)
        rows = tuple(
            Reference(key, kind, datetime.fromtimestamp(at, UTC).date(), names[author], files)
            for key, kind, at, author, files in self._rows
        )
        caveat = f"the newest {len(rows)} of {self._named} references" if len(rows) < self._named else ""
        return References(self._as_of, WINDOW_DAYS, self._commits, self._referring, rows), caveat


def keys_in(text: str, repository: str) -> dict[str, Kind]:
    """The issues that a message names, at most five, in order: tickets, then full names, then own numbers."""
    if "#" not in text and "-" not in text and "://" not in text:
        return {}
    found: dict[str, Kind] = {}
    for key, kind in _keys(text, repository):
        if len(key) <= _KEY_CHARACTERS:
            found.setdefault(key, kind)
        if len(found) == KEYS_PER_COMMIT:
            break
    return found


def _keys(text: str, repository: str) -> Iterator[tuple[str, Kind]]:
    for match in TICKET.finditer(text):
        if match.group(1) not in NOT_TICKETS and match.group(1) != "GH":
            yield match.group(), "ticket"
    for pattern in (_FULL, _ADDRESS):
        for match in pattern.finditer(text):
            place = match.group(1).lower()
            yield f"{place}#{int(match.group(2))}", "own" if place == repository else "elsewhere"
    for match in _OWN.finditer(text):
        yield f"{repository}#{int(match.group(1))}", "own"
