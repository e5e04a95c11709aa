"""Syntax trees of other languages by tree-sitter, bounded in time and depth."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import count

from tree_sitter import Language, Node, Parser, Range

DEPTH = 1_000
"""Nodes that lie deeper are not looked at: nobody writes such code."""
_SECONDS = 3.0
_RARELY = 16
"""The clock is looked at once in so many steps of the parser."""
_CHUNK = 1 << 12
"""Bytes that the parser is given at a time; the text of a node is read in such pieces, too, so larger ones cost more."""


def root_of(language: Language, content: bytes, ranges: Sequence[Range] | None = None) -> Node:
    """The root of the tree of ``content``; broken code has a tree, too. ``ranges`` are read as one text, the rest not.

    Raises TimeoutError after 3 seconds of processor time: error recovery is quadratic on some inputs.
    """
    deadline = time.process_time() + _SECONDS
    asked = count(1)

    def chunk(offset: int, _point: object) -> bytes:
        return content[offset : offset + _CHUNK]

    def stop(_offset: int, _has_error: bool) -> bool:
        return next(asked) % _RARELY == 0 and time.process_time() > deadline

    try:
        return Parser(language, included_ranges=ranges).parse(chunk, progress_callback=stop).root_node
    except ValueError:
        raise TimeoutError("parsing took too long") from None


def nodes(root: Node, types: frozenset[str]) -> Iterator[Node]:
    """Every node of one of ``types``, in the order of the text, down to `DEPTH`. Time is linear in the tree."""
    cursor = root.walk()
    while True:
        node = cursor.node
        if node is not None and node.type in types:
            yield node
        if cursor.depth < DEPTH and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def literal(node: Node | None) -> str:
    """The content of a string literal between its quotes, as text; empty for no node."""
    text = (node.text or b"") if node is not None else b""
    return text[1:-1].decode("utf-8", "replace")
