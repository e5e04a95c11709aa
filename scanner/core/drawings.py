"""What the pictures of one repository show: its files, its modules, what changes together. Bounded, and without pseudonyms."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.core.evidence import Unknown
from scanner.core.subjects import Subject

OWNERS = 8
"""People told apart in one drawing; every further one is `OTHERS`."""
OTHERS, SHARED, NOBODY = OWNERS, OWNERS + 1, OWNERS + 2
"""Whose a file is beside the people told apart: one of the others, nobody's by more than half, unchanged in the year."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A product file, or ``files`` small ones of the folder ``path`` together.

    ``lines`` are code lines. ``revisions`` of the year (the most of any file of several) and ``owner`` are None when history did
    not tell. ``owner`` is a person (0 to 7) who made more than half of the year's revisions, or `OTHERS`, `SHARED`, `NOBODY`;
    people are numbered in the order of the paths they are first met in, which says nothing of anybody. ``inactive``: that person
    did not commit to the repository for 90 days.
    """

    path: str
    lines: int
    files: int = 1
    revisions: int | None = None
    owner: int | None = None
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class FileMap:
    """The product files, largest first. ``untold`` is why revisions and owners are None; ``people`` own a file by more than half.

    ``seen`` is False when it is unknown who committed lately; then no cell is inactive.
    """

    cells: tuple[Cell, ...]
    files: int
    lines: int
    people: int = 0
    seen: bool = True
    untold: Unknown | None = None


@dataclass(frozen=True, slots=True)
class ModuleNode:
    """A module, or the folder of ``modules`` of them; ``cycle`` is 0, or the number (from 1) of the import cycle it is part of."""

    name: str
    modules: int = 1
    cycle: int = 0


@dataclass(frozen=True, slots=True)
class ModuleMap:
    """Who imports whom: ``edges`` are (importer, imported, imports) by position in ``nodes``.

    ``modules`` are all of them; the nodes are folders when ``folded``, and then cycles are those of folders. ``cycles`` holds the
    members of each, the largest first.
    """

    languages: tuple[str, ...]
    modules: int
    folded: bool
    nodes: tuple[ModuleNode, ...]
    edges: tuple[tuple[int, int, int], ...]
    cycles: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Coupling:
    """Two files that change together: ``shared`` commits, ``degree`` 0 to 1."""

    a: str
    b: str
    shared: int
    degree: float


@dataclass(frozen=True, slots=True)
class CouplingMap:
    """The closest pairs of a repository; ``pairs_found`` counts all that are coupled, ``commits`` those looked at."""

    pairs: tuple[Coupling, ...]
    pairs_found: int
    commits: int
    window_days: int


@dataclass(frozen=True, slots=True)
class CoupledRepositories:
    """Two repositories that work meets in: ``shared`` issues with commits in both at most 30 days apart.

    ``degree`` is shared issues ÷ the mean of both repositories' issues (0.3 to 1).
    """

    a: Subject
    b: Subject
    shared: int
    degree: float


@dataclass(frozen=True, slots=True)
class RepositoryCoupling:
    """Repositories that change together, closest first. ``spread`` of ``issues`` took commits in two repositories or more."""

    window_days: int
    issues: int
    spread: int
    pairs: tuple[CoupledRepositories, ...]
    pairs_found: int
