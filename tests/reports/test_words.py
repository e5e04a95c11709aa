from datetime import date

import pytest

from reports import words
from scanner.core.assessment import Days
from scanner.core.evidence import Why
from scanner.core.subjects import Subject
from scoring.model import LEVEL_BOUNDS, level_of


def test_the_levels_are_those_of_the_model() -> None:
    assert tuple(start for _, _, start in words.LEVELS)[1:] == LEVEL_BOUNDS
    assert [words.level_of(p) for p in (0, 29.9, 30, 50, 70, 85, 100)] == [1, 1, 2, 3, 4, 5, 5]
    assert all(words.level_of(p) == level_of(p) for p in range(101))


def test_every_reason_for_a_hole_has_words() -> None:
    assert set(words.REASONS) == set(Why)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.001, "0"),
        (8.905, "8.9"),
        (56.74, "56.7"),
        (1234.6, "1,235"),
        (100, "100"),
        (0.25, "0.25"),
        (10, "10"),
    ],
)
def test_numbers_keep_what_their_size_deserves(value: float, text: str) -> None:
    assert words.number(value) == text


def test_unknown_is_a_word_and_zero_is_a_number() -> None:
    assert words.points(None) == "unknown"
    assert words.points(0.0) == "0"
    assert words.signed(None) == "unknown"
    assert words.signed(-0.04) == "0.0"
    assert words.signed(-4.06) == "−4.1"
    assert words.level_name(None) == "not assessable"


def test_effort_and_money_are_ranges() -> None:
    assert words.days(Days(0.5, 1, 2)) == "1 d (0.5 to 2)"
    assert words.money((400, 800, 1600, "EUR")) == "800 EUR (400 to 1,600)"
    assert words.money(None) == ""


def test_dates_do_not_depend_on_the_language_of_the_machine() -> None:
    assert words.day(date(2026, 3, 9)) == "9 March 2026"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example", "https://user:pw@host/x", "https://",
        "https://host/a b", 'https://host/"onload="x', "http://[bad", "https://host/<x>", "",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_linked(url: str) -> None:
    assert words.web(url) == ""
    assert words.permalink(url, "a" * 40, "x.py", 1) == ""


def test_a_permalink_names_commit_path_and_line() -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    assert words.permalink("https://github.com/a/b.git", commit, "src/a b#.py", 7) == (
        f"https://github.com/a/b/blob/{commit}/src/a%20b%23.py#L7"
    )
    assert words.permalink("https://github.com/a/b", "main", "x.py", 7) == ""


def test_texts_lose_direction_marks_and_keep_their_lines_only_in_blocks() -> None:
    assert words.plain("a\u202eb\nc") == "ab c"
    assert words.block("a\n  b\u2066\n\tc") == "a\n  b\nc"
    assert words.plain("x" * 700) == "x" * 599 + "…"
    assert words.name(Subject.parse("org:acme")) == "whole estate"
