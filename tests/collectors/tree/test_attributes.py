from __future__ import annotations

import pytest

from collectors.tree.attributes import ordered, stated


@pytest.mark.parametrize(
    ("line", "path", "expected"),
    [
        (b"*.rb linguist-language=Java", "a/b.rb", {"language": "Java"}),
        (b"gen/* linguist-generated", "gen/a.c", {"generated": "true"}),
        (b"gen/* linguist-generated", "gen/sub/a.c", {}),
        (b"gen/** linguist-generated=true", "gen/sub/a.c", {"generated": "true"}),
        (b"/a.c -linguist-vendored", "a.c", {"vendored": "false"}),
        (b"/a.c -linguist-vendored", "x/a.c", {}),
        (b"gen/ linguist-generated", "gen/a.c", {}),
        (b"# *.c linguist-vendored", "a.c", {}),
        (b"*.c text diff=cpp linguist-detectable=false", "a.c", {"detectable": "false"}),
        (b"*.c linguist-unknown", "a.c", {}),
    ],
)  # fmt: skip
def test_one_line(line: bytes, path: str, expected: dict[str, str]) -> None:
    assert stated(ordered([("", line + b"\n")]), path) == expected


def test_later_lines_and_deeper_files_override() -> None:
    said = ordered([
        ("lib", b"*.c -linguist-vendored\nb.c !linguist-vendored\n"),
        ("", b"*.c linguist-vendored=false\n*.c linguist-vendored\n"),
    ])  # fmt: skip
    assert stated(said, "a.c") == {"vendored": "true"}
    assert stated(said, "lib/a.c") == {"vendored": "false"}
    assert stated(said, "lib/b.c") == {}


def test_hostile_patterns_are_passed_over_or_cheap() -> None:
    lines = [
        b"[[[ linguist-vendored",
        b'"a b" linguist-vendored',
        b"x" * 5_000 + b" linguist-vendored",
        b"\xff\xfe\0 linguist-vendored",
    ]
    lines += [b"*a" * 100 + b" linguist-vendored", b"**/" * 90 + b"z linguist-vendored"]
    assert stated(ordered([("", b"\n".join(lines))]), "/".join(["a" * 60] * 30)) == {}
