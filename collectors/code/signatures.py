"""What the head of a function says: its name, where it starts, its length, how many parameters it takes."""

from __future__ import annotations

from typing import NamedTuple

from tree_sitter import Node

from scanner.core.text import clean

NAME_CHARACTERS = 120
ANONYMOUS = "(anonymous)"
_LISTS = frozenset({
    "parameters", "parameter_list", "formal_parameters", "function_value_parameters", "method_parameters", "lambda_parameters",
})  # fmt: skip
_NO_PARAMETER = frozenset(
    {"comment", "line_comment", "block_comment", "attribute_item", "keyword_separator", "positional_separator"}
)


class Signature(NamedTuple):
    """``line`` counts from 1; ``lines`` from there to the end, docstring left out; ``body`` is the byte where the body starts."""

    name: str
    line: int
    lines: int
    parameters: int
    body: int


def signature(node: Node) -> Signature:
    """The head of a function node of any grammar."""
    named, head = _named(node)
    listed = node.child_by_field_name("parameters") or (head.child_by_field_name("parameters") if head else None)
    body = node.child_by_field_name("body")
    first = named.start_point.row if named is not None else node.start_point.row
    end = node.end_point
    last = end.row if end.column or end.row == first else end.row - 1
    lines = last - first + 1
    if node.type == "function_definition" and body is not None and body.type == "block":
        lines -= _docstring_lines(body, first)
    return Signature(
        clean(named.text or b"", NAME_CHARACTERS) if named is not None else ANONYMOUS,
        first + 1,
        lines,
        _parameters(node, listed),
        body.start_byte if body is not None else (named or node).start_byte + 1,
    )


def type_name(node: Node) -> str:
    """The name of a class, an interface or a namespace; empty when it has none."""
    named = node.child_by_field_name("name")
    return clean(named.text or b"", NAME_CHARACTERS) if named is not None else ""


def _named(node: Node) -> tuple[Node | None, Node | None]:
    """The node of the name, and C's declarator that holds the parameters."""
    name = node.child_by_field_name("name")
    if name is not None:
        return name, None
    at = node.child_by_field_name("declarator")
    head = None
    for _ in range(20):
        if at is None:
            return None, head
        if at.type == "function_declarator":
            head = at
        inner = at.child_by_field_name("declarator")
        if inner is None:
            inner = next((c for c in at.named_children if c.type.endswith("declarator")), None)
        if inner is None:
            return at, head
        at = inner
    return at, head


def _parameters(node: Node, listed: Node | None) -> int:
    if listed is None:
        listed = next((c for c in node.named_children if c.type in _LISTS), None)
    if listed is None:
        direct = sum(1 for c in node.named_children if c.type == "parameter")
        return direct or int(node.child_by_field_name("parameter") is not None)
    if listed.named_child_count == 1 and listed.text in (b"(void)", b"( void )"):
        return 0
    declared = [c for c in listed.named_children if c.type not in _NO_PARAMETER]
    if listed.type == "parameter_list":
        return sum(len(c.children_by_field_name("name")) or 1 for c in declared)
    if listed.type == "function_value_parameters":
        return sum(1 for c in declared if c.type == "parameter")
    return len(declared)


def _docstring_lines(body: Node, first: int) -> int:
    """The lines of a docstring that stands on lines of its own."""
    statements = [child for child in body.named_children[:5] if child.type != "comment"]
    if not statements or statements[0].type != "expression_statement" or statements[0].named_child_count != 1:
        return 0
    begins, ends = statements[0].start_point.row, statements[0].end_point.row
    text = statements[0].named_children[0].type in ("string", "concatenated_string")
    return ends - begins + 1 if text and begins > first else 0
