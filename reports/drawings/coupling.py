"""What changes together: files as points on a line, coupled pairs as arcs.

An arc diagram after M. Wattenberg, Arc Diagrams: Visualizing Structure in Strings, IEEE InfoVis 2002.
"""

from __future__ import annotations

from reports import words
from reports.drawings.shapes import Picture, Table
from reports.drawings.svg import INK, LINE, WIDTH, element, label, picture, titled
from scanner.core.drawings import Coupling, CouplingMap

NEAR, FAR = "#4292c6", "#a63603"
"""Pairs within one folder, and pairs across folders."""
LONGEST = 58
"""Letters of a path beside its point."""
_ROW, _TOP, _LINE = 19.0, 34.0, 390.0
"""Height of a row, of the scale above, and where the line of points stands."""


def coupling(found: CouplingMap, key: str, font: str) -> Picture:
    """The pairs of one repository; only words when there is none."""
    about = "Files in the order of their paths; an arc joins two that change together, the thicker the oftener"
    heading = "What changes together"
    rule = "at least 5 shared commits and a degree of at least 30 %"
    looked = f"{words.count(found.commits, 'commit')} of the last {found.window_days:,} days"
    if not found.pairs:
        return Picture(heading, about, "", (f"No two files are coupled ({rule}) over {looked}.",))
    shown = "" if found.pairs_found == len(found.pairs) else f" The closest {len(found.pairs)} are drawn."
    about_it = (
        f"{words.count(found.pairs_found, 'pair')} of files over {looked} ({rule}).{shown} Degree: shared commits ÷ the mean of both "
        "files' commits. Orange arcs cross folders: a change here asks for a change elsewhere that no import may tell of."
    )
    said = (about_it,)
    paths = sorted({path for pair in found.pairs for path in (pair.a, pair.b)})
    height = _TOP + _ROW * len(paths) + 4
    body = (
        _scale()
        + "".join(_arc(pair, paths) for pair in _drawn_first(found))
        + "".join(map(_point, range(len(paths)), paths))
    )
    svg = picture(key, height, about, body, font)
    return Picture(heading, about, svg, said, (_table(found),), tall=height / WIDTH)


def _drawn_first(found: CouplingMap) -> list[Coupling]:
    """The closest pairs come last, so that they lie on top."""
    return sorted(found.pairs, key=lambda p: (p.degree, p.shared, p.a, p.b))


def crosses(pair: Coupling) -> bool:
    """Whether the two files lie in different folders."""
    return pair.a.rpartition("/")[0] != pair.b.rpartition("/")[0]


def _arc(pair: Coupling, paths: list[str]) -> str:
    above, below = sorted((_height(paths.index(pair.a)), _height(paths.index(pair.b))))
    reach = min((below - above) * 0.62 + 12, (WIDTH - _LINE - 12) * 4 / 3)
    x = _LINE + 6
    return element(
        "path", titled(f"{words.plain(pair.a, 220)} and {words.plain(pair.b, 220)}: {pair.shared} shared commits, degree {words.share(pair.degree)}"),
        d=f"M{x:.1f} {above:.1f}C{x + reach:.1f} {above:.1f} {x + reach:.1f} {below:.1f} {x:.1f} {below:.1f}",
        fill="none", stroke=FAR if crosses(pair) else NEAR, stroke_width=1 + 4 * max(0.0, min(1.0, pair.degree) - 0.3), stroke_opacity=0.8,
    )  # fmt: skip


def _point(number: int, path: str) -> str:
    y = _height(number)
    name = words.plain(path, 220)
    cut = name if len(name) <= LONGEST else "…" + name[1 - LONGEST :]
    dot = element("circle", titled(name), cx=_LINE + 2, cy=y, r=3.0, fill=INK)
    return dot + label(cut, _LINE - 6, y + 3.6, 10.5, text_anchor="end")


def _height(number: int) -> float:
    return _TOP + _ROW * (number + 0.5)


def _scale() -> str:
    out, x = [], _LINE
    for colour, name in ((NEAR, "within a folder"), (FAR, "across folders")):
        out.append(element("line", x1=x, y1=14.0, x2=x + 22, y2=14.0, stroke=colour, stroke_width=2.5))
        out.append(label(name, x + 28, 18, 11))
        x += 140
    out.append(element("line", x1=0.0, y1=27.0, x2=WIDTH, y2=27.0, stroke=LINE, stroke_width=0.5))
    return "".join(out)


def _table(found: CouplingMap) -> Table:
    rows = tuple(
        (words.plain(p.a, 220), words.plain(p.b, 220), str(p.shared), words.share(p.degree)) for p in found.pairs
    )
    return Table("Pairs of files that change together", ("File", "File", "Shared commits", "Degree"), rows)
