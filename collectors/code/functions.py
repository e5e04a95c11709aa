"""Functions of product code with their complexities, by the syntax trees of their languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from collectors.code.grammars import grammar_of
from collectors.code.lizard_functions import SUFFIXES
from collectors.code.measures import measures
from collectors.tree.languages import language_of
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.code import Function, Functions
from scanner.facts.tree import CodeSize, Tree, TreeEntry
from scanner.repository import Repository


def measurable(entry: TreeEntry) -> bool:
    """Whether an entry is product code in a language whose functions are measured."""
    suffix = PurePosixPath(entry.path).suffix.lower()
    return (
        entry.role == "product"
        and entry.kind in ("file", "executable")
        and (grammar_of(suffix) is not None or suffix in SUFFIXES)
    )


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Measures every product file in a known language; what could not be read is named."""
    tree, size = ask.fact(Tree), ask.fact(CodeSize)
    functions: list[Function] = []
    unparsed: list[tuple[str, str]] = []
    measured: dict[str, str] = {}
    read = measures(ask.source, tree)
    for entry in filter(measurable, tree.entries):
        seen = read[entry.path]
        if isinstance(seen, Unknown) or seen.problem:
            unparsed.append((entry.path, seen.detail if isinstance(seen, Unknown) else seen.problem))
            continue
        language = measured[entry.path] = language_of(entry.path)
        functions += [
            Function(entry.path, f.name, f.line, language, f.complexity, f.lines, f.parameters, f.cognitive, f.nesting)
            for f in seen.functions
        ]
    fact = Functions(
        functions=tuple(functions),
        languages=tuple(sorted(set(measured.values()))),
        code_lines_measured=sum(f.code for f in size.files if f.path in measured),
        code_lines=size.product_code,
        unparsed=tuple(unparsed),
    )
    caveat = f"{len(unparsed)} files could not be measured" if unparsed else ""
    yield found(fact, f"tree-sitter and lizard on {tree.commit[:12]}", commit=tree.commit, caveat=caveat)


COLLECTOR = Collector(
    name="code-functions",
    version="4",
    source=Repository,
    provides=(Functions,),
    needs=(Tree, CodeSize),
    collect=collect,
)
