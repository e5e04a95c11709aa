"""Patterns that cost at scale in Python product code."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.code.measures import measures
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.code import ScaleSmells, Smell
from scanner.facts.tree import CodeSize, Tree
from scanner.repository import Repository


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Smells of every Python product file."""
    tree, size = ask.fact(Tree), ask.fact(CodeSize)
    wanted = [
        e for e in tree.entries if e.role == "product" and e.kind in ("file", "executable") and e.path.endswith(".py")
    ]
    smells: list[Smell] = []
    asyncs = unparsed = 0
    measured = measures(ask.source, tree)
    for entry in wanted:
        of = measured[entry.path]
        seen = None if isinstance(of, Unknown) else of.smells
        if seen is None:
            unparsed += 1
            continue
        asyncs += seen.async_functions
        smells += [Smell(kind, entry.path, line, detail) for kind, line, detail in seen.smells]
    python = sum(f.code for f in size.files if f.language == "Python" and f.role == "product")
    caveat = f"{unparsed} files could not be parsed" if unparsed else ""
    yield found(
        ScaleSmells(tuple(smells), python, asyncs), f"ast on {tree.commit[:12]}", commit=tree.commit, caveat=caveat
    )


COLLECTOR = Collector(
    name="code-scale-smells",
    version="2",
    source=Repository,
    provides=(ScaleSmells,),
    needs=(Tree, CodeSize),
    collect=collect,
)
