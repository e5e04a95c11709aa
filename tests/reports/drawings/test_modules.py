from xml.etree import ElementTree as ET

import pytest

from reports.drawings.modules import RED, modules, place, short_names
from scanner.core.drawings import ModuleMap, ModuleNode
from tests.builders_drawings import module_map

SVG = "{http://www.w3.org/2000/svg}"


def paths(svg: str) -> list[str]:
    """The colours of the lines between boxes."""
    return [p.attrib["stroke"] for p in ET.fromstring(svg).iter(f"{SVG}path") if "stroke" in p.attrib]


def test_only_lines_within_a_cycle_are_red_and_its_members_are_listed() -> None:
    graph = module_map(("a", "b", "c", "d"), ((0, 1), (1, 0), (1, 2), (3, 2)), (("a", "b"),))
    made = modules(graph, "m", "serif")
    assert paths(made.svg).count(RED) == 2
    assert len(paths(made.svg)) == 4
    assert made.notes == ("Cycle 1 (2): a, b",)
    assert "1 import cycle with 2 modules" in " ".join(made.words)


def test_lines_between_two_cycles_are_not_red() -> None:
    graph = module_map(("a", "b", "c", "d"), ((0, 1), (1, 0), (2, 3), (3, 2), (1, 2)), (("a", "b"), ("c", "d")))
    assert paths(modules(graph, "m", "serif").svg).count(RED) == 4


def test_imports_are_counted_per_module() -> None:
    graph = module_map(("a", "b", "c"), ((0, 1), (0, 2), (1, 2)))
    assert modules(graph, "m", "serif").tables[0].rows == (
        ("a", "2", "0", "–"),
        ("b", "1", "1", "–"),
        ("c", "0", "2", "–"),
    )


def test_without_imports_there_is_no_picture_but_a_reason() -> None:
    made = modules(module_map(("a", "b"), ()), "m", "serif")
    assert made.svg == ""
    assert "No module imports another" in " ".join(made.words)


def test_importers_stand_higher_and_no_box_covers_another_or_leaves_the_picture() -> None:
    names = tuple(f"package/some_long_module_name_{n:02}.py" for n in range(60))
    edges = tuple((0, n) for n in range(1, 60))
    spots, height = place(module_map(names, edges))
    assert all(spots[0].y < spot.y for spot in spots[1:])
    for number, a in enumerate(spots):
        assert a.x >= 0
        assert a.x + a.width <= 860.0001
        assert a.y + 24 <= height
        for b in spots[number + 1 :]:
            assert abs(a.y - b.y) >= 24 or a.x + a.width <= b.x or b.x + b.width <= a.x


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (("src/flask/app.py", "src/flask/json/tag.py"), ["app.py", "json/tag.py"]),
        ((".", "binding"), ["top folder", "binding"]),
        (("a.py",), ["a.py"]),
        (("x/" + "n" * 40, "x/b"), ["…" + "n" * 25, "b"]),
    ],
)
def test_names_lose_what_all_share(names: tuple[str, ...], short: list[str]) -> None:
    assert short_names([ModuleNode(name) for name in names]) == short


def test_folders_say_how_many_modules_they_stand_for() -> None:
    graph = ModuleMap(("Go",), 90, True, (ModuleNode("a", 50), ModuleNode("b", 40)), ((0, 1, 25),), ())
    made = modules(graph, "m", "serif")
    assert "90 modules" in made.words[0]
    assert "2 folders stand for them" in made.words[0]
    assert "a, 50 modules" in made.svg
