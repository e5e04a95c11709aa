import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from reports import charts as pictures
from scanner.core.assessment import Assessment, Days, Gain
from scanner.core.stages import Stage
from tests.builders_reports import SCRIPT, bare, golden, recommendation, risks, trend

SVG = "{http://www.w3.org/2000/svg}"


def values(spec: Any, *fields: str) -> list[dict[str, Any]]:
    """The rows of all layers that hold every one of ``fields``, each once."""
    rows = [row for layer in spec["layer"] for row in layer["data"]["values"] if all(f in row for f in fields)]
    return [row for i, row in enumerate(rows) if row not in rows[:i]]


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return pictures.charts(golden())


def test_all_pictures_are_drawn_and_the_same_twice(drawn: dict[str, str]) -> None:
    assert list(drawn) == ["stages", "practices", "findings", "effort", "risks", "trend", "history"]
    assert pictures.charts(golden()) == drawn


def test_nothing_is_drawn_that_can_run_or_load(drawn: dict[str, str]) -> None:
    for svg in drawn.values():
        for element in ET.fromstring(svg).iter():
            assert element.tag.removeprefix(SVG) in {
                "svg",
                "g",
                "path",
                "text",
                "rect",
                "line",
                "clipPath",
                "defs",
                "style",
                "tspan",
            }
            assert not any(name.startswith("on") or name.endswith("href") for name in element.attrib)


def test_hostile_names_are_drawn_as_text() -> None:
    hostile = replace(golden(), risks=tuple(replace(r, id="<b>&\"'") for r in risks()))
    svg = pictures.charts(hostile)["risks"]
    assert "<b>&\"'" in "".join(ET.fromstring(svg).itertext())
    moved = trend()
    moved = replace(moved, stages=(replace(moved.stages[1], name=f"x {SCRIPT}"),))
    assert SCRIPT in "".join(ET.fromstring(pictures.charts(replace(golden(), trend=moved))["trend"]).itertext())


def test_a_stage_that_cannot_be_judged_has_an_interval_and_no_bar() -> None:
    spec = pictures.stages(golden())
    scored = {row["stage"] for row in values(spec, "score")}
    open_rows = {row["stage"]: row["text"] for row in values(spec, "low", "text") if "score" not in row}
    assert len(scored) == 14
    assert open_rows == {
        "1  Understand business goals": "not assessable  (0 to 100)",
        "13  User experience and customer feedback": "not assessable  (0 to 100)",
    }


def test_unknown_practices_carry_a_question_mark_and_no_level() -> None:
    rows = {(r["stage"], r["name"]): r for r in values(pictures.practices(golden()), "text")}
    assert len(rows) == sum(len(s.spec.practices) for s in Stage) == 54
    unknown = rows["1  Understand business goals", "Goals are stated"]
    assert (unknown["text"], unknown["level"]) == ("?", 0)
    assert rows["8  Security and compliance", "Dependencies"]["level"] == 4


def test_findings_that_are_waived_are_not_counted() -> None:
    spec = pictures.findings(golden())
    assert spec is not None
    assert sum(row["count"] for row in values(spec, "count")) == 96 + 7


def test_risks_stand_in_their_cell() -> None:
    cells = {(c["likelihood"], c["impact"]): c["ids"] for c in values(pictures.risks(golden()), "ids")}
    assert len(cells) == 25
    assert cells[5, 5] == ["K1"]
    assert cells[2, 5] == ["K3"]
    assert cells[1, 1] == []


def test_a_crowded_cell_says_how_many_more() -> None:
    crowd = tuple(replace(risks()[0], id=f"K{i:02}") for i in range(9))
    cells = {
        (c["likelihood"], c["impact"]): c["ids"] for c in values(pictures.risks(replace(golden(), risks=crowd)), "ids")
    }
    assert cells[5, 5] == ["K00  K01", "K02  K03", "K04  K05", "+ 3 more"]


def test_what_was_not_measured_then_is_not_joined_by_a_line() -> None:
    assert golden().trend is not None
    rows = values(pictures.trend(golden()), "before", "after")
    assert len(rows) == 14
    assert all(r["before"] is not None and r["after"] is not None for r in rows)


def test_the_history_ends_with_the_present_scan() -> None:
    rows = values(pictures.history(golden()), "score")
    assert [(r["day"], r["score"]) for r in rows] == [("2025-12-31", 41.0), ("2026-03-31", 47.5), ("2026-06-30", 53.4)]


@pytest.mark.parametrize("assessment", [bare(), replace(golden(), trend=None)], ids=["bare", "first scan"])
def test_pictures_with_nothing_to_show_are_left_out(assessment: Assessment) -> None:
    drawn = pictures.charts(assessment)
    assert {"stages", "practices"} <= set(drawn)
    assert not {"trend", "history"} & set(drawn)


def test_a_plan_of_one_free_step_can_be_drawn() -> None:
    free = recommendation(1, Stage.TEAM, "now", "x", effort_days=Days(0, 0, 0), gain=Gain(0, 0))
    svg = pictures.charts(replace(golden(), recommendations=(free,)))["effort"]
    assert re.search(r"NaN|undefined", svg) is None
