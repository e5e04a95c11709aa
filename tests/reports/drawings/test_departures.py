from dataclasses import replace

from reports.drawings.departures import departures
from scanner.core.evidence import Unknown, Why
from tests.builders_estate import departures as found


def test_sets_by_size_and_areas_in_the_order_of_their_names() -> None:
    whole, areas = departures(found()).tables
    assert whole.rows == (
        ("one person", "P1", "4", "40 %", "acme/api: billing"),
        ("two people", "P1, P2", "at least 9", "at least 90 %", "acme/api: ., acme/api: billing"),
    )
    assert areas.rows == (
        ("system shop <b>", "1", "P2", "6 of 10"),
        ("acme/api: files outside any folder", "2", "P1, P2", "5 of 6"),
        ("acme/api: billing", "1", "P1", "4 of 5"),
    )
    assert whole.opened, "there is no picture of it: every format prints the tables"
    assert areas.opened


def test_small_teams_forgotten_files_and_quiet_code_say_so() -> None:
    said = " ".join(departures(found()).words)
    assert "Only 6 people committed" in said
    assert "1 further file in work: nobody who is still there knows it." in said
    assert "ranks nobody" in said
    quiet = departures(replace(found(), known=0))
    assert quiet.tables == ()
    assert "nothing is in work that could be forgotten" in quiet.words[-1]
    safe = departures(replace(found(), areas=()))
    assert "Of 2 areas with five files in work or more, none would be left" in safe.words[-1]


def test_more_areas_than_are_listed_are_counted() -> None:
    many = replace(found(), areas=found().areas * 30, left_out=7)
    assert departures(many).tables[1].caption == "By system and area, the smallest such set, the first 60 of 97"
    assert len(departures(many).tables[1].rows) == 60


def test_unknown_says_why() -> None:
    hole = Unknown(Why.SAMPLE_TOO_SMALL, "only one person", "more history")
    assert departures(hole).words == ("Unknown: too few observations (only one person). What closes it: more history.",)
    assert departures(None).tables == ()
