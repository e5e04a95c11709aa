"""What the import resolvers of all languages share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Raw:
    """The imports of one blob as written, each once. ``package`` is Java's, ``names`` are type names used there."""

    imports: tuple[str, ...]
    package: str = ""
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Resolution:
    """Where the imports of one file lead: modules of the repository, outside, or nowhere."""

    modules: set[str] = field(default_factory=set)
    external: int = 0
    unresolved: int = 0


class Resolver(Protocol):
    """Resolves the imports of one language against the files of the repository."""

    def module(self, path: str) -> str:
        """The module that a file belongs to: its path, or its folder."""

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the imports of the file at ``path`` lead."""


def parents(path: str) -> Iterable[str]:
    """The folders above ``path``, nearest first, the root ("") last."""
    while path:
        path = path.rpartition("/")[0]
        yield path
