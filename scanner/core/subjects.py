"""The things facts are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase


class Kind(StrEnum):
    """What a subject is: the estate as a whole, or one repository in it."""

    ORG = "org"
    REPO = "repo"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One repository (``repo:acme/api``) or the scanned estate (``org:acme``)."""

    kind: Kind
    name: str

    @property
    def key(self) -> str:
        """The stable text form, as reports, database and engagement files write it."""
        return f"{self.kind.value}:{self.name}"

    def matches(self, patterns: Iterable[str]) -> bool:
        """Whether any pattern (`fnmatch`) fits the key, the name, or the name's last part: "repo:acme/api", "acme/api", "api"."""
        names = (self.key, self.name, self.name.rsplit("/", 1)[-1])
        return any(fnmatchcase(name, pattern) for pattern in patterns for name in names)

    @classmethod
    def parse(cls, key: str) -> Subject:
        """The inverse of `key`; ValueError when the kind is unknown."""
        kind, _, name = key.partition(":")
        return cls(Kind(kind), name)
