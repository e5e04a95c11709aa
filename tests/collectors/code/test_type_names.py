from __future__ import annotations

from collectors.code.grammars import language
from collectors.code.graph import Raw
from collectors.code.syntax import root_of
from collectors.code.type_names import Namespaces, captured, used

RAWS = {
    "a.kt": Raw((), "p.one", declared=("A", "Inner.B")),
    "b.kt": Raw((), "p.two", declared=("A",)),
    "c.kt": Raw((), "", declared=("Root",)),
}


def test_packages_of_the_repository() -> None:
    known = Namespaces(RAWS)
    assert (known.has("p.one"), known.has("p"), known.has("")) == (True, False, True)
    assert (known.holds("p"), known.holds("q")) == (True, False)


def test_files_that_declare_a_name() -> None:
    known = Namespaces(RAWS)
    assert (known.of("p.one", "A", "b.kt"), known.of("p.one.Inner", "B", "x"), known.of("q", "A", "x")) == (
        "a.kt",
        "a.kt",
        "",
    )
    assert known.among("p.one", ("A", "Z"), "b.kt") == {"a.kt"}
    assert known.among("p.one", ("A",), "a.kt") == set()


def test_names_used_begin_with_a_capital_and_stand_after_no_dot() -> None:
    code = b"val x = Alpha.Beta(gamma, Delta()) // Ghost"
    comments = captured("kotlin", "(line_comment) @other", root_of(language("kotlin"), code))["other"]
    assert used(code, comments) == ("Alpha", "Delta")
