"""Imports of Java files: types by package, including those of the same package that need no import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import tree_sitter_java
from tree_sitter import Language, Node

from collectors.code.graph import Raw, Resolution
from collectors.code.syntax import nodes, root_of
from scanner.core.text import clean

_IMPORTS, _NAMES = 2_000, 3_000
_NAMED = frozenset({"identifier", "type_identifier"})


@cache
def _language() -> Language:
    return Language(tree_sitter_java.language())


def parse(content: bytes) -> Raw:
    """Package, imports (``a.b.C``, ``a.b.*``; ``static`` ones with their member) and capitalised names used."""
    root = root_of(_language(), content)
    package, imports = "", dict[str, None]()
    for node in root.children:
        if node.type == "package_declaration":
            package = _named(node)
        elif node.type == "import_declaration":
            imports[_named(node)] = None
    texts = {node.text or b"" for node in nodes(root, _NAMED)}
    names = {clean(text, 100) for text in texts if text[:1].isupper()}
    return Raw(tuple(imports)[:_IMPORTS], package, tuple(sorted(names)[:_NAMES]))


def _named(node: Node) -> str:
    """The dotted name in a package or import declaration, with ``.*`` and without white space."""
    text = (node.text or b"").decode("utf-8", "replace").rstrip(";").split(None, 1)[-1]
    return clean("".join(text.removeprefix("static").split()))


class JavaResolver:
    """Resolves types to files. ``raws`` are the parsed Java files of the repository by path."""

    def __init__(self, raws: Mapping[str, Raw]) -> None:
        self._types: dict[str, dict[str, str]] = defaultdict(dict)
        for path in sorted(raws):
            name = path.rpartition("/")[2].removesuffix(".java")
            self._types[raws[path].package].setdefault(name, path)

    def module(self, path: str) -> str:
        """The file itself."""
        return path

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the imports and the names used in ``path`` lead."""
        out, used = Resolution(), set(raw.names)
        self._add(out, self._types.get(raw.package, {}), used)
        for written in raw.imports:
            package, _, name = written.rpartition(".")
            if name == "*" and package in self._types:
                self._add(out, self._types[package], used)
                continue
            target = self._type(written)
            if target:
                out.modules.add(target)
            elif package in self._types or package.rpartition(".")[0] in self._types:
                out.unresolved += 1
            else:
                out.external += 1
        out.modules.discard(path)
        return out

    def _add(self, out: Resolution, types: Mapping[str, str], used: set[str]) -> None:
        out.modules.update(types[name] for name in used & types.keys())

    def _type(self, written: str) -> str:
        """The file of a type, of the type around it, or of the type that a static member belongs to."""
        at = written.removesuffix(".*")
        for _ in range(3):
            package, _, name = at.rpartition(".")
            if name in self._types.get(package, {}):
                return self._types[package][name]
            at = package
        return ""
