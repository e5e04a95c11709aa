"""The things facts are about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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

    @classmethod
    def parse(cls, key: str) -> Subject:
        """The inverse of `key`; ValueError when the kind is unknown."""
        kind, _, name = key.partition(":")
        return cls(Kind(kind), name)
