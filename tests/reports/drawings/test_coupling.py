from xml.etree import ElementTree as ET

from reports.drawings.coupling import FAR, NEAR, coupling, crosses
from scanner.core.drawings import Coupling, CouplingMap


def test_pairs_across_folders_have_another_colour() -> None:
    near, far = Coupling("src/a.c", "src/a.h", 9, 0.9), Coupling("src/a.c", "tests/a.tcl", 5, 0.3)
    assert (crosses(near), crosses(far), crosses(Coupling("go.mod", "go.sum", 5, 1))) == (False, True, False)
    made = coupling(CouplingMap((near, far), 2, 40, 365), "c", "serif")
    arcs = [p.attrib["stroke"] for p in ET.fromstring(made.svg).iter("{http://www.w3.org/2000/svg}path")]
    assert sorted(arcs) == sorted([NEAR, FAR])
    assert made.tables[0].rows == (("src/a.c", "src/a.h", "9", "90 %"), ("src/a.c", "tests/a.tcl", "5", "30 %"))
    assert made.svg.count("<circle") == 3


def test_what_is_not_drawn_is_counted() -> None:
    made = coupling(CouplingMap((Coupling("a", "b", 9, 0.9),), 77, 40, 365), "c", "serif")
    assert "77 pairs of files over 40 commits of the last 365 days" in made.words[0]
    assert "The closest 1 are drawn." in made.words[0]


def test_no_pair_is_said_with_what_was_looked_at() -> None:
    made = coupling(CouplingMap((), 0, 12, 365), "c", "serif")
    assert made.svg == ""
    assert "No two files are coupled" in made.words[0]
    assert "12 commits" in made.words[0]
