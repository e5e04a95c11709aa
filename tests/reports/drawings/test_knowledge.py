import re
from dataclasses import replace

from reports.drawings.knowledge import COLOURS, GREYS, knowledge, paint
from scanner.core.drawings import NOBODY, OTHERS, OWNERS, SHARED, Cell
from tests.builders_drawings import HOLE, file_map

CELLS = (
    Cell("a.py", 50, revisions=3, owner=0, inactive=True),
    Cell("b.py", 25, revisions=3, owner=0, inactive=True),
    Cell("c.py", 15, revisions=3, owner=1),
    Cell("d.py", 6, revisions=9, owner=SHARED),
    Cell("e.py", 4, revisions=0, owner=NOBODY),
)


def test_there_are_eight_colours_and_greys_for_the_rest() -> None:
    assert len(set(COLOURS)) == OWNERS == 8
    fills = {paint(Cell("x", 1, revisions=1, owner=owner)).fill for owner in (*range(OWNERS), OTHERS, SHARED, NOBODY)}
    assert fills == {*COLOURS, *GREYS.values()}
    assert len(fills) == 11


def test_only_people_who_are_gone_are_hatched() -> None:
    assert [paint(c).hatched for c in CELLS] == [True, True, False, False, False]
    assert "not committed here for 90 days" in paint(CELLS[0]).words
    svg = knowledge(file_map(*CELLS), "k", "serif").svg
    assert svg.count("url(#hatch-k)") == 3  # two files and the legend


def test_shares_of_lines_are_told_by_letter_in_order() -> None:
    rows = knowledge(file_map(*CELLS), "k", "serif").tables[0].rows
    assert rows == (
        ("person A", "2", "75 %", "no"),
        ("person B", "1", "15 %", "yes"),
        ("several, none with more than half", "1", "6 %", "–"),
        ("not changed in the year", "1", "4 %", "–"),
    )


def test_nobody_is_named_in_any_way() -> None:
    made = knowledge(file_map(*CELLS), "k", "serif")
    assert not re.search(r"p-[0-9a-f]{12}", repr(made))


def test_an_unknown_history_is_not_drawn() -> None:
    made = knowledge(replace(file_map(Cell("a.py", 1)), untold=HOLE), "k", "serif")
    assert made.svg == ""
    assert "larger than the limit" in made.words[0]


def test_unknown_presence_hatches_nothing_and_says_so() -> None:
    made = knowledge(replace(file_map(CELLS[2]), seen=False), "k", "serif")
    assert "nothing is hatched" in " ".join(made.words)
    assert made.tables[0].rows[0][-1] == "unknown"


def test_more_people_than_colours_are_said() -> None:
    made = knowledge(replace(file_map(Cell("a", 1, revisions=1, owner=OTHERS)), people=11), "k", "serif")
    assert "11 people own a file in this sense; 8 are told apart, the others are grey." in made.words
