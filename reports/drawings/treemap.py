"""Product files as a treemap by folder: where each cell and each folder lies, and how they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.drawings.squarify import Box, squarify
from reports.drawings.svg import INK, PAPER, WIDTH, element, fitting, label, titled, wide
from scanner.core.drawings import Cell

HEIGHT = 480.0
_DEEPEST = 6
"""Folders nested deeper than this are drawn as part of their parent."""
_EDGED = 12.0
"""A folder with a side shorter than this has no edge of its own."""
_SMALLEST = 1.0
"""A cell of less area than this (square units) is not drawn: nobody could see it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A folder's rectangle. ``label`` is its name within the frame around it, ``depth`` counts frames from 1.

    Folders that hold nothing but one folder share a frame with it.
    """

    name: str
    label: str
    depth: int
    box: Box


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell and its rectangle."""

    cell: Cell
    box: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """All rectangles: folders from the outermost inwards, cells by path."""

    frames: tuple[Frame, ...]
    cells: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Paint:
    """How a cell looks: its colour, that of its name, whether it is hatched, and what it says to who points at it."""

    fill: str
    ink: str
    hatched: bool
    words: str


_Filed = tuple[tuple[str, ...], Cell]
"""A cell under its folders."""


def arrange(cells: Sequence[Cell], box: Box) -> Layout:
    """``cells`` in ``box``, area in proportion to lines over the whole picture: neither gaps nor borders take any."""
    frames: list[Frame] = []
    placed: list[Placed] = []
    _fill([(_parts(cell), cell) for cell in cells if cell.lines > 0], box, (), 1, frames, placed)
    return Layout(
        tuple(sorted(frames, key=lambda f: (f.depth, f.name))), tuple(sorted(placed, key=lambda p: p.cell.path))
    )


def treemap(layout: Layout, paint: Callable[[Cell], Paint], key: str) -> str:
    """The cells, the edges of the folders, and the names that find room; ``key`` names the hatching."""
    out = []
    names: list[str] = []
    chips = [_chip(frame) for frame in layout.frames if frame.depth <= 2]
    taken: list[Box] = []
    for chip in chips:
        if chip and not any(_overlap(chip[1], other) for other in taken):
            taken.append(chip[1])
            names.append(_named_chip(chip[0], chip[1]))
    for item in layout.cells:
        box, look = item.box, paint(item.cell)
        if box.width * box.height < _SMALLEST:
            continue
        out.append(_rectangle(box, titled(look.words), fill=look.fill, stroke=PAPER, stroke_width=0.6))
        if look.hatched:
            out.append(_rectangle(box, titled(look.words), fill=f"url(#hatch-{key})"))
        named = _cell_name(item, look, taken)
        if named:
            names.append(named)
    edges = [_edge(frame) for frame in layout.frames if frame.depth <= 3 and _seen(frame.box)]
    return "".join((*out, *edges, *names))


def _parts(cell: Cell) -> tuple[str, ...]:
    """The folders of a cell; those below the deepest count as part of its name."""
    folders = cell.path.split("/") if cell.files > 1 else cell.path.split("/")[:-1]
    return tuple(part for part in folders if part)[:_DEEPEST]


def _fill(
    cells: list[_Filed], box: Box, here: tuple[str, ...], depth: int, frames: list[Frame], placed: list[Placed]
) -> None:
    folders: dict[str, list[_Filed]] = {}
    rows: list[tuple[int, str, Cell | list[_Filed]]] = []
    for parts, cell in cells:
        if len(parts) > len(here):
            folders.setdefault(parts[len(here)], []).append((parts, cell))
        else:
            rows.append((cell.lines, f"{cell.path}\0{cell.files}", cell))
    rows += [(sum(cell.lines for _, cell in inside), name, inside) for name, inside in folders.items()]
    rows.sort(key=lambda row: (-row[0], row[1], isinstance(row[2], Cell)))
    for (_, name, content), part in zip(rows, squarify([row[0] for row in rows], box), strict=True):
        if isinstance(content, Cell):
            placed.append(Placed(content, part))
        else:
            there = _alone(content, (*here, name))
            frames.append(Frame("/".join(there), "/".join(there[len(here) :]), depth, part))
            _fill(content, part, there, depth + 1, frames, placed)


def _alone(cells: list[_Filed], folder: tuple[str, ...]) -> tuple[str, ...]:
    """``folder``, or the deepest one below it that holds all of ``cells``."""
    while all(len(parts) > len(folder) for parts, _ in cells) and len({parts[len(folder)] for parts, _ in cells}) == 1:
        folder = (*folder, cells[0][0][len(folder)])
    return folder


def _rectangle(box: Box, *children: str, **attributes: str | float) -> str:
    return element("rect", *children, x=box.x, y=box.y, width=box.width, height=box.height, **attributes)


def _seen(box: Box) -> bool:
    """Whether an edge around ``box`` would leave something of it to see."""
    return min(box.width, box.height) >= _EDGED


def _edge(frame: Frame) -> str:
    return _rectangle(frame.box, fill="none", stroke=INK, stroke_width=(2.4, 1.4, 0.9)[frame.depth - 1])


def _chip(frame: Frame) -> tuple[str, Box] | None:
    """The name of a folder and the rectangle it takes in its upper left corner; None where it finds no room."""
    if frame.box.height < 34:
        return None
    words = fitting(frame.label + "/", frame.box.width - 12, 11)
    if not words:
        return None
    down = 15.0 if frame.depth == 2 else 0.0
    return words, Box(frame.box.x + 1, frame.box.y + 1 + down, wide(words, 11) + 6, 14)


def _named_chip(words: str, box: Box) -> str:
    back = _rectangle(box, fill=PAPER, fill_opacity=0.92)
    return back + label(words, box.x + 3, box.y + 10.8, 11, font_weight="bold")


def _cell_name(item: Placed, look: Paint, taken: Sequence[Box]) -> str:
    box = item.box
    name = item.cell.path.rsplit("/", 1)[-1] if item.cell.files == 1 else f"{item.cell.files} other files"
    words = fitting(name, box.width - 6, 10.5)
    if not words or box.height < 15:
        return ""
    if any(_overlap(Box(box.x + 3, box.y + box.height - 14, wide(words, 10.5), 11), chip) for chip in taken):
        return ""
    name_of = label(words, box.x + 3, box.y + box.height - 4.5, 10.5, fill=look.ink)
    if not look.hatched:
        return name_of
    return _rectangle(Box(box.x + 1, box.y + box.height - 15, wide(words, 10.5) + 4, 14), fill=look.fill) + name_of


def _overlap(a: Box, b: Box) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


WHOLE = Box(0.0, 0.0, WIDTH, HEIGHT)
"""The rectangle of a treemap."""
