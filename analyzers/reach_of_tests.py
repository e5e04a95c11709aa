"""Which modules tests load, as the import graph tells."""

from __future__ import annotations

from collections import defaultdict

from scanner.core.evidence import Unknown, Why
from scanner.facts.code import ImportGraph
from scanner.facts.tree import CodeSize


def loaded_by_tests(graph: ImportGraph, size: CodeSize) -> set[str] | Unknown:
    """Modules that a test imports by name, and all that these import in turn; Unknown where imports do not tell."""
    if not graph.modules:
        return Unknown(Why.UNSUPPORTED, "the imports here could not be followed", "an import reader for its languages")
    tested = set(graph.imported_by_tests) & set(graph.modules)
    if size.test_code and not tested:
        return Unknown(
            Why.UNSUPPORTED,
            "there are tests, but none imports a module by name: they test from inside or from outside",
            "a published coverage report",
        )
    targets: dict[str, list[str]] = defaultdict(list)
    for source, target in graph.edges:
        targets[source].append(target)
    loaded, waiting = set(tested), sorted(tested)
    while waiting:
        for target in targets[waiting.pop()]:
            if target not in loaded:
                loaded.add(target)
                waiting.append(target)
    return loaded
