import pytest

from scanner.core.text import counted


@pytest.mark.parametrize(
    ("number", "plural", "expected"),
    [
        (0, "", "0 boxs"),
        (1, "boxes", "1 box"),
        (2, "boxes", "2 boxes"),
        (1, "", "1 box"),
        (1000, "boxes", "1000 boxes"),
    ],
)
def test_only_one_takes_the_singular(number: int, plural: str, expected: str) -> None:
    assert counted(number, "box", plural) == expected
