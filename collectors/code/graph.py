"""What the import resolvers of all languages share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Raw:
    """The imports of one blob as written, each once.

    ``package`` is the package or namespace it stands in, ``declared`` what it declares there for others, where files are not
    named after it; ``names`` are names of types used there. ``types`` counts the types declared, ``abstract_types`` those
    of them that only promise (interfaces, traits, protocols, abstract classes). ``starts`` says that it is run by itself.
    """

    imports: tuple[str, ...]
    package: str = ""
    names: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    types: int = 0
    abstract_types: int = 0
    starts: bool = False


@dataclass(slots=True)
class Resolution:
    """Where the imports of one file lead: modules of the repository, outside, or nowhere.

    ``parts`` are modules that it takes in without using them, as ``mod`` of Rust does.
    """

    modules: set[str] = field(default_factory=set)
    external: int = 0
    unresolved: int = 0
    parts: set[str] = field(default_factory=set)


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


def nearest(path: str, candidates: Iterable[str]) -> str:
    """The candidate that shares most folders with ``path``, the first by name among equals; empty without candidates."""
    parts = path.split("/")

    def apart(other: str) -> tuple[int, str]:
        shared = 0
        for mine, theirs in zip(parts, other.split("/"), strict=False):
            if mine != theirs:
                break
            shared += 1
        return -shared, other

    return min(candidates, key=apart, default="")


def joined(folder: str, relative: str) -> str:
    """``relative`` seen from ``folder``, with its dots taken out; empty for the root, and for what lies outside of it."""
    parts = folder.split("/") if folder else []
    for part in relative.split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
