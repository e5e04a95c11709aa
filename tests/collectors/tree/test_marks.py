import pytest

from collectors.tree import marks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1  # TODO: later\n", ((1, "TODO"),)),
        ("/*\n * FIXME: here\n */\n// XXX\n-- HACK\n", ((2, "FIXME"), (4, "XXX"), (5, "HACK"))),
        ("# TODOS AUTODONE todo\n", ()),
        ('s = "TODO list"\n', ()),
        ("# TODO one FIXME two\n", ((1, "TODO"),)),
        ("", ()),
    ],
)
def test_markers_in_comments(text: str, expected: tuple[tuple[int, str], ...]) -> None:
    assert marks.in_text(text.encode()) == expected


def test_long_lines_and_odd_bytes_are_no_trouble() -> None:
    assert marks.in_text(b"\xff\0# TODO\n") == ((1, "TODO"),)
    assert marks.in_text(b"# " + b"x" * 3000 + b" TODO\n") == ()


def test_marks_in_known_comments_one_a_line() -> None:
    text = b'a = "TODO"  # TODO x FIXME\n\n# HACK\n'
    comments = [(12, 26), (28, 34)]
    assert text[12:26] == b"# TODO x FIXME"
    assert text[28:34] == b"# HACK"
    assert marks.in_comments(text, comments) == ((1, "TODO"), (3, "HACK"))
