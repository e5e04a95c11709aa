"""The departure test as tables: sets of people by what their leaving would leave to nobody, in the order of systems and areas."""

from __future__ import annotations

from reports import words
from reports.drawings.shapes import Picture, Table
from scanner.core.departures import AreaDeparture, Departures, DepartureSet
from scanner.core.evidence import Unknown

HEADING = "What would be forgotten"
AREAS = 12
"""Areas that one row names before it says how many more there are."""
LISTED = 60
"""Rows of the table of areas."""
_HOW_MANY = {1: "one person", 2: "two people", 3: "three people"}


def departures(found: Departures | Unknown | None) -> Picture:
    """The sets over the whole, then the systems and areas that hang on a few people; only words where it is unknown."""
    about = "Sets of one to three people whose leaving leaves code that nobody knows"
    if found is None:
        return Picture(HEADING, about, "", ("Who would be missed was not looked at.",))
    if isinstance(found, Unknown):
        closes = f" What closes it: {words.plain(found.closes, 300)}." if found.closes else ""
        return Picture(
            HEADING, about, "", (f"Unknown: {words.REASONS[found.why]} ({words.plain(found.detail, 300)}).{closes}",)
        )
    said = [_about(found)]
    if len(found.sets) < 3:
        few = words.count(found.present, "person", "people")
        said.append(
            f"Only {few} committed in the 90 days before, so two or three at once would be most of them and are not looked at."
        )
    if found.forgotten:
        said.append(
            f"{words.count(found.forgotten, 'further file')} in work: nobody who is still there knows {'it' if found.forgotten == 1 else 'them'}."
        )
    if not found.known:
        said.append(
            "No product file was changed three times in the year, so nothing is in work that could be forgotten."
        )
        return Picture(HEADING, about, "", tuple(said))
    if not found.areas:
        judged = words.count(found.areas_judged, "area")
        said.append(
            f"Of {judged} with five files in work or more, none would be left by up to {len(found.sets)} without anyone for more than half of them."
        )
    return Picture(HEADING, about, "", tuple(said), _tables(found))


def _about(found: Departures) -> str:
    return (
        f"{words.count(found.known, 'product file')} with three revisions or more in the year, and the "
        f"{words.count(found.present, 'person', 'people')} who committed in the 90 days before. Who knows a file is inferred from who made and changed "
        "it (degree of authorship, Avelino et al. 2016). People are numbered in the order of the paths that they are met in. Each line "
        "names a set because of what only they know together; it says nothing of how anybody works, and ranks nobody."
    )


def _tables(found: Departures) -> tuple[Table, ...]:
    whole = Table(
        "The whole: the set whose leaving costs most",
        ("If these leave", "People", "Files left to nobody", "Share", "Areas left without anyone for more than half"),
        tuple(_set(s) for s in found.sets), numbers=False, opened=True,
    )  # fmt: skip
    listed = found.areas[:LISTED]
    more = len(found.areas) - len(listed) + found.left_out
    caption = f"By system and area, the smallest such set{f', the first {len(listed)} of {len(listed) + more}' if more else ''}"
    areas = Table(
        caption, ("System or area", "How many", "People", "Files left to nobody"), tuple(_area(a) for a in listed), numbers=False, opened=True,
    )  # fmt: skip
    return (whole, areas) if listed else (whole,)


def _set(one: DepartureSet) -> tuple[str, ...]:
    named = ", ".join(f"{words.name(subject)}: {words.plain(area, 80)}" for subject, area in one.areas[:AREAS])
    more = f" and {len(one.areas) - AREAS} more" if len(one.areas) > AREAS else ""
    least = "" if one.certain else "at least "
    return (
        _HOW_MANY.get(one.size, str(one.size)),
        ", ".join(one.people) or "nobody",
        f"{least}{one.files:,}",
        f"{least}{words.share(one.share)}",
        named + more or "none",
    )


def _area(one: AreaDeparture) -> tuple[str, ...]:
    name = f"system {words.plain(one.system, 120)}"
    if one.subject is not None:
        name = f"{words.name(one.subject)}: {'files outside any folder' if one.area == '.' else words.plain(one.area, 120)}"
    return name, str(len(one.people)), ", ".join(one.people), f"{one.files:,} of {one.known:,}"
