"""Imports of Java files: types by package, including those of the same package that need no import.

Read by one linear scan that passes over comments and literals: tree-sitter's Java grammar takes gigabytes
on some broken inputs (``a=>a=>…``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from tree_sitter import Node

from collectors.code.graph import Raw, Resolution
from scanner.core.text import clean

_IMPORTS, _NAMES = 2_000, 3_000
_SKIPPED = re.compile(r'//[^\n]*|/\*|"""|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'')
_PACKAGE = re.compile(r"^[ \t]{0,99}package[ \t]{1,99}([\w.]{1,300})[ \t]{0,9};", re.MULTILINE)
_IMPORT = re.compile(
    r"^[ \t]{0,99}import[ \t]{1,99}(?:static[ \t]{1,99})?([\w.]{1,300}(?:\.\*)?)[ \t]{0,9};", re.MULTILINE
)
_NAME = re.compile(r"\b[A-Z]\w{0,99}")


def parse(content: bytes) -> Raw:
    """Package, imports (``a.b.C``, ``a.b.*``; ``static`` ones with their member) and capitalised names used."""
    text = bare(content.decode("utf-8-sig", "replace"))
    package = _PACKAGE.search(text)
    imports = dict.fromkeys(clean(name) for name in _IMPORT.findall(text))
    names = sorted(set(_NAME.findall(text)))
    return Raw(tuple(imports)[:_IMPORTS], package.group(1) if package else "", tuple(names[:_NAMES]))


def raw(root: Node, content: bytes) -> Raw:
    """The same; the tree adds nothing to it."""
    del root
    return parse(content)


def bare(text: str) -> str:
    """Java source without comments and literals, line breaks kept, one declaration a line."""
    out: list[str] = []
    at = 0
    while match := _SKIPPED.search(text, at):
        out.append(text[at : match.start()])
        at = match.end()
        closing = {"/*": "*/", '"""': '"""'}.get(match.group())
        if closing:
            end = text.find(closing, at)
            at = len(text) if end < 0 else end + len(closing)
        out.append(" ")
    out.append(text[at:])
    return "".join(out).replace(";", ";\n")


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
