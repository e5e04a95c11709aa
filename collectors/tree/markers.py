"""TODO, FIXME, HACK and XXX in the comments of product code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from collectors.tree.languages import is_programming
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.tree import CodeSize, Marker, Markers, Tree, TreeEntry
from scanner.repository import Repository

KEPT = 500
"""Markers that the fact carries."""
LINE_BYTES = 2_000
"""Longer lines are not looked at: they are data or minified code."""

_WORD = re.compile(rb"\b(TODO|FIXME|HACK|XXX)\b")
_OPENERS = (b"//", b"#", b"/*", b"--", b"<!--", b";", b"%", b'"""', b"'''", b"(*", b"{-")
_STAR = re.compile(rb"\s*\*")


@dataclass(frozen=True, slots=True)
class Marked:
    """The markers of one blob: (line, kind)."""

    markers: tuple[tuple[int, str], ...]


def parse(content: bytes) -> Marked:
    """Markers in lines that look like comments: the word stands behind a comment's opening, or in a ``*`` line.

    One marker per line. A word in a string without such an opening is none.
    """
    out = []
    if _WORD.search(content) is None:
        return Marked(())
    for number, line in enumerate(content.split(b"\n"), start=1):
        match = _WORD.search(line) if len(line) <= LINE_BYTES else None
        if match and _in_comment(line[: match.start()]):
            out.append((number, match.group(1).decode("ascii")))
    return Marked(tuple(out))


def _in_comment(before: bytes) -> bool:
    return any(opener in before for opener in _OPENERS) or _STAR.match(before) is not None


def _parse(entry: TreeEntry, content: bytes) -> Marked:
    del entry
    return parse(content)


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Markers of every product file in a programming language."""
    tree, code = ask.fact(Tree), ask.fact(CodeSize)
    wanted = [
        e for e in tree.entries if e.role == "product" and e.kind in ("file", "executable") and is_programming(e.path)
    ]
    markers, unread = [], 0
    for entry, marked in ask.source.per_blob("tree-markers", COLLECTOR.version, wanted, _parse, Marked):
        if isinstance(marked, Unknown):
            unread += 1
        else:
            markers += [Marker(entry.path, line, kind) for line, kind in marked.markers]
    fact = Markers(len(markers), code.product_code, tuple(markers[:KEPT]))
    caveat = f"{unread} files were too large or damaged" if unread else ""
    yield found(fact, f"product files of {tree.commit[:12]}", commit=tree.commit, caveat=caveat)


COLLECTOR = Collector(
    name="tree-markers",
    version="1",
    source=Repository,
    provides=(Markers,),
    needs=(Tree, CodeSize),
    collect=collect,
)
