"""What the user says of people: which identities are one person, which are machines, which only look alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Sort = Literal["person", "bot", "agent", "shared"]


@dataclass(frozen=True, slots=True)
class PeopleMap:
    """What the user says of identities. ``first`` maps each merged identity to the first of its person.

    ``sorts`` holds what is no person by first identity; ``apart`` are identities that a name alone never merges.
    ``digest`` is the SHA-256 (hex) of the file, empty without one.
    """

    first: Mapping[str, str] = field(default_factory=dict, repr=False)
    sorts: Mapping[str, Sort] = field(default_factory=dict, repr=False)
    apart: frozenset[str] = field(default=frozenset(), repr=False)
    digest: str = ""

    def canonical(self, identity: str) -> str:
        """The identity that stands for ``identity``'s person."""
        return self.first.get(identity, identity)

    def sort(self, identity: str) -> Sort | None:
        """What the user says that ``identity`` is, None when the file does not name it."""
        return self.sorts.get(self.canonical(identity))


NOBODY = PeopleMap()
"""No file: every identity stands for itself."""
