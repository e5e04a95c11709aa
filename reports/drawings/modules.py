"""How the code hangs together: modules in layers, importers above what they import, cycles in red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import words
from reports.drawings.layers import layered
from reports.drawings.shapes import Picture, Table
from reports.drawings.svg import INK, LINE, PAPER, WIDTH, element, label, picture, titled, wide
from scanner.core.drawings import ModuleMap, ModuleNode

RED = "#a50f15"
LONGEST = 26
"""Letters of a module's name in its box."""
_BOX, _GAP, _APART, _ROW = 24.0, 12.0, 46.0, 30.0
"""Height of a box, room between boxes of a row, between layers, between rows of one layer."""
CYCLES = 10
"""Cycles whose members are listed; the largest come first."""
MEMBERS = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a module's box lies."""

    x: float
    y: float
    width: float
    name: str


def modules(graph: ModuleMap, key: str, font: str) -> Picture:
    """The graph of one repository; only words when no module imports another."""
    what = "folder" if graph.folded else "module"
    about = f"The {what}s of the repository in layers: lines lead from importers down to what they import"
    read = ", ".join(words.plain(name, 40) for name in graph.languages[:12]) or "no language"
    said = [f"Imports of product code in {read}: {words.count(graph.modules, 'module')}."]
    if graph.folded:
        said[0] += f" They are too many to draw one by one: {words.count(len(graph.nodes), 'folder')} stand for them."
    if not graph.edges:
        said.append(f"No {what} imports another, so there is no graph to draw.")
        return Picture("How it hangs together", about, "", tuple(said))
    said.append(_about_cycles(graph, what))
    spots, height = place(graph)
    svg = picture(key, height, about, _edges(graph, spots, key) + _boxes(graph, spots), font)
    tables = (_table(graph, what),)
    return Picture("How it hangs together", about, svg, tuple(said), tables, _members(graph), height / WIDTH)


def place(graph: ModuleMap) -> tuple[tuple[Spot, ...], float]:
    """A spot for every node, and the height of the picture. A layer too wide for one row takes several."""
    names = short_names(graph.nodes)
    spots: dict[int, Spot] = {}
    y = 4.0
    for layer in layered(len(graph.nodes), [(a, b) for a, b, _ in graph.edges]):
        for row in _rows(layer, names):
            widths = [_wide(names[node]) for node in row]
            room = WIDTH - sum(widths)
            gap = min(60.0, room / len(row))
            x = (WIDTH - sum(widths) - gap * (len(row) - 1)) / 2
            for node, width in zip(row, widths, strict=True):
                spots[node] = Spot(x, y, width, names[node])
                x += width + gap
            y += _BOX + _ROW - _BOX / 2
        y += _APART - _ROW / 2
    return tuple(spots[node] for node in range(len(graph.nodes))), y - _APART + _ROW / 2


def short_names(nodes: Sequence[ModuleNode]) -> list[str]:
    """Every node's name without the folders that all share, its end kept when it is too long."""
    parts = [words.plain(node.name, 220).split("/") for node in nodes]
    common = 0
    inner = [p[:-1] for p in parts]
    while all(len(p) > common for p in inner) and len({p[common] for p in inner}) == 1:
        common += 1
    cut = ["top folder" if p == ["."] else "/".join(p[common:]) for p in parts]
    return [name if len(name) <= LONGEST else "…" + name[1 - LONGEST :] for name in cut]


def _wide(name: str) -> float:
    return wide(name, 10.5) + 14


def _rows(layer: Sequence[int], names: Sequence[str]) -> list[list[int]]:
    rows: list[list[int]] = [[]]
    used = 0.0
    for node in layer:
        width = _wide(names[node]) + _GAP
        if rows[-1] and used + width > WIDTH:
            rows.append([])
            used = 0.0
        rows[-1].append(node)
        used += width
    return rows


def _edges(graph: ModuleMap, spots: Sequence[Spot], key: str) -> str:
    heads = "".join(_head(f"{name}-{key}", colour) for name, colour in (("way", LINE), ("loop", RED)))
    out = [element("defs", heads)]
    for a, b, count in sorted(graph.edges, key=lambda e: (_tied(graph, e[0], e[1]), e)):
        tied = _tied(graph, a, b)
        thick = 1.0 if count < 5 else 1.8 if count < 20 else 2.6
        out.append(
            element(
                "path", d=_curve(spots[a], spots[b]), fill="none", stroke=RED if tied else LINE,
                stroke_width=thick, stroke_opacity=0.75 if tied else 0.7, marker_end=f"url(#{'loop' if tied else 'way'}-{key})",
            )
        )  # fmt: skip
    return "".join(out)


