"""Stretches of product code that stand in more than one file."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.code.copies import Prints, shared, stretches
from collectors.code.measures import measures
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.duplication import Copy, Duplication
from scanner.facts.tree import CodeSize, Tree
from scanner.repository import Repository

KEPT = 500
"""Copies that the fact carries."""


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Compares every product file with every other, by fingerprints; a copy within one file is none."""
    tree, size = ask.fact(Tree), ask.fact(CodeSize)
    measured = measures(ask.source, tree)
    files: dict[str, Prints] = {}
    for entry in tree.entries:
        seen = measured.get(entry.path) if entry.role == "product" else None
        if seen is not None and not isinstance(seen, Unknown) and not seen.problem:
            files[entry.path] = seen.prints
    keys = shared(files.values())
    copies = [Copy(path, line, count) for path, held in files.items() for _, count, line in stretches(held, keys)]
    copies.sort(key=lambda copy: (-copy.lines, copy.path, copy.line))
    fact = Duplication(
        copies=tuple(copies[:KEPT]),
        copied_lines=sum(copy.lines for copy in copies),
        lines=sum(held.code_lines for held in files.values()),
        code_lines_measured=sum(f.code for f in size.files if f.path in files),
        code_lines=size.product_code,
    )
    yield found(fact, f"fingerprints of product files of {tree.commit[:12]}", commit=tree.commit)


COLLECTOR = Collector(
    name="code-duplication",
    version="1",
    source=Repository,
    provides=(Duplication,),
    needs=(Tree, CodeSize),
    collect=collect,
)
