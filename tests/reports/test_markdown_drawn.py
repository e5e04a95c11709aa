import re
from dataclasses import replace

import pytest

from reports.markdown import FORMAT
from reports.markdown_parts import text
from tests.builders_drawings import HOSTILE, drawing, drawn_assessment
from tests.builders_estate import shop, whole
from tests.builders_reports import bare, catalogue, golden


def told(**given: object) -> str:
    return FORMAT.render(replace(drawn_assessment(drawing()), **given), catalogue()).decode()


@pytest.fixture(scope="module")
def hostile() -> str:
    return FORMAT.render(whole(), catalogue()).decode()


def test_every_picture_stands_there_as_tables() -> None:
    report = told(services=shop())
    section = report[report.index("## The code, drawn") : report.index("## Trend")]
    assert re.findall(r"^#### (.*)$", section, re.MULTILINE) == [
        "Where it changes", "How it hangs together", "Who changes it", "What changes together",
    ]  # fmt: skip
    assert r"| front \(acme/web\) | orders \(acme/api\) | call | orders.svc | k8s/all.yaml:17 | high |" in section
    assert "| src/a.py | 60 | 30 |" in section
    assert "| src/a.py | tool.py | 6 | 75 % |" in section
    assert r"- Cycle 1 \(2\): src/a.py, src/b.py" in section


def test_hostile_names_are_literal_and_every_row_has_the_cells_of_its_head(hostile: str) -> None:
    assert "<" not in hostile
    assert re.search(r"(?<!\\)`|(?<!\\)!\[", hostile) is None
    assert text(HOSTILE[1])[:20] in hostile
    width = 0
    for line in hostile.splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not (width and cells) or cells == width, line
        width = cells


def test_the_stack_names_versions_places_and_what_is_unknown(hostile: str) -> None:
    section = hostile[hostile.index("## Stack") : hostile.index("## The code, drawn")]
    assert "### Runtimes" in section
    assert section.count("| ended | 7 October 2024 |") == len(HOSTILE)
    assert "access was refused" in section


def test_nothing_known_says_so() -> None:
    nothing = FORMAT.render(bare(), {}).decode()
    assert "The stack was not looked at." in nothing
    assert "Nothing is drawn: no repository that counts could be read." in nothing
    assert "Who would be missed was not looked at." in nothing
    assert "The services of this estate were not looked at." in FORMAT.render(golden(), {}).decode()


def test_long_tables_say_how_many_rows_are_left() -> None:
    many = replace(shop(), ties=shop().ties * 10)
    assert "10 more rows in report.html." in told(services=many)