def _tied(graph: ModuleMap, a: int, b: int) -> bool:
    return graph.nodes[a].cycle > 0 and graph.nodes[a].cycle == graph.nodes[b].cycle


def _head(key: str, colour: str) -> str:
    return element(
        "marker", element("path", d="M0 0L6 3L0 6z", fill=colour), id=key, markerWidth=6.0, markerHeight=6.0, refX=6.0, refY=3.0,
        orient="auto", markerUnits="userSpaceOnUse",
    )  # fmt: skip


def _curve(a: Spot, b: Spot) -> str:
    """From the edge of one box to that of the other: downwards, upwards, or around below in one row."""
    x1, x2 = a.x + a.width / 2, b.x + b.width / 2
    if a.y < b.y:
        y1, y2 = a.y + _BOX, b.y
        bend = max(14.0, (y2 - y1) / 2)
        c1, c2 = y1 + bend, y2 - bend
    elif a.y > b.y:
        y1, y2 = a.y, b.y + _BOX
        bend = max(14.0, (y1 - y2) / 2)
        c1, c2 = y1 - bend, y2 + bend
    else:
        y1, y2 = a.y + _BOX, b.y + _BOX
        c1 = c2 = y1 + 22
    return f"M{x1:.1f} {y1:.1f}C{x1:.1f} {c1:.1f} {x2:.1f} {c2:.1f} {x2:.1f} {y2:.1f}"


def _boxes(graph: ModuleMap, spots: Sequence[Spot]) -> str:
    out = []
    for node, spot in zip(graph.nodes, spots, strict=True):
        more = f", {words.count(node.modules, 'module')}" if graph.folded else ""
        tied = f", in cycle {node.cycle}" if node.cycle else ""
        title = titled(words.plain(node.name, 220) + more + tied)
        colour, thick = (RED, 1.6) if node.cycle else (INK, 0.8)
        box = element(
            "rect", title, x=spot.x, y=spot.y, width=spot.width, height=_BOX, rx=3.0, fill=PAPER, stroke=colour, stroke_width=thick,
        )  # fmt: skip
        out.append(box + label(spot.name, spot.x + spot.width / 2, spot.y + 16, 10.5, text_anchor="middle"))
    return "".join(out)


def _about_cycles(graph: ModuleMap, what: str) -> str:
    tied = sum(len(members) for members in graph.cycles)
    if not graph.cycles:
        return f"Grey lines lead from importers down to what they import. No {what}s import each other in a cycle."
    if graph.folded:
        return (
            f"Grey lines lead from importers down to what they import. Red: {words.count(tied, what)} in "
            f"{words.count(len(graph.cycles), 'cycle')}; folders can form one where none of their modules do."
        )
    return (
        f"Grey lines lead from importers down to what they import. Red: {words.count(len(graph.cycles), 'import cycle')} "
        f"with {words.count(tied, what)}, which can only be understood, tested and replaced together."
    )


def _members(graph: ModuleMap) -> tuple[str, ...]:
    out = []
    for number, members in enumerate(graph.cycles[:CYCLES], start=1):
        more = f" and {len(members) - MEMBERS} more" if len(members) > MEMBERS else ""
        named = ", ".join(words.plain(m, 220) for m in members[:MEMBERS])
        out.append(f"Cycle {number} ({len(members)}): {named}{more}")
    if len(graph.cycles) > CYCLES:
        out.append(f"{words.count(len(graph.cycles) - CYCLES, 'smaller cycle')} more")
    return tuple(out)


def _table(graph: ModuleMap, what: str) -> Table:
    imports = [0] * len(graph.nodes)
    imported = [0] * len(graph.nodes)
    for a, b, _ in graph.edges:
        imports[a] += 1
        imported[b] += 1
    rows = tuple(
        (words.plain(node.name, 220), str(imports[i]), str(imported[i]), str(node.cycle) if node.cycle else "–")
        for i, node in enumerate(graph.nodes)
    )
    return Table(
        f"The {what}s and their imports", (what.capitalize(), f"Imports {what}s", "Imported by", "Cycle"), rows
    )
