"""Points on a line and arcs between them, after M. Wattenberg, Arc Diagrams: Visualizing Structure in Strings, IEEE InfoVis 2002."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports import words
from reports.drawings.svg import INK, LINE, WIDTH, element, label, picture, titled

LONGEST = 58
"""Letters of a name beside its point."""
_ROW, _TOP, _LINE = 19.0, 34.0, 390.0
"""Height of a row, of the scale above, and where the line of points stands."""


@dataclass(frozen=True, slots=True)
class Arc:
    """Two names and how closely they hang together (0 to 1), its colour, and what is said of it."""

    a: str
    b: str
    degree: float
    colour: str
    told: str


def drawn(key: str, about: str, arcs: Iterable[Arc], scale: Sequence[tuple[str, str]], font: str) -> tuple[str, float]:
    """(picture, its height ÷ its width): names in their order, later arcs on top; ``scale`` says what colours mean."""
    held = list(arcs)
    names = sorted({name for arc in held for name in (arc.a, arc.b)})
    heights = {name: _TOP + _ROW * (number + 0.5) for number, name in enumerate(names)}
    height = _TOP + _ROW * len(names) + 4
    body = _scale(scale) + "".join(_arc(arc, heights) for arc in held) + "".join(map(_point, names, heights.values()))
    return picture(key, height, about, body, font), height / WIDTH


def _arc(arc: Arc, heights: dict[str, float]) -> str:
    above, below = sorted((heights[arc.a], heights[arc.b]))
    reach = min((below - above) * 0.62 + 12, (WIDTH - _LINE - 12) * 4 / 3)
    x = _LINE + 6
    return element(
        "path", titled(arc.told),
        d=f"M{x:.1f} {above:.1f}C{x + reach:.1f} {above:.1f} {x + reach:.1f} {below:.1f} {x:.1f} {below:.1f}",
        fill="none", stroke=arc.colour, stroke_width=1 + 4 * max(0.0, min(1.0, arc.degree) - 0.3), stroke_opacity=0.8,
    )  # fmt: skip


def _point(written: str, y: float) -> str:
    name = words.plain(written, 220)
    cut = name if len(name) <= LONGEST else "…" + name[1 - LONGEST :]
    dot = element("circle", titled(name), cx=_LINE + 2, cy=y, r=3.0, fill=INK)
    return dot + label(cut, _LINE - 6, y + 3.6, 10.5, text_anchor="end")


def _scale(scale: Sequence[tuple[str, str]]) -> str:
    out, x = [], _LINE
    for colour, name in scale:
        out.append(element("line", x1=x, y1=14.0, x2=x + 22, y2=14.0, stroke=colour, stroke_width=2.5))
        out.append(label(name, x + 28, 18, 11))
        x += 140
    out.append(element("line", x1=0.0, y1=27.0, x2=WIDTH, y2=27.0, stroke=LINE, stroke_width=0.5))
    return "".join(out)
