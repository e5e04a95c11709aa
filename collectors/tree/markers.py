"""TODO, FIXME, HACK and XXX in the comments of product code."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.code.measures import measures
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.tree import CodeSize, Marker, Markers, Tree
from scanner.repository import Repository

KEPT = 500
"""Markers that the fact carries."""


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Markers of every product file in a programming language."""
    tree, code = ask.fact(Tree), ask.fact(CodeSize)
    measured = measures(ask.source, tree)
    markers, unread = [], 0
    for entry in tree.entries:
        found_in = measured.get(entry.path) if entry.role == "product" else None
        if isinstance(found_in, Unknown):
            unread += 1
        elif found_in is not None:
            markers += [Marker(entry.path, line, kind) for line, kind in found_in.marks]
    fact = Markers(len(markers), code.product_code, tuple(markers[:KEPT]))
    caveat = f"{unread} files were too large or damaged" if unread else ""
    yield found(fact, f"product files of {tree.commit[:12]}", commit=tree.commit, caveat=caveat)


COLLECTOR = Collector(
    name="tree-markers",
    version="2",
    source=Repository,
    provides=(Markers,),
    needs=(Tree, CodeSize),
    collect=collect,
)
