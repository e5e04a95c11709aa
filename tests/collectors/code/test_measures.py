from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from collectors.code import duplication, functions, imports, measures, scale_smells
from collectors.code.isolation import Isolated
from collectors.code.measures import measure, plain
from collectors.tree import code_size, listing, markers
from scanner.cache import SqliteCache
from scanner.facts.code import Functions, ImportGraph, ScaleSmells
from scanner.facts.duplication import Duplication
from scanner.facts.tree import CodeSize, Markers, Tree
from tests.builders_gitcode import GitRepo, fact_of

SUFFIXES = (
    ".c",
    ".cpp",
    ".go",
    ".java",
    ".js",
    ".ts",
    ".tsx",
    ".cs",
    ".rb",
    ".php",
    ".kt",
    ".scala",
    ".swift",
    ".rs",
    ".sh",
    ".py",
)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"(" * 10_000 + b")" * 10_000,
        b"\xff\xfe\x00",
        b"x = '\xe9'\r\n" * 50,
        b"}" * 5_000,
        b"if " * 20_000,
        b"a=>" * 30_000,
    ],
    ids=["empty", "nested", "odd", "latin-1", "closing", "ifs", "arrows"],
)
def test_odd_input_ends_soon(suffix: str, content: bytes) -> None:
    begun = time.monotonic()
    with (
        Isolated(lambda _, given: measure(suffix, "product", given).problem.encode()) as apart,
        suppress(ChildProcessError),
    ):
        apart.ask(b"", content)
    assert time.monotonic() - begun < 25


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"a\0b", "binary"),
        (b"x = '" + b"a" * 6000 + b"'\n", "a line is longer than 5000 characters"),
        (b"x = 1;\n" * 90_000, "larger than 500000 bytes"),
        (b"\n" * 400_000, ""),
    ],
)
def test_what_cannot_be_measured_says_why(content: bytes, problem: str) -> None:
    found = measure(".js", "product", content)
    assert (found.problem, found.functions, found.prints.code_lines) == (problem, (), 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_and_line_ends(encoding: str) -> None:
    found = measure(".py", "product", "def f(a):\r\n    return a\r\n".encode(encoding))
    assert [(f.name, f.line, f.lines) for f in found.functions] == [("f", 1, 2)]
    assert found.prints.code_lines == 2


def test_a_parser_that_takes_too_long_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    found = measure(".go", "product", b"case a:" * 70_000)
    assert (found.problem, found.unread) == ("a line is longer than 5000 characters", "parsing took too long") or (
        found.problem == found.unread == "parsing took too long"
    )


def test_of_a_test_only_the_imports_are_read() -> None:
    found = measure(".py", "test", b"import os\n\ndef f():\n    pass  # TODO\n")
    assert (found.raw.imports, found.functions, found.marks) == (("os",), (), ())


def test_a_language_without_grammar_has_functions_without_cognitive_complexity() -> None:
    found = measure(".lua", "product", b"-- TODO\nfunction f(a)\n  if a then return 1 end\nend\n")
    assert [(f.name, f.complexity, f.cognitive, f.nesting) for f in found.functions] == [("f", 2, None, None)]
    assert found.marks == ((1, "TODO"),)


def test_plain_leaves_other_bytes_alone() -> None:
    assert plain(b"\xe9\x00a") == b"\xe9\x00a"


def test_each_blob_is_read_once_for_five_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = GitRepo(tmp_path)
    repo.commit(
        "Add the code",
        {
            "a.py": "import b\n\ndef f():\n    pass  # TODO\n",
            "b.py": "x = 1\n",
            "c.py": "x = 1\n",
            "tests/test_a.py": "import a\n",
        },
    )
    cache = SqliteCache(tmp_path / "blobs.db")
    facts = []
    for expected in (3, 0):
        opened = repo.open()
        opened.cache = cache
        tree = fact_of(listing.COLLECTOR, opened, Tree)
        size = fact_of(code_size.COLLECTOR, opened, CodeSize, tree)
        opened.blobs_analysed = 0
        facts.append(
            (
                fact_of(functions.COLLECTOR, opened, Functions, tree, size),
                fact_of(imports.COLLECTOR, opened, ImportGraph, tree),
                fact_of(markers.COLLECTOR, opened, Markers, tree, size),
                fact_of(scale_smells.COLLECTOR, opened, ScaleSmells, tree, size),
                fact_of(duplication.COLLECTOR, opened, Duplication, tree, size),
            )
        )
        assert opened.blobs_analysed == expected
    assert facts[0] == facts[1]
    assert facts[0][1].edges == (("a.py", "b.py"),)
    assert facts[0][2].total == 1


def test_a_blob_that_kills_the_parser_is_a_hole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def measure_or_die(suffix: str, role: str, content: bytes) -> measures.Measures:
        if b"poison" in content:
            os.abort()
        return measure(suffix, role, content)

    monkeypatch.setattr(measures, "measure", measure_or_die)
    repo = GitRepo(tmp_path)
    repo.commit("Add", {"a.go": "package a\nfunc f() {}\n", "b.go": "poison", "c.go": "package a\nfunc g() {}\n"})
    opened = repo.open()
    tree = fact_of(listing.COLLECTOR, opened, Tree)
    got = fact_of(functions.COLLECTOR, opened, Functions, tree, fact_of(code_size.COLLECTOR, opened, CodeSize, tree))
    assert [f.name for f in got.functions] == ["f", "g"]
    assert [path for path, _ in got.unparsed] == ["b.go"]
