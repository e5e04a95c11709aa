"""The import statements of a file whose syntax tree is known, by the reader of its language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tree_sitter import Node

from collectors.code import (
    c_includes,
    csharp_imports,
    go_imports,
    java_imports,
    kotlin_imports,
    php_imports,
    python_imports,
    ruby_requires,
    rust_imports,
    script_imports,
)
from collectors.code.graph import Raw

_READERS: dict[str, Callable[[Node, bytes], Raw]] = {
    **dict.fromkeys((".py", ".pyw"), python_imports.raw),
    **dict.fromkeys(script_imports.SUFFIXES, script_imports.raw),
    **dict.fromkeys((*c_includes.HEADERS, *c_includes.SOURCES), c_includes.raw),
    ".go": go_imports.raw,
    ".rs": rust_imports.raw,
    ".kt": kotlin_imports.raw,
    ".cs": csharp_imports.raw,
    ".rb": ruby_requires.raw,
    ".rake": ruby_requires.raw,
    ".php": php_imports.raw,
}
_JAVA, _RUST = ".java", ".rs"
SUFFIXES = (*_READERS, _JAVA)
"""Files whose imports are read."""


def has_tree_reader(suffix: str) -> bool:
    """Whether the imports of files with ``suffix`` are read from a syntax tree."""
    return suffix in _READERS


def of_text(suffix: str, content: bytes) -> Raw:
    """The imports of a file whose language needs no syntax tree for them; else none."""
    return java_imports.parse(content) if suffix == _JAVA else Raw(())


def read(suffix: str, root: Node, content: bytes, captures: Mapping[str, list[Node]] | None = None) -> Raw:
    """The imports as written; none for a language without a reader. Errors are the readers'.

    ``captures`` are those of the grammar, where they are known already.
    """
    if suffix == _RUST:
        return rust_imports.raw(root, content, captures)
    reader = _READERS.get(suffix)
    return reader(root, content) if reader is not None else of_text(suffix, content)
