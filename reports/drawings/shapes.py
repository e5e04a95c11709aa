"""The section as plain values: pictures with the words, tables and evidence that stand beside them."""

from __future__ import annotations

from dataclasses import dataclass

from reports.document.shapes import EvidenceRow


@dataclass(frozen=True, slots=True)
class Table:
    """What a picture shows, for those who cannot see it; every row has as many cells as ``head``.

    ``numbers``: all but the first column hold figures. ``opened``: there is no picture of it, so it is printed in full everywhere.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: bool = True
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. ``svg`` is empty where there is nothing to draw, and ``words`` say why."""

    heading: str
    about: str
    svg: str
    words: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    """Lists that belong to the picture, such as the members of each import cycle."""
    tall: float = 0.0
    """Height ÷ width of the picture."""


@dataclass(frozen=True, slots=True)
class DrawnRepository:
    """The pictures of one repository and what they were read from."""

    name: str
    anchor: str
    pictures: tuple[Picture, ...]
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The whole section: the estate's services, its repositories, what ties them, who knows them, the months.

    ``nothing`` says why no repository is drawn, ``left_out`` names those that count and are not.
    """

    services: Picture
    repositories: tuple[DrawnRepository, ...]
    nothing: str
    left_out: str
    across: Picture
    departures: Picture
    months: Picture
