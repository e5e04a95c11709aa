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
