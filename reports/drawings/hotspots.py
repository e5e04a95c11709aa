"""Where the code changes: product files by size, coloured by revisions of the year."""

from __future__ import annotations

from reports import words
from reports.drawings.shapes import Picture, Table
from reports.drawings.svg import INK, MUTED, PAPER, WIDTH, element, label, picture
from reports.drawings.treemap import HEIGHT, WHOLE, Layout, Paint, arrange, treemap
from scanner.core.drawings import Cell, FileMap

STEPS = ((0, "none", "#eef2f5", INK), (1, "1–2", "#fdebcf", INK), (3, "3–5", "#fdcc8a", INK), (6, "6–11", "#fc8d59", INK),
         (12, "12–23", "#c92a1c", PAPER), (24, "24 or more", "#7f0000", PAPER))  # fmt: skip
"""From so many revisions in the year on: what the scale says, the colour, and that of a name on it."""
UNTOLD = "#dfe5ea"
LISTED = 12
"""Files named in the table."""
_KEY = 34.0


def hotspots(files: FileMap, key: str, font: str) -> Picture:
    """The map of one repository; without colours where its history could not be read."""
    about = "Product files by folder; the area is lines of code, the colour how often the file changed in the year"
    about_it = (
        f"{words.count(files.files, 'product file')} with {files.lines:,} lines of code. Area: lines of code. "
        "Colour: commits of people that touched the file in the last 365 days. What is large and dark is where work and "
        "risk meet (A. Tornhill, Your Code as a Crime Scene, 2015)."
    )
    said = [about_it]
    if files.untold is not None:
        said.append(f"How often files changed is unknown: {reason(files)}")
    elif not any(cell.revisions for cell in files.cells):
        said.append("No product file changed in the year.")
    body = treemap(arranged(files), paint, key) + (_scale() if files.untold is None else "")
    svg = picture(key, HEIGHT + _KEY, about, body, font)
    return Picture("Where it changes", about, svg, tuple(said), (_table(files),), tall=(HEIGHT + _KEY) / WIDTH)


def arranged(files: FileMap) -> Layout:
    """The cells of a map in the rectangle of all treemaps."""
    return arrange(files.cells, WHOLE)


def reason(files: FileMap) -> str:
    """Why the history of the files is unknown."""
    hole = files.untold
    return f"{words.REASONS[hole.why]} ({words.plain(hole.detail, 300)})" if hole else ""


def paint(cell: Cell) -> Paint:
    """The colour of a cell by its revisions, and what it says."""
    if cell.revisions is None:
        return Paint(UNTOLD, INK, hatched=False, words=told(cell, "changes unknown"))
    _, _, fill, ink = max(step for step in STEPS if cell.revisions >= step[0])
    times = f"{words.count(cell.revisions, 'revision')} in the year"
    return Paint(fill, ink, hatched=False, words=told(cell, f"at most {times} each" if cell.files > 1 else times))


def told(cell: Cell, more: str) -> str:
    """What a cell says to who points at it."""
    place = words.plain(cell.path, 220)
    name = (
        place
        if cell.files == 1
        else f"{words.count(cell.files, 'other file')} in {place + '/' if place else 'the top folder'}"
    )
    return f"{name}: {words.count(cell.lines, 'line')} of code, {more}"


def _scale() -> str:
    out, x, y = [label("revisions in the year", 0, HEIGHT + 23, 11, fill=MUTED)], 150.0, HEIGHT + 12
    for _, name, fill, _ in STEPS:
        out.append(element("rect", x=x, y=y, width=16.0, height=14.0, fill=fill, stroke=MUTED, stroke_width=0.6))
        out.append(label(name, x + 22, y + 11, 11))
        x += 44 + 7 * len(name)
    return "".join(out)


def _table(files: FileMap) -> Table:
    single = [c for c in files.cells if c.files == 1]
    if files.untold is not None:
        rows = tuple((words.plain(c.path, 220), f"{c.lines:,}", "unknown") for c in single[:LISTED])
        return Table("The largest files", ("File", "Lines of code", "Revisions in the year"), rows)
    hottest = sorted((c for c in single if c.revisions), key=lambda c: (-c.lines * (c.revisions or 0), c.path))
    rows = tuple((words.plain(c.path, 220), f"{c.lines:,}", f"{c.revisions:,}") for c in hottest[:LISTED])
    return Table("Files by lines × revisions", ("File", "Lines of code", "Revisions in the year"), rows)
