import re
from dataclasses import replace
from xml.etree import ElementTree as ET

from reports.drawings.months import chosen, months, tracks
from scanner.core.assessment import Assessment, MonthPoint
from scanner.core.stages import Stage
from tests.builders_drawings import months as of
from tests.builders_reports import check_id, golden

TEAM, GOALS = check_id(Stage.TEAM, 1), check_id(Stage.GOALS, 1)


def given(*points: dict[str, float]) -> Assessment:
    return replace(golden(), months=of(*points))


def test_only_checks_that_moved_by_five_points_are_drawn_in_the_order_of_stages() -> None:
    seen = given(
        {TEAM: 50, GOALS: 40, check_id(Stage.RISK, 1): 10}, {TEAM: 45, GOALS: 60, check_id(Stage.RISK, 1): 14.9}
    )
    assert [(t.check, t.moved) for t in chosen(tracks(seen))] == [(GOALS, 20), (TEAM, -5)]
    made = months(seen, "serif")
    assert made.svg.count("<g>") == 2
    assert "2 of 3 checks known at both ends moved by 5 points or more." in made.words[1]
    assert "Reconstructed from git" in made.words[0]


def test_at_most_twenty_four_that_moved_most() -> None:
    ids = [check_id(stage, n) for stage in Stage for n, _ in enumerate(stage.spec.practices, start=1)][:30]
    moved = chosen(tracks(given(dict.fromkeys(ids, 10.0), {key: 20.0 + n for n, key in enumerate(ids)})))
    assert sorted(t.check for t in moved) == sorted(ids[6:])


def test_a_month_in_which_a_check_was_unknown_leaves_a_gap() -> None:
    made = months(given({TEAM: 0}, {}, {TEAM: 50}, {TEAM: 100}), "serif")
    assert made.tables[0].rows[0][2:] == ("0", "unknown", "50", "100", "+100.0")
    (line,) = [p.attrib["d"] for p in ET.fromstring(made.svg).iter("{http://www.w3.org/2000/svg}path")]
    assert re.findall("[ML]", line) == ["M", "M", "L"]


def test_a_check_unknown_at_either_end_is_not_compared() -> None:
    assert tracks(given({TEAM: 0}, {TEAM: 50, GOALS: 9}, {GOALS: 90})) == ()


def test_checks_that_the_present_model_does_not_know_are_passed_over() -> None:
    assert tracks(given({"OLD-001": 0}, {"OLD-001": 99})) == ()


def test_without_months_the_words_say_how_to_get_them() -> None:
    for points in ((), ({TEAM: 1.0},)):
        made = months(given(*points), "serif")
        assert made.svg == ""
        assert "--history 12m" in made.words[0]


def test_months_in_which_nothing_moved_say_so() -> None:
    made = months(replace(golden(), months=tuple(MonthPoint(m.as_of, ((TEAM, 50.0),)) for m in of({}, {}))), "serif")
    assert made.svg == ""
    assert "None of 1 check known at both ends moved by 5 points or more." in made.words[1]
