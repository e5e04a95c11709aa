"""Python functions that look complex, counted by radon: the figures that findings rest on come from the established tool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from collectors.code.complexity import Measure
from collectors.code.python_source import statement

THRESHOLD = 10
"""McCabe's own limit; radon, which parses again, is asked only about functions above it."""


def confirmed(functions: tuple[Measure, ...], content: bytes, places: Iterable[tuple[int, int]]) -> tuple[Measure, ...]:
    """``functions`` of one file, those over `THRESHOLD` with radon's cyclomatic complexity.

    ``places`` are the byte ranges of the functions. Radon is given the outermost ones alone, as what stands around a function does
    not change its figure. Those that radon does not list (in a class within a function), and what this interpreter cannot parse,
    keep ours.
    """
    complex_lines = {f.line for f in functions if f.complexity > THRESHOLD}
    if not complex_lines:
        return functions
    counted: dict[int, int] = {}
    for line, start, end in _outermost(content, places):
        last = line + content.count(b"\n", start, end)
        if any(line <= each <= last for each in complex_lines):
            counted.update(_by_radon(content, start, end, line))
    return tuple(
        f._replace(complexity=counted.get(f.line, f.complexity)) if f.complexity > THRESHOLD else f for f in functions
    )


def _outermost(content: bytes, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(line, start, end) of the places that lie in no other one."""
    outer: list[tuple[int, int]] = [(0, 0)]
    for start, end in sorted(places):
        if start >= outer[-1][1]:
            outer.append((start, end))
    line = 1
    for (before, _), (start, end) in pairwise(outer):
        line += content.count(b"\n", before, start)
        yield line, start, end


def _by_radon(content: bytes, start: int, end: int, line: int) -> dict[int, int]:
    """Radon's figure by line of the function that starts in ``line``, and of those within it."""
    from radon.complexity import cc_visit_ast  # slow to import
    from radon.visitors import Class, Function

    try:
        tree, before = statement(content, start, end)
        waiting: list[Class | Function] = list(cc_visit_ast(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    counted: dict[int, int] = {}
    while waiting:
        block = waiting.pop()
        if isinstance(block, Class):
            waiting += [*block.methods, *block.inner_classes]
        else:
            counted[line + block.lineno - before - 1] = block.complexity
            waiting += block.closures
    return counted
