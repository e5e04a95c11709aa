import re
from xml.etree import ElementTree as ET

import pytest

from reports.drawings.hotspots import paint
from reports.drawings.squarify import Box
from reports.drawings.svg import picture
from reports.drawings.treemap import WHOLE, arrange, treemap
from scanner.core.drawings import Cell

CELLS = (Cell("src/core/a.py", 300), Cell("src/core/b.py", 100), Cell("src/c.py", 200), Cell("main.py", 400))


def test_areas_are_in_proportion_to_lines_across_folders() -> None:
    layout = arrange(CELLS, Box(0, 0, 100, 50))
    area = {p.cell.path: p.box.width * p.box.height for p in layout.cells}
    assert area == pytest.approx({"src/core/a.py": 1500, "src/core/b.py": 500, "src/c.py": 1000, "main.py": 2000})
    frames = {f.name: f.box.width * f.box.height for f in layout.frames}
    assert frames == pytest.approx({"src": 3000, "src/core": 2000})


def test_a_file_lies_in_its_folder() -> None:
    layout = arrange(CELLS, WHOLE)
    frame = next(f.box for f in layout.frames if f.name == "src/core")
    for placed in layout.cells:
        inside = (
            frame.x - 1e-6 <= placed.box.x and placed.box.x + placed.box.width <= frame.x + frame.width + 1e-6
            and frame.y - 1e-6 <= placed.box.y and placed.box.y + placed.box.height <= frame.y + frame.height + 1e-6
        )  # fmt: skip
        assert inside == placed.cell.path.startswith("src/core/")


def test_folders_that_hold_one_folder_only_share_its_frame() -> None:
    layout = arrange((Cell("src/flask/app.py", 2), Cell("src/flask/json/tag.py", 1)), WHOLE)
    assert [(f.name, f.label, f.depth) for f in layout.frames] == [
        ("src/flask", "src/flask", 1),
        ("src/flask/json", "json", 2),
    ]


def test_the_small_files_of_a_folder_lie_in_it() -> None:
    layout = arrange((Cell("lib/a.c", 90), Cell("lib", 10, files=7), Cell("", 5, files=3)), WHOLE)
    assert [f.name for f in layout.frames] == ["lib"]
    assert layout.frames[0].box.width * layout.frames[0].box.height == pytest.approx(860 * 480 * 100 / 105)


def test_endless_folders_and_a_file_named_like_a_folder_are_drawn() -> None:
    cells = (Cell("a/" * 5000 + "x.py", 5), Cell("a", 3), Cell("//odd//y.py", 2), Cell("a", 1, files=4))
    layout = arrange(cells, WHOLE)
    assert len(layout.cells) == 4
    assert len(layout.frames) <= 8


def test_what_nobody_could_see_is_left_out_and_the_rest_is_well_formed() -> None:
    layout = arrange((Cell("big.c", 10_000_000), Cell("tiny.c", 1)), WHOLE)
    svg = picture("x", 480, "about", treemap(layout, paint, "x"), "serif")
    titles = [e.text for e in ET.fromstring(svg).iter() if e.tag.endswith("title")]
    assert any("big.c" in (t or "") for t in titles)
    assert not any("tiny.c" in (t or "") for t in titles)


def test_coordinates_have_at_most_two_decimals() -> None:
    svg = treemap(arrange(CELLS, WHOLE), paint, "x")
    assert not re.search(r'="[\d.]*\.\d{3,}"', svg)
