"""Python functions that look complex, counted by radon: the figures that findings rest on come from the established tool."""

from __future__ import annotations

from collectors.code.complexity import Measure
from collectors.code.python_source import syntax_tree

THRESHOLD = 10
"""McCabe's own limit; radon, which parses again, is asked only about files with a function above it."""


def confirmed(functions: tuple[Measure, ...], content: bytes) -> tuple[Measure, ...]:
    """``functions`` of one file, those over `THRESHOLD` with radon's cyclomatic complexity.

    Those that radon does not list (in a class within a function), and files that this interpreter cannot parse, keep ours.
    """
    if all(f.complexity <= THRESHOLD for f in functions):
        return functions
    from radon.complexity import cc_visit_ast  # slow to import
    from radon.visitors import Class, Function

    try:
        waiting: list[Class | Function] = list(cc_visit_ast(syntax_tree(content)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return functions
    counted: dict[int, int] = {}
    while waiting:
        block = waiting.pop()
        if isinstance(block, Class):
            waiting += [*block.methods, *block.inner_classes]
        else:
            counted[block.lineno] = block.complexity
            waiting += block.closures
    return tuple(
        f._replace(complexity=counted.get(f.line, f.complexity)) if f.complexity > THRESHOLD else f for f in functions
    )
