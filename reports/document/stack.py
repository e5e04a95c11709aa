"""The stack as rows: product, version, where, and how long it is supported."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from reports import words
from scanner.core.assessment import Assessment, SubjectProfile
from scanner.core.stack import STACK_KINDS, StackInventory, StackItem, StackKind, Standing
from scanner.core.subjects import Subject

KINDS: dict[StackKind, str] = {
    "language": "Languages", "runtime": "Runtimes", "framework": "Frameworks", "database": "Databases", "service": "Services", "image": "Base images",
    "library": "Libraries",
}  # fmt: skip
STATES = {"supported": "supported", "ending": "ending within 12 months", "ended": "ended", "unknown": "unknown"}
PLACES = 4
"""Places that a row names; the rest stand in assessment.json."""


@dataclass(frozen=True, slots=True)
class StackPlace:
    """Where a version is written."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class StackRow:
    """One product at one version. ``state`` is a word of `STATES`; ``ends`` and ``latest`` are empty when unknown."""

    name: str
    version: str
    state: str
    shade: str
    ends: str
    latest: str
    reason: str
    places: tuple[StackPlace, ...]
    more: int


@dataclass(frozen=True, slots=True)
class StackPart:
    """The section. ``parts`` are the kinds with their rows; ``limits`` say what is missing."""

    lead: str
    parts: tuple[tuple[str, tuple[StackRow, ...]], ...]
    limits: tuple[str, ...]


def stack(assessment: Assessment) -> StackPart:
    """The stack of ``assessment``; only words when it was not looked at."""
    found = assessment.stack
    if found is None:
        return StackPart("The stack was not looked at.", (), ())
    profiles = {p.subject: p for p in assessment.profiles}
    parts = []
    for kind in STACK_KINDS:
        rows = tuple(_row(item, profiles) for item in found.items if item.kind == kind)
        parts += [(KINDS[kind], rows)] if rows else []
    return StackPart(_lead(found), tuple(parts), _limits(found))


def _lead(found: StackInventory) -> str:
    counted = Counter(item.support for item in found.items if item.kind != "language")
    if not counted:
        return "No runtime, framework, database or image is named with or without a version."
    states = ", ".join(
        f"{counted[key]:,} {STATES[key]}" for key in ("ended", "ending", "supported", "unknown") if counted[key]
    )
    return f"{words.count(counted.total(), 'part')} of the stack beside languages, by product and version as written: {states}."


def _limits(found: StackInventory) -> tuple[str, ...]:
    said = []
    if found.table_as_of:
        said.append(
            f"End of support by the shipped table of endoflife.date of {words.day(found.table_as_of)}; the latest line is the newest that it knows "
            "and that was out on the day of this report. Unknown is neither supported nor ended."
        )
    for subject, hole in found.holes:
        said.append(f"{words.name(subject)}: unknown, {words.REASONS[hole.why]} ({words.plain(hole.detail, 300)}).")
    if found.left_out:
        said.append(f"{words.count(found.left_out, 'further item')} left out of this list.")
    return tuple(said[:40])


def _row(item: StackItem, profiles: dict[Subject, SubjectProfile]) -> StackRow:
    latest = words.plain(item.latest, 60)
    lines = f"{item.code_lines:,} lines of code" if item.code_lines else ""
    return StackRow(
        name=words.plain(item.name, 120),
        version=words.plain(item.version, 120) or "not written",
        state=STATES[item.support],
        shade=item.support,
        ends=words.day(item.ends) if item.ends else "",
        latest=f"{latest} ({words.day(item.latest_on)})" if latest and item.latest_on else latest,
        reason="; ".join(filter(None, (words.plain(item.reason, 300), lines))),
        places=tuple(_place(place, profiles.get(place.subject)) for place in item.places[:PLACES]),
        more=item.places_total - min(PLACES, len(item.places)),
    )


def _place(place: Standing, profile: SubjectProfile | None) -> StackPlace:
    path = words.plain(place.path, 200)
    line = f":{place.line}" if place.line else ""
    href = words.permalink(profile.url, profile.head, place.path, place.line or None) if profile else ""
    return StackPlace(f"{words.name(place.subject)}{f' {path}{line}' if path else ''}", href)
