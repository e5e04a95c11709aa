"""Import graphs of a few folders for the checks of structure."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from scanner.facts.code import ImportGraph
from scanner.facts.structure import Layering, Module, Modules
from scanner.facts.tree import CodeSize, FileLines
from tests.builders_checks_b import plain

Edges = Iterable[tuple[str, str]]


def graph_of(modules: Iterable[str], edges: Edges = (), tested: Iterable[str] = (), unresolved: int = 0) -> ImportGraph:
    """A Java graph; modules and edges in any order."""
    return ImportGraph(
        ("Java",),
        tuple(sorted(modules)),
        tuple(sorted(edges)),
        tuple(sorted(tested)),
        external=0,
        unresolved=unresolved,
    )


def modules_of(
    modules: Iterable[str],
    types: Mapping[str, tuple[int, int]] | None = None,
    language: str = "Java",
    reached: Iterable[str] = (),
    layerings: tuple[Layering, ...] = (),
) -> Modules:
    """What is known of them; ``types`` are (types, abstract types) by module, the others declare none."""
    held, ways = types or {}, set(reached)
    known = (Module(m, language, posixpath.dirname(m), *held.get(m, (0, 0)), m in ways) for m in sorted(modules))
    return Modules(tuple(known), layerings)


def java(code: int = 1000, other: int = 0) -> CodeSize:
    """Lines of Java, and of a language that no import reader knows."""
    files = (
        plain(FileLines, path="a.java", language="Java", role="product", code=code),
        plain(FileLines, path="a.cob", language="COBOL", role="product", code=other),
    )
    return plain(CodeSize, product_code=code + other, files=files)


def numbered(folder: str, count: int) -> list[str]:
    """``count`` modules of a folder: ``folder/0.java`` and on."""
    return [f"{folder}/{number}.java" for number in range(count)]
