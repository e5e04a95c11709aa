"""The import statements of a file whose syntax tree is known, by the reader of its language."""

from __future__ import annotations

from tree_sitter import Node

from collectors.code import go_imports, java_imports, python_imports, script_imports
from collectors.code.graph import Raw

_PYTHON = (".py", ".pyw")


def has_tree_reader(suffix: str) -> bool:
    """Whether the imports of files with ``suffix`` are read from a syntax tree."""
    return suffix in (*_PYTHON, ".go", *script_imports.SUFFIXES)


def of_text(suffix: str, content: bytes) -> Raw:
    """The imports of a file whose language needs no syntax tree for them; else none."""
    return java_imports.parse(content) if suffix == ".java" else Raw(())


def read(suffix: str, root: Node, content: bytes) -> Raw:
    """The imports as written; none for a language without a reader. Errors are the readers'."""
    if suffix in _PYTHON:
        return python_imports.raw(root, content)
    if suffix == ".go":
        return go_imports.raw(root, content)
    if suffix == ".java":
        return java_imports.raw(root, content)
    return script_imports.raw(root, content) if suffix in script_imports.SUFFIXES else Raw(())
