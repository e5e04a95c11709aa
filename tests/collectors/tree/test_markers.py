from __future__ import annotations

from pathlib import Path

import pytest

from collectors.tree import code_size, listing, markers
from scanner.facts.tree import CodeSize, Markers, Tree
from tests.builders_gitcode import GitRepo, fact_of


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("x = 1  # TODO: later\n", ((1, "TODO"),)),
        ("/*\n * FIXME: here\n */\n// XXX\n-- HACK\n", ((2, "FIXME"), (4, "XXX"), (5, "HACK"))),
        ("# TODOS AUTODONE todo\n", ()),
        ('s = "TODO list"\n', ()),
        ("# TODO one FIXME two\n", ((1, "TODO"),)),
        ("", ()),
    ],
)
def test_markers_in_comments(text: str, marks: tuple[tuple[int, str], ...]) -> None:
    assert markers.parse(text.encode()).markers == marks


def test_long_lines_and_odd_bytes_are_no_trouble() -> None:
    assert markers.parse(b"\xff\0# TODO\n").markers == ((1, "TODO"),)
    assert markers.parse(b"# " + b"x" * 3000 + b" TODO\n").markers == ()


def test_product_code_only_and_at_most_500_kept(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit(
        "Add the files",
        {
            "src/a.py": "# TODO x\n" * 600,
            "tests/test_a.py": "# TODO\n",
            "README.md": "# TODO\n",
            "vendor/x.py": "# TODO\n",
        },
    )
    opened = repo.open()
    tree = fact_of(listing.COLLECTOR, opened, Tree)
    got = fact_of(markers.COLLECTOR, opened, Markers, tree, fact_of(code_size.COLLECTOR, opened, CodeSize, tree))
    assert (got.total, len(got.markers), got.markers[0].path) == (600, 500, "src/a.py")
