from dataclasses import replace
from datetime import date

from reports.document.stack import stack
from scanner.core.stack import Standing
from tests.builders_estate import API, item
from tests.builders_estate import stack as inventory
from tests.builders_reports import HEAD, golden


def test_rows_say_version_state_end_latest_and_where() -> None:
    ended = item("python", "3.8-slim")
    unknown = item(
        "acme/base", "", "unknown", ends=None, latest="", latest_on=None, kind="image", reason="no version is written"
    )
    part = stack(replace(golden(), stack=inventory(ended, unknown)))
    assert part.lead == "2 parts of the stack beside languages, by product and version as written: 1 ended, 1 unknown."
    (_, (first,)), (_, (second,)) = part.parts
    assert [kind for kind, _ in part.parts] == ["Runtimes", "Base images"]
    assert (first.version, first.state, first.ends, first.latest) == (
        "3.8-slim",
        "ended",
        "7 October 2024",
        "3.14 (7 October 2025)",
    )
    assert first.places[0].text == "acme/api Dockerfile:1"
    assert first.places[0].href == f"https://github.com/acme/api/blob/{HEAD}/Dockerfile#L1"
    assert (second.version, second.state, second.ends, second.latest, second.reason) == (
        "not written", "unknown", "", "", "no version is written",
    )  # fmt: skip


def test_places_beyond_four_and_those_not_kept_are_counted() -> None:
    places = tuple(Standing(API, f"d{n}", 0) for n in range(6))
    (_, (row,)) = stack(replace(golden(), stack=inventory(item("go", places=places, places_total=150)))).parts[0]
    assert (len(row.places), row.more) == (4, 146)
    assert row.places[0].text == "acme/api d0"


def test_holes_items_left_out_and_the_day_of_the_table_are_told() -> None:
    said = stack(replace(golden(), stack=replace(inventory(item("go")), left_out=3))).limits
    assert "22 August 2026" in said[0]
    assert "unknown, access was refused (the files may not be read <b>)." in said[1]
    assert said[-1] == "3 further items left out of this list."


def test_a_language_has_its_lines_and_counts_apart() -> None:
    python = item(
        "Python",
        "3.12",
        "ending",
        kind="language",
        code_lines=1200,
        ends=date(2026, 9, 1),
        reason="as its runtime python",
    )
    part = stack(replace(golden(), stack=inventory(python)))
    assert part.lead == "No runtime, framework, database or image is named with or without a version."
    assert part.parts[0][1][0].reason == "as its runtime python; 1,200 lines of code"
    assert part.parts[0][1][0].state == "ending within 12 months"
    assert stack(golden()).lead == "The stack was not looked at."
