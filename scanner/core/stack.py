"""The stack in one place: every language, runtime, framework, database and image with version, place and end of support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from scanner.core.evidence import Unknown
from scanner.core.subjects import Subject

StackKind = Literal["language", "runtime", "framework", "database", "image", "service", "library"]
STACK_KINDS: tuple[StackKind, ...] = ("language", "runtime", "framework", "database", "service", "image", "library")
"""In the order in which reports list them."""
Support = Literal["supported", "ending", "ended", "unknown"]
"""``ending``: within 12 months of the day of the assessment."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where something of the stack is written; ``line`` is 0 when unknown."""

    subject: Subject
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class StackItem:
    """One product at one version, with every place that writes it (the first hundred; ``places_total`` counts all).

    ``version`` is as written, empty when none is. ``cycle`` is the release line of the end-of-life table, ``ends`` its last day of
    support, ``latest`` the newest release line that the table knows, with its day. ``reason`` says why the support is unknown, or
    what else limits the answer. ``code_lines`` are those of a language.
    """

    kind: StackKind
    name: str
    version: str
    cycle: str
    support: Support
    ends: date | None
    latest: str
    latest_on: date | None
    reason: str
    places: tuple[Standing, ...]
    places_total: int
    code_lines: int = 0


@dataclass(frozen=True, slots=True)
class StackInventory:
    """The items by kind and name. ``table_as_of`` is the day of the shipped end-of-life table, None when it was not asked.

    ``holes`` are repositories of which a part is unknown, with the reason; ``left_out`` counts items beyond the bound.
    """

    items: tuple[StackItem, ...]
    table_as_of: date | None
    holes: tuple[tuple[Subject, Unknown], ...]
    left_out: int = 0
