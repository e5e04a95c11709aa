"""Functions of a syntax tree: cyclomatic and cognitive complexity, nesting, length, parameters, in one sweep over captures.

Cyclomatic: McCabe, 1 and one for every decision. Cognitive: G. A. Campbell, Cognitive Complexity, SonarSource white paper 1.7
(2023), appendix B: one for every break in the flow, and one more for each level it is nested in; ``else`` and ``else if`` one; one
for each run of like logical operators; one for a jump to a label; one for direct recursion. Two choices are ours: a function that
stands in the list is judged alone, also within another one, and longer cycles of recursion are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from tree_sitter import Node

from collectors.code.grammars import Grammar
from collectors.code.signatures import Signature, signature, type_name

_DECIDES = frozenset({"branch", "case", "elif", "and", "or", "decision"})
_DEEPENS = frozenset({"branch", "choice", "lambda"})
_ORDER = {name: number for number, name in enumerate(
    ("unasked", "type", "function", "lambda", "choice", "branch", "elif", "case", "else", "or", "and", "jump", "decision")
)}  # fmt: skip
"""Captures that are swept, in the order in which those of one range open."""
_STATEMENTS = frozenset({"if", "for", "while", "switch", "else", "return"})
"""Names under which a grammar that lost its way reports a statement as a function."""
_SPACE = re.compile(rb"\s{0,200}")
_LEFT = re.compile(rb"[\s(]{0,200}")
_TAKES_ALL = re.compile(rb"case\s+(?!None\b|True\b|False\b)[^\W\d]\w*\s*(?::|if\b)")
_LOGICAL = (b"&&", b"||", b"and", b"or")


class Measure(NamedTuple):
    """One function: where it stands, both complexities, the deepest level of control flow, lines, parameters.

    ``cognitive`` and ``nesting`` are None where there was no syntax tree.
    """

    name: str
    line: int
    complexity: int
    lines: int
    parameters: int
    cognitive: int | None
    nesting: int | None


@dataclass(slots=True)
class _Frame:
    """A function that is open."""

    end: int
    signature: Signature
    name: str
    complexity: int = 1
    cognitive: int = 0
    level: int = 0
    deepest: int = 0
    deepening: list[int] = field(default_factory=list)
    """Ends of the structures that are open, innermost last."""
    operations: list[tuple[int, int, str]] = field(default_factory=list)
    """Logical operations: start of the expression they belong to, place of the operator, operator."""


def measured(grammar: Grammar, content: bytes, captures: Mapping[str, list[Node]]) -> tuple[Measure, ...]:
    """Every function among ``captures`` in the order of the text. Time is linear in the captures."""
    return tuple(sorted(_Sweep(grammar, content).over(captures), key=lambda f: (f.line, f.name)))


def _events(captures: Mapping[str, list[Node]]) -> list[tuple[int, int, int, int, str, Node]]:
    """(start, minus end, order of opening, id, capture, node) in the order of the text, outer ones first."""
    events: list[tuple[int, int, int, int, str, Node]] = []
    for name in captures.keys() & _ORDER.keys():
        order = _ORDER[name]
        events += [(node.start_byte, -node.end_byte, order, node.id, name, node) for node in captures[name]]
    events.sort(key=itemgetter(0, 1, 2))
    return events


class _Sweep:
    """One pass over the captures of a file in the order of the text."""

    def __init__(self, grammar: Grammar, content: bytes) -> None:
        self._grammar, self._content = grammar, content
        self._frames: list[_Frame] = []
        self._types: list[tuple[int, str, int]] = []
        """(end, name, functions open around it) of the types that are open."""
        self._open: list[tuple[int, int]] = []
        """(end, start of the whole expression) of the logical operations that are open."""
        self._chained: set[int] = set()
        self._unasked_until = 0

    def over(self, captures: Mapping[str, list[Node]]) -> Iterator[Measure]:
        """The functions, each when it closes."""
        for start, negative, _, _, name, node in _events(captures):
            end = -negative
            while self._frames and self._frames[-1].end <= start:
                yield self._closed(self._frames.pop())
            while self._types and self._types[-1][0] <= start:
                self._types.pop()
            if name == "function":
                told = signature(node)
                if told.name not in _STATEMENTS:
                    self._opened(told, end)
            elif name == "type":
                self._types.append((end, type_name(node), len(self._frames)))
            elif name == "unasked":
                self._unasked_until = max(self._unasked_until, end)
            elif self._frames and start >= self._unasked_until:
                self._seen(self._frames[-1], name, node, start, end)
        while self._frames:
            yield self._closed(self._frames.pop())

    def _opened(self, told: Signature, end: int) -> None:
        outer = [name for _, name, _ in self._types if name]
        if self._grammar.key == "python" and self._frames:
            depth = len(self._frames)
            outer = [self._frames[-1].name, *(name for _, name, within in self._types if name and within == depth)]
        self._frames.append(_Frame(end, told, self._grammar.joint.join([*outer, told.name])))

    def _seen(self, frame: _Frame, name: str, node: Node, start: int, end: int) -> None:
        while frame.deepening and frame.deepening[-1] <= start:
            frame.deepening.pop()
        level = len(frame.deepening)
        if name in _DECIDES and not (name == "case" and self._takes_all(start)):
            frame.complexity += 1
        if name in _DEEPENS:
            if start in self._chained and node.type.startswith("if"):
                return
            frame.cognitive += 0 if name == "lambda" else 1 + level
            frame.deepening.append(end)
            frame.deepest = max(frame.deepest, level + (name != "lambda"))
        elif name in ("else", "elif", "jump"):
            frame.cognitive += 1
            if name == "else":
                following = _SPACE.match(self._content, end)
                self._chained.add(following.end() if following else end)
        elif name in ("and", "or"):
            self._operated(frame, name, node, start, end)

    def _takes_all(self, start: int) -> bool:
        """Whether a case of Python is ``case _`` or a bare name, which decides nothing."""
        return self._grammar.key == "python" and _TAKES_ALL.match(self._content, start) is not None

    def _operated(self, frame: _Frame, name: str, node: Node, start: int, end: int) -> None:
        """Note a logical operation; it belongs to the one around it when it is a bare operand of that."""
        while self._open and self._open[-1][0] <= start:
            self._open.pop()
        whole = start
        if self._open and self._is_operand(self._open[-1][1], start):
            whole = self._open[-1][1]
        self._open.append((end, whole))
        operator = node.child_by_field_name("operator")
        if operator is None:
            operator = next((child for child in node.children if not child.is_named), node)
        frame.operations.append((whole, operator.start_byte, name))

    def _is_operand(self, whole: int, start: int) -> bool:
        """Whether nothing but brackets parts an operation from the operator before it, or from its expression's start."""
        opening = _LEFT.match(self._content, whole)
        if opening is not None and opening.end() >= start:
            return True
        before = self._content[max(whole, start - 200) : start].rstrip(b" \t\r\n(\\")
        return before.endswith(_LOGICAL)

    def _closed(self, frame: _Frame) -> Measure:
        run, runs = (-1, ""), 0
        for whole, _, word in sorted(frame.operations):
            runs += run != (whole, word)
            run = (whole, word)
        told = frame.signature
        cognitive = frame.cognitive + runs + _calls_itself(self._content, told.name, told.body, frame.end)
        return Measure(frame.name, told.line, frame.complexity, told.lines, told.parameters, cognitive, frame.deepest)


def _calls_itself(content: bytes, name: str, start: int, end: int) -> bool:
    """Whether ``name(`` stands in the body as a call that is no method of another object."""
    called = name.rpartition("::")[2].encode() + b"("
    at = content.find(called, start, end) if name and "(" not in name else -1
    while at >= 0:
        before = content[max(0, at - 6) : at]
        if before.endswith((b"self.", b"this.", b"self::")) or not re.search(rb"[\w.>:$@]$|\bfunc $|\bdef $", before):
            return True
        at = content.find(called, at + 1, end)
    return False
