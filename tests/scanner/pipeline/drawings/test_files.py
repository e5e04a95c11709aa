from datetime import UTC, datetime, timedelta

import pytest

from scanner.core.drawings import NOBODY, OTHERS, SHARED, Cell
from scanner.core.evidence import Unknown, Why
from scanner.facts.history import Contributors, FileChange, FileChanges, PersonActivity
from scanner.facts.tree import CodeSize, FileLines
from scanner.pipeline.drawings.files import CELLS, file_map, main_person

NOW = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)


def size(lines: dict[str, int], role: str = "product") -> CodeSize:
    files = tuple(FileLines(path, "C", role, code, 0) for path, code in lines.items())
    return CodeSize((), files, sum(lines.values()), 0, 0, 0)


def change(path: str, revisions: int, person: str = "", share: float = 1.0, people: int = 1) -> FileChange:
    return FileChange(path, revisions, revisions, people if person else 0, person, share, NOW, NOW)


def changes(*files: FileChange) -> FileChanges:
    return FileChanges(NOW, 365, files)


def seen(**days_ago: int) -> Contributors:
    people = tuple(
        PersonActivity(name, 0, 1, 1, NOW - timedelta(days=900), NOW - timedelta(days=days), None)
        for name, days in days_ago.items()
    )
    return Contributors(NOW, people, 0, 0, 0, 0)


def test_cells_hold_lines_revisions_and_owner() -> None:
    lines = {"src/z.c": 50, "src/a.c": 30, "quiet.c": 20, "shared.c": 10}
    history = changes(
        change("src/z.c", 9, "p-1"), change("src/a.c", 4, "p-2", 0.75, 2), change("shared.c", 6, "p-1", 0.5, 3)
    )
    made = file_map(size(lines), history, seen(**{"p-1": 91, "p-2": 89}), NOW)
    assert made.cells == (
        Cell("src/z.c", 50, 1, 9, 1, True),
        Cell("src/a.c", 30, 1, 4, 0, False),
        Cell("quiet.c", 20, 1, 0, NOBODY, False),
        Cell("shared.c", 10, 1, 6, SHARED, False),
    )
    assert (made.files, made.lines, made.people, made.seen, made.untold) == (4, 110, 2, True, None)


def test_no_pseudonym_is_carried() -> None:
    made = file_map(size({"a.c": 1}), changes(change("a.c", 1, "p-0123456789ab")), seen(), NOW)
    assert "p-0123456789ab" not in repr(made)


def test_numbers_of_people_do_not_depend_on_their_pseudonyms() -> None:
    def drawn(first: str, second: str) -> tuple[Cell, ...]:
        history = changes(change("a.c", 2, first), change("b.c", 2, second))
        return file_map(size({"a.c": 5, "b.c": 5}), history, seen(), NOW).cells

    assert drawn("p-a", "p-b") == drawn("p-b", "p-a")


def test_unknown_history_is_no_zero() -> None:
    hole = Unknown(Why.TIMED_OUT, "too long")
    made = file_map(size({"a.c": 5}), hole, None, NOW)
    assert (made.cells, made.untold, made.seen) == ((Cell("a.c", 5, 1, None, None, False),), hole, False)


def test_only_product_code_is_drawn() -> None:
    assert file_map(size({"t.c": 5}, "test"), changes(), seen(), NOW).cells == ()
    assert file_map(size({"empty.c": 0}), changes(), seen(), NOW).cells == ()


@pytest.mark.parametrize(
    ("given", "person"),
    [
        (change("a", 5, "p", 0.6, 3), "p"),
        (change("a", 5, "p", 0.5, 2), ""),
        (change("a", 1, "p", 1.0, 2), ""),  # two people wrote its only commit together
        (change("a", 0), ""),
        (None, ""),
    ],
)
def test_an_owner_made_more_than_half(given: FileChange | None, person: str) -> None:
    assert main_person(given) == person


def test_people_beyond_eight_are_others() -> None:
    """Ten people with 100, 99, … lines: the last two have least."""
    lines = {f"{n}.c": 100 - n for n in range(10)}
    history = changes(*(change(f"{n}.c", 1, f"p-{n}") for n in range(10)))
    made = file_map(size(lines), history, seen(), NOW)
    assert [c.owner for c in made.cells] == [0, 1, 2, 3, 4, 5, 6, 7, OTHERS, OTHERS]
    assert made.people == 10


def test_a_large_repository_is_bounded_and_loses_no_line() -> None:
    """1,000 files of 1,000 to 1 lines in 200 folders: 300 stand alone, the rest in at most 100 folders."""
    lines = {f"top{n % 2}/folder{n % 200:03}/{n:04}.c": 1000 - n for n in range(1000)}
    history = changes(*(change(path, number % 7, "p-1") for number, path in enumerate(lines)))
    made = file_map(size(lines), history, seen(**{"p-1": 1}), NOW)
    assert len(made.cells) <= CELLS
    assert sum(c.lines for c in made.cells) == made.lines == 500_500
    assert sum(c.files for c in made.cells) == made.files == 1000
    together = [c for c in made.cells if c.files > 1]
    assert sorted(c.path for c in together) == ["top0", "top1"]
    assert {(c.revisions, c.owner) for c in together} == {(6, 0)}
