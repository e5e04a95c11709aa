"""The departure test over the estate, its systems and its areas: the same search as the checks, with the sets that they found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from analyzers.departures import worst_departure
from analyzers.known_files import KnownFiles, in_order, known_files, present_people
from scanner.core.departures import AreaDeparture, Departures, DepartureSet
from scanner.core.evidence import Across, Unknown, Why, commonest
from scanner.core.subjects import Subject
from scanner.facts.engagement import System
from scanner.facts.history import Contributors
from scanner.facts.knowledge import Knowledge
from scanner.facts.tree import Tree
from scanner.pipeline.drawings.folders import shown

FEWEST_FILES = 5
"""Areas and systems with fewer product files in work that somebody knows are not judged."""
FEWEST_PEOPLE = 5
"""With fewer people present only single departures are looked at: three would be most of the team."""
AREAS = 200
"""Most areas that are listed."""
Who = frozenset[str]
Area = tuple[Subject, str]


def departures(
    knowledge: Across[Knowledge], people: Across[Contributors], trees: Across[Tree], systems: Iterable[System]
) -> Departures | Unknown:
    """Which sets of one to three people are the last to know code; a hole when that cannot be told."""
    present = present_people(people)
    files = known_files(knowledge, trees, present)
    if not files:
        return commonest({**trees.unknown, **knowledge.unknown})
    if len(present) < 2:
        few = "nobody" if not present else "only one person"
        return Unknown(
            Why.SAMPLE_TOO_SMALL, f"{few} committed in the 90 days before, so nobody else could know anything"
        )
    sizes = (1, 2, 3) if len(present) >= FEWEST_PEOPLE else (1,)
    by_area = _by_area(files)
    everything = [who for known in by_area.values() for who in known]
    found = [a for s in sorted(systems, key=lambda s: s.name) if (a := _of_system(s, files, sizes))]
    found += [
        area for (subject, name), known in sorted(by_area.items())
        if (area := _smallest("", subject, name, known, sizes))
    ]  # fmt: skip
    return Departures(
        present=len(present),
        known=sum(1 for who in everything if who),
        forgotten=sum(known.forgotten for known in files.values()),
        sets=tuple(_set(size, everything, by_area) for size in sizes),
        areas=tuple(found[:AREAS]),
        areas_judged=sum(_enough(known) for known in by_area.values()),
        left_out=max(0, len(found) - AREAS),
    )


def _by_area(files: Mapping[Subject, KnownFiles]) -> dict[Area, list[Who]]:
    areas: dict[Area, list[Who]] = defaultdict(list)
    for subject, known in files.items():
        for path, who in known.knowers.items():
            top, slash, _ = path.partition("/")
            areas[subject, shown(top) if slash else "."].append(who)
    return areas


def _enough(known: Sequence[Who]) -> bool:
    return sum(1 for who in known if who) >= FEWEST_FILES


def _set(size: int, everything: Sequence[Who], by_area: Mapping[Area, Sequence[Who]]) -> DepartureSet:
    worst = worst_departure(everything, size)
    known = sum(1 for who in everything if who)
    bare = sorted(
        area for area, whos in by_area.items()
        if _enough(whos) and 2 * sum(1 for who in whos if who and who <= worst.people) > sum(1 for who in whos if who)
    )  # fmt: skip
    share = worst.files / known if known else 0.0
    return DepartureSet(size, in_order(worst.people), worst.files, share, tuple(bare), worst.certain)


def _smallest(
    system: str, subject: Subject | None, name: str, known: Sequence[Who], sizes: Sequence[int]
) -> AreaDeparture | None:
    """The smallest set that leaves more than half of the area to nobody; None when none does or too little is known."""
    if not _enough(known):
        return None
    total = sum(1 for who in known if who)
    for size in sizes:
        worst = worst_departure(known, size)
        if 2 * worst.files > total:
            return AreaDeparture(system, subject, name, in_order(worst.people), worst.files, total)
    return None


def _of_system(system: System, files: Mapping[Subject, KnownFiles], sizes: Sequence[int]) -> AreaDeparture | None:
    known = [who for s in sorted(files) if s.matches(system.repos) for who in files[s].knowers.values()]
    return _smallest(shown(system.name), None, "", known, sizes)
