"""What changes together in a repository: files as points on a line, coupled pairs as arcs."""

from __future__ import annotations

from reports import words
from reports.drawings.arcs import Arc, drawn
from reports.drawings.shapes import Picture, Table
from scanner.core.drawings import Coupling, CouplingMap

NEAR, FAR = "#4292c6", "#a63603"
"""Pairs within one folder, and pairs across folders."""


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
    arcs = sorted(found.pairs, key=lambda p: (p.degree, p.shared, p.a, p.b))
    svg, tall = drawn(key, about, map(_arc, arcs), ((NEAR, "within a folder"), (FAR, "across folders")), font)
    return Picture(heading, about, svg, said, (_table(found),), tall=tall)


def crosses(pair: Coupling) -> bool:
    """Whether the two files lie in different folders."""
    return pair.a.rpartition("/")[0] != pair.b.rpartition("/")[0]


def _arc(pair: Coupling) -> Arc:
    a, b = words.plain(pair.a, 220), words.plain(pair.b, 220)
    told = f"{a} and {b}: {pair.shared} shared commits, degree {words.share(pair.degree)}"
    return Arc(pair.a, pair.b, pair.degree, FAR if crosses(pair) else NEAR, told)


def _table(found: CouplingMap) -> Table:
    rows = tuple(
        (words.plain(p.a, 220), words.plain(p.b, 220), str(p.shared), words.share(p.degree)) for p in found.pairs
    )
    return Table("Pairs of files that change together", ("File", "File", "Shared commits", "Degree"), rows)
