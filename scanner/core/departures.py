"""The departure test: which few people's leaving would leave code that nobody knows. Sets of numbered people, never an order of persons."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.core.subjects import Subject


@dataclass(frozen=True, slots=True)
class DepartureSet:
    """At most ``size`` people whose leaving together orphans ``files`` product files in work, more than any other such set.

    ``people`` are numbers (P1, P2, …), given in the order of the paths that people are met in. ``share`` is of all product files in work that somebody present knows,
    0 to 1; ``areas`` are (repository, top directory) that lose more than half of theirs. ``certain`` is False when the search
    ended early: then it is at least so many.
    """

    size: int
    people: tuple[str, ...]
    files: int
    share: float
    areas: tuple[tuple[Subject, str], ...]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class AreaDeparture:
    """The smallest set (1 to 3 people) whose leaving leaves more than half of an area's ``known`` files in work to nobody.

    An area is a top directory of a repository ("." for files outside any), or a declared ``system``.
    """

    system: str
    subject: Subject | None
    area: str
    people: tuple[str, ...]
    files: int
    known: int


@dataclass(frozen=True, slots=True)
class Departures:
    """The test over the whole estate (``sets`` of 1, 2 and 3) and by system and area, ordered by their names.

    ``known`` product files in work are known to somebody present, ``forgotten`` to nobody any more. ``areas_judged`` counts the
    areas with enough files, ``left_out`` those affected and not listed.
    """

    present: int
    known: int
    forgotten: int
    sets: tuple[DepartureSet, ...]
    areas: tuple[AreaDeparture, ...]
    areas_judged: int
    left_out: int = 0
