from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from reports.drawings.hotspots import UNTOLD, hotspots, paint
from scanner.core.drawings import Cell
from tests.builders_drawings import HOLE, file_map


def fills(svg: str) -> dict[str, str]:
    """The colour of every cell by what it says."""
    out = {}
    for rect in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect"):
        title = rect.find("{http://www.w3.org/2000/svg}title")
        if title is not None:
            out[title.text or ""] = rect.attrib["fill"]
    return out


@pytest.mark.parametrize(
    ("revisions", "colour"),
    [(0, "#eef2f5"), (1, "#fdebcf"), (2, "#fdebcf"), (3, "#fdcc8a"), (6, "#fc8d59"), (11, "#fc8d59"), (12, "#c92a1c"),
     (23, "#c92a1c"), (24, "#7f0000"), (9000, "#7f0000")],
)  # fmt: skip
def test_colours_follow_the_scale(revisions: int, colour: str) -> None:
    assert paint(Cell("a.py", 1, revisions=revisions)).fill == colour


def test_unknown_changes_are_no_zero() -> None:
    files = replace(file_map(Cell("a.py", 70), Cell("b.py", 30)), untold=HOLE)
    made = hotspots(files, "h", "serif")
    assert set(fills(made.svg).values()) == {UNTOLD}
    assert any("changes unknown" in words for words in fills(made.svg))
    assert "larger than the limit" in " ".join(made.words)
    assert [row[-1] for row in made.tables[0].rows] == ["unknown", "unknown"]
    assert "revisions in the year" not in made.svg


def test_the_table_orders_by_lines_times_revisions() -> None:
    """a: 10 × 30 = 300; b: 100 × 2 = 200; c: 1000 × 0 is no hotspot."""
    cells = (Cell("c.py", 1000, revisions=0), Cell("b.py", 100, revisions=2), Cell("a.py", 10, revisions=30))
    assert hotspots(file_map(*cells), "h", "serif").tables[0].rows == (("a.py", "10", "30"), ("b.py", "100", "2"))


def test_small_files_together_say_how_many_they_are() -> None:
    cells = (Cell("a.py", 900, revisions=1), Cell("lib", 100, files=7, revisions=3))
    made = hotspots(file_map(*cells), "h", "serif")
    assert "7 other files in lib/: 100 lines of code, at most 3 revisions in the year each" in fills(made.svg)
    assert "8 product files with 1,000 lines of code" in made.words[0]


def test_a_year_without_changes_says_so() -> None:
    assert "No product file changed in the year." in hotspots(
        file_map(Cell("a", 1, revisions=0)), "h", "serif"
    ).words  # fmt: skip
