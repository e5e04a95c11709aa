"""Who changes the code: the same map, coloured by the person who made more than half of a file's revisions of the year.

People are letters, given in the order of the paths: they say who is the same person in this picture, and nothing else.
"""

from __future__ import annotations

from collections import defaultdict

from reports import words
from reports.drawings.hotspots import arranged, reason, told
from reports.drawings.shapes import Picture, Table
from reports.drawings.svg import INK, MUTED, WIDTH, element, label, picture
from reports.drawings.treemap import HEIGHT, Paint, treemap
from scanner.core.drawings import NOBODY, OTHERS, OWNERS, SHARED, Cell, FileMap

COLOURS = ("#77aadd", "#ee8866", "#eedd88", "#ffaabb", "#99ddff", "#44bb99", "#bbcc33", "#aaaa00")
"""P. Tol's light scheme: told apart with every common colour blindness, and dark enough letters can stand on each."""
GREYS = {OTHERS: "#b4bcc4", SHARED: "#dde3e8", NOBODY: "#f7f9fa"}
NAMES = {OTHERS: "others", SHARED: "several, none with more than half", NOBODY: "not changed in the year"}
UNKNOWN = "#ffffff"
_KEY = 62.0


def knowledge(files: FileMap, key: str, font: str) -> Picture:
    """The map of one repository; only words where its history could not be read."""
    about = "The same files, coloured by the person who made more than half of a file's revisions of the year"
    heading = "Who changes it"
    if files.untold is not None:
        return Picture(heading, about, "", (f"Unknown: {reason(files)}",))
    about_it = (
        "Colour: the person with more than half of the file's revisions in the last 365 days. Letters are given in the order of "
        "the paths; they rank nobody and say only what is one person's. Hatched: that person has not committed here for 90 days, "
        "so the knowledge may be gone."
    )
    said = [about_it]
    if files.people > OWNERS:
        said.append(f"{files.people:,} people own a file in this sense; {OWNERS} are told apart, the others are grey.")
    if not files.seen:
        said.append("When people last committed is unknown, so nothing is hatched.")
    if all(cell.owner == NOBODY for cell in files.cells):
        said.append("No product file changed in the year, so nobody is shown.")
    layout = arranged(files)
    body = treemap(layout, paint, key) + _legend(files, key)
    svg = picture(key, HEIGHT + _KEY, about, body, font, hatched=True)
    return Picture(heading, about, svg, tuple(said), (_table(files),), tall=(HEIGHT + _KEY) / WIDTH)


def paint(cell: Cell) -> Paint:
    """The colour of a cell by its owner, and what it says."""
    fill = UNKNOWN if cell.owner is None else GREYS.get(cell.owner) or COLOURS[cell.owner]
    quiet = ", who has not committed here for 90 days" if cell.inactive else ""
    return Paint(fill, INK, cell.inactive, told(cell, _name(cell.owner) + quiet))


def _name(owner: int | None) -> str:
    if owner is None:
        return "owner unknown"
    return NAMES.get(owner) or f"person {chr(ord('A') + owner)}"


def _legend(files: FileMap, key: str) -> str:
    """One swatch for every kind of owner that the map shows."""
    seen = sorted({cell.owner for cell in files.cells if cell.owner is not None})
    swatches = [(GREYS.get(o) or COLOURS[o], _name(o), False) for o in seen]
    if any(cell.inactive for cell in files.cells):
        swatches.append(("#ffffff", "hatched: not here for 90 days", True))
    out, x, y = [], 0.0, HEIGHT + 12
    for fill, name, hatched in swatches:
        width = 40 + 6.4 * len(name)
        if x + width > WIDTH:
            x, y = 0.0, y + 24
        box = {"x": x, "y": y, "width": 16.0, "height": 14.0}
        out.append(element("rect", fill=fill, stroke=MUTED, stroke_width=0.6, **box))
        out += [element("rect", fill=f"url(#hatch-{key})", **box)] if hatched else []
        out.append(label(name, x + 22, y + 11, 11))
        x += width
    return "".join(out)


def _table(files: FileMap) -> Table:
    lines: dict[int, int] = defaultdict(int)
    number: dict[int, int] = defaultdict(int)
    quiet: dict[int, bool] = defaultdict(bool)
    for cell in files.cells:
        owner = NOBODY if cell.owner is None else cell.owner
        lines[owner] += cell.lines
        number[owner] += cell.files
        quiet[owner] |= cell.inactive
    rows = tuple(
        (
            _name(o),
            f"{number[o]:,}",
            words.share(lines[o] / files.lines) if files.lines else "–",
            _last(o, quiet=quiet[o], seen=files.seen),
        )
        for o in sorted(lines)
    )
    return Table(
        "Lines of product code by owner", ("Owner", "Files", "Share of lines", "Committed here within 90 days"), rows
    )


def _last(owner: int, *, quiet: bool, seen: bool) -> str:
    if owner in (SHARED, NOBODY):
        return "–"
    if not seen:
        return "unknown"
    return ("some did not" if owner == OTHERS else "no") if quiet else "yes"
