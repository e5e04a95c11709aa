"""Imports of Java files: types by package, including those of the same package that need no import.

Read by one linear scan that passes over comments and literals: tree-sitter's Java grammar takes gigabytes
on some broken inputs (``a=>a=>…``).
"""

from __future__ import annotations

import re

from tree_sitter import Node

from collectors.code.graph import Raw
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
