from __future__ import annotations

from pathlib import Path

import pytest

from collectors.code import functions
from collectors.code.measures import measure
from collectors.tree import code_size, listing
from scanner.facts.code import Functions
from scanner.facts.tree import CodeSize, Tree
from tests.builders_gitcode import GitRepo, fact_of


def parse(content: bytes, suffix: str) -> tuple[tuple[str, int, int, int, int], ...]:
    """Name, line, cyclomatic complexity, lines and parameters of every function."""
    return tuple(
        (f.name, f.line, f.complexity, f.lines, f.parameters) for f in measure(suffix, "product", content).functions
    )


PYTHON = b"""\xef\xbb\xbfimport os

@deco
def plain(a, *, b, **rest):
    if a and b:
        return 1
    def inner(z):
        return z if z else 0
    return 2

class C:
    async def method(self):
        for x in self:
            while x:
                pass
"""


def test_python_by_hand() -> None:
    # McCabe: 1 + if + and; 1 + conditional expression; 1 + for + while
    assert parse(PYTHON, ".py") == (
        ("plain", 4, 3, 6, 3),
        ("plain.inner", 7, 2, 2, 1),
        ("C.method", 12, 3, 4, 1),
    )


@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        (
            ".go",
            "package a\nfunc (t *T) F(a int, b int) int {\n if a > b { return 1 }\n return 2\n}\n",
            ("F", 2, 2, 4, 2),
        ),
        (".js", "function g(a) { return a && 1 ? 2 : 3 }\n", ("g", 1, 3, 1, 1)),
        (".mts", "function g(a: number) {\n  if (a) { return 1 }\n}\n", ("g", 1, 2, 3, 1)),
        (".java", "class A { void f(int a) { for (;;) { } } }\n", ("A::f", 1, 2, 1, 1)),
        (".rs", "fn f(b: i32) -> i32 { if b > 1 { 1 } else { 2 } }\n", ("f", 1, 2, 1, 1)),
    ],
)
def test_other_languages_by_hand(suffix: str, text: str, expected: tuple[str, int, int, int, int]) -> None:
    assert parse(text.encode(), suffix) == (expected,)


def test_python_of_a_newer_grammar_is_measured_anyway() -> None:
    (function,) = parse(b"def first[T](a: list[T]) -> T:\n    if a:\n        return a[0]\n", ".py")
    assert (function[0], function[2]) == ("first", 2)


def test_marks_that_ask_the_tool_to_look_away_do_not_work() -> None:
    text = b"// GENERATED CODE\n// #lizard forgives\nfunction f() { if (1) { } }\n#lizard forgive global\n"
    assert [f[0] for f in parse(text, ".js")] == ["f"]
    assert [f[0] for f in parse(b"-- GENERATED CODE\n-- #lizard forgives\nfunction f()\n  x = 1\nend\n", ".lua")] == [
        "f"
    ]


def test_a_repository_with_a_share_that_is_not_measured(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add the code", {
        "src/a.py": "def f():\n    return 1\n", "src/b.go": "package b\n\nfunc G() {\n}\n", "src/c.hs": "main = print 1\n",
        "tests/test_a.py": "def test_a():\n    pass\n", "src/big.js": "x = 1;\n" * 90_000, "docs/conf.py": "def z(): pass\n",
    })  # fmt: skip
    opened = repo.open()
    tree = fact_of(listing.COLLECTOR, opened, Tree)
    size = fact_of(code_size.COLLECTOR, opened, CodeSize, tree)
    got = fact_of(functions.COLLECTOR, opened, Functions, tree, size)
    assert [(f.path, f.name, f.language) for f in got.functions] == [
        ("src/a.py", "f", "Python"),
        ("src/b.go", "G", "Go"),
    ]
    assert got.languages == ("Go", "Python")
    assert (got.code_lines_measured, got.code_lines) == (2 + 3, 2 + 3 + 1 + 90_000)
    assert [path for path, _ in got.unparsed] == ["src/big.js"]


def test_a_docstring_is_no_length() -> None:
    (function,) = parse(b'def f():\n    """One\n\n    two\n    """\n    return 1\n', ".py")
    assert function == ("f", 1, 1, 2, 0)


def test_a_rust_signature_without_body_is_no_function() -> None:
    text = b"make! {\n    trait A {\n        fn named(&mut self, x: [u8; 4]) -> B;\n\n        fn real(&self) -> i32 {\n            1\n        }\n    }\n}\n"
    assert [name for name, *_ in parse(text, ".rs")] == ["real"]
