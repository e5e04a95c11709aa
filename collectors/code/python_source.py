"""Python source as a syntax tree, whatever it is."""

from __future__ import annotations

import ast
import warnings


def syntax_tree(source: str | bytes) -> ast.Module:
    """The tree of ``source``, without the warnings that odd code causes.

    Raises SyntaxError, ValueError, RecursionError or MemoryError on what this interpreter cannot parse.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def statement(content: bytes, start: int, end: int) -> tuple[ast.Module, int]:
    """The tree of one statement of ``content``, from byte to byte, and how many lines it has before its own first one.

    An indented one is read as the body of an ``if``; errors as of `syntax_tree`.
    """
    begin = content.rfind(b"\n", 0, start) + 1
    indented = begin < start
    return syntax_tree((b"if 1:\n" if indented else b"") + content[begin:end]), int(indented)


def docstring_lines(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> range:
    """The lines (counted from 1) of the docstring of ``node``; empty when it has none or shares its line with code."""
    first = node.body[0] if node.body else None
    if not (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    ):
        return range(0)
    alone = isinstance(node, ast.Module) or first.lineno > node.lineno
    return range(first.lineno, (first.end_lineno or first.lineno) + 1) if alone else range(0)


def all_docstring_lines(source: str | bytes) -> frozenset[int]:
    """The lines of every docstring in ``source``; errors as of `syntax_tree`."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = (node for node in ast.walk(syntax_tree(source)) if isinstance(node, documented))
    return frozenset(line for node in nodes for line in docstring_lines(node))
