"""Product files by size, with how often they changed in the year and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scanner.core.drawings import NOBODY, OTHERS, OWNERS, SHARED, Cell, FileMap
from scanner.core.evidence import Unknown
from scanner.core.figures import age_days
from scanner.facts.history import Contributors, FileChange, FileChanges
from scanner.facts.tree import CodeSize, FileLines
from scanner.pipeline.drawings.folders import folded, folder_of, shown

CELLS = 400
"""Most cells of one repository."""
_OF_FOLDERS = 100
"""How many of them may be the small files of a folder together."""
_QUIET_DAYS = 90


@dataclass(frozen=True, slots=True)
class _Owners:
    """People by the number they have in the drawing, and those who were not seen for 90 days."""

    numbers: Mapping[str, int]
    quiet: frozenset[str]


def file_map(
    size: CodeSize, changes: FileChanges | Unknown, contributors: Contributors | None, as_of: datetime
) -> FileMap:
    """The product files of one repository, at most `CELLS`: the rest go together by folder."""
    product = sorted((f for f in size.files if f.role == "product" and f.code > 0), key=lambda f: (-f.code, f.path))
    known = {} if isinstance(changes, Unknown) else {change.path: change for change in changes.files}
    owners = _owners(product, known, contributors, as_of)
    told = not isinstance(changes, Unknown)
    cells = [_cell(line, known.get(line.path) if told else None, owners, told=told) for line in product]
    return FileMap(
        cells=tuple(sorted(_bounded(cells), key=lambda c: (-c.lines, c.path, c.files))),
        files=len(product),
        lines=sum(line.code for line in product),
        people=len(owners.numbers),
        seen=contributors is not None,
        untold=changes if isinstance(changes, Unknown) else None,
    )


def main_person(change: FileChange | None) -> str:
    """Who made more than half of the year's revisions; empty when nobody did, or two people did together."""
    if change is None or not change.main_person:
        return ""
    together = change.people_365_days > change.revisions_365_days
    alone = change.people_365_days == 1
    return change.main_person if alone or (change.main_person_share > 0.5 and not together) else ""


def _owners(
    product: Sequence[FileLines], known: Mapping[str, FileChange], contributors: Contributors | None, as_of: datetime
) -> _Owners:
    """The people with most lines get numbers of their own, in the order of the paths they are met in; the rest is `OTHERS`."""
    lines: dict[str, int] = defaultdict(int)
    first: dict[str, str] = {}
    for line in sorted(product, key=lambda f: f.path):
        person = main_person(known.get(line.path))
        if person:
            lines[person] += line.code
            first.setdefault(person, line.path)
    told_apart = sorted(lines, key=lambda p: (-lines[p], first[p]))[:OWNERS]
    numbers = dict.fromkeys(lines, OTHERS)
    numbers.update({person: number for number, person in enumerate(sorted(told_apart, key=first.__getitem__))})
    people = contributors.people if contributors else ()
    return _Owners(numbers, frozenset(p.person for p in people if age_days(p.last_at, as_of) > _QUIET_DAYS))


def _cell(line: FileLines, change: FileChange | None, owners: _Owners, *, told: bool) -> Cell:
    if not told:
        return Cell(shown(line.path), line.code)
    revisions = change.revisions_365_days if change else 0
    person = main_person(change)
    owner = owners.numbers[person] if person else SHARED if revisions else NOBODY
    return Cell(shown(line.path), line.code, 1, revisions, owner, person in owners.quiet)


def _bounded(cells: list[Cell]) -> list[Cell]:
    if len(cells) <= CELLS:
        return cells
    kept, rest = cells[: CELLS - _OF_FOLDERS], cells[CELLS - _OF_FOLDERS :]
    place = folded([folder_of(cell.path) for cell in rest], _OF_FOLDERS)
    groups: dict[str, list[Cell]] = defaultdict(list)
    for cell in rest:
        groups[place[folder_of(cell.path)]].append(cell)
    return kept + [_together(folder, groups[folder]) for folder in sorted(groups)]


def _together(folder: str, cells: list[Cell]) -> Cell:
    """One cell for several: the revisions of the most revised, the owner with most lines."""
    lines: dict[tuple[int, bool], int] = defaultdict(int)
    for cell in cells:
        if cell.owner is not None:
            lines[cell.owner, cell.inactive] += cell.lines
    owner, inactive = min(lines, key=lambda key: (-lines[key], key)) if lines else (None, False)
    revisions = max((cell.revisions for cell in cells if cell.revisions is not None), default=None)
    return Cell(folder, sum(cell.lines for cell in cells), len(cells), revisions, owner, inactive)
