"""Names of types in code, and where languages keep them: in a package or namespace, in whichever file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from tree_sitter import Node, Query, QueryCursor

from collectors.code.grammars import language
from collectors.code.graph import Raw, nearest

IMPORTS, NAMES = 2_000, 3_000
"""Most imports and names kept of one file."""
_PARTS = 8
"""Files that declare parts of one type, at most."""
_NAME = re.compile(rb"(?<![\w$.])[A-Z]\w{0,99}")


@cache
def query(key: str, text: str) -> Query:
    """A compiled query of the grammar ``key``."""
    return Query(language(key), text)


def captured(key: str, text: str, root: Node) -> dict[str, list[Node]]:
    """The captures of a query, each in the order of the text."""
    found = QueryCursor(query(key, text)).captures(root)
    return {name: sorted(nodes, key=lambda node: node.start_byte) for name, nodes in found.items()}


def used(content: bytes, passed_over: Iterable[Node]) -> tuple[str, ...]:
    """Every capitalised word outside of ``passed_over`` (comments, strings, imports) and not after a dot, sorted."""
    pieces: list[bytes] = []
    at = 0
    for node in sorted(passed_over, key=lambda node: node.start_byte):
        if node.start_byte >= at:
            pieces.append(content[at : node.start_byte])
        at = max(at, node.end_byte)
    pieces.append(content[at:])
    words = set(_NAME.findall(b" ".join(pieces)))
    return tuple(word.decode("utf-8", "replace") for word in sorted(words)[:NAMES])


def text_of(node: Node | None) -> str:
    """The text of a node without white space; empty for none."""
    return "".join(((node.text or b"") if node is not None else b"").decode("utf-8", "replace").split())[:300]


class Namespaces:
    """Which files declare what, by package or namespace."""

    def __init__(self, raws: Mapping[str, Raw]) -> None:
        self.files: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._above: set[str] = set()
        for path in sorted(raws):
            package = raws[path].package
            for name in raws[path].declared:
                space, _, last = ".".join(part for part in (package, name) if part).rpartition(".")
                if len(self.files[space][last]) < _PARTS:
                    self.files[space][last].append(path)
        for space in self.files:
            self._above.update(_prefixes(space))

    def has(self, package: str) -> bool:
        """Whether a file declares something in exactly this package."""
        return package in self.files

    def holds(self, package: str) -> bool:
        """Whether this package or one below it is the repository's own."""
        return package in self._above

    def of(self, package: str, name: str, path: str) -> str:
        """The file nearest to ``path`` that declares ``name``; empty when none does."""
        return nearest(path, self.files[package].get(name, ())) if package in self.files else ""

    def among(self, package: str, names: Iterable[str], path: str) -> set[str]:
        """The files that declare those of ``names`` that are in ``package``, without ``path`` itself where it does so, too."""
        held = self.files.get(package, {})
        return {nearest(path, held[name]) for name in names if name in held and path not in held[name]}


def _prefixes(package: str) -> Iterable[str]:
    parts = package.split(".") if package else []
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1))
