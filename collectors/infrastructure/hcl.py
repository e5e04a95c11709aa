"""Blocks of HCL files, by tree-sitter: bounded, never evaluated."""

from __future__ import annotations

from dataclasses import dataclass, field

import tree_sitter_hcl
from tree_sitter import Language, Node, Parser

from collectors.parsing import MAX_BYTES, MAX_DEPTH

_LANGUAGE = Language(tree_sitter_hcl.language())
MAX_BLOCKS = 20_000


@dataclass(slots=True)
class Block:
    """A block: its kind (``resource``), labels, attributes as source text, and nested blocks."""

    kind: str
    labels: tuple[str, ...]
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A quoted literal without its quotes, other source text as it stands; empty when absent."""
        written = self.attributes.get(name, "")
        plain = len(written) >= 2 and written[0] == written[-1] == '"' and "${" not in written
        return written[1:-1] if plain else written

    def flag(self, name: str) -> bool | None:
        """A literal true or false; None when absent or computed."""
        return {"true": True, "false": False}.get(self.text(name))

    def number(self, name: str) -> int | None:
        """A literal whole number; None when absent or computed."""
        written = self.text(name)
        return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None

    def nested(self, kind: str) -> list[Block]:
        """Nested blocks of ``kind``."""
        return [b for b in self.blocks if b.kind == kind]


def blocks(content: bytes) -> list[Block]:
    """The top-level blocks. ValueError when the file is too large, nests too deep or does not parse."""
    if len(content) > MAX_BYTES:
        raise ValueError("too large")
    root = Parser(_LANGUAGE).parse(content.removeprefix(b"\xef\xbb\xbf")).root_node
    if root.has_error:
        raise ValueError("not HCL")
    top = Block("", (), 1)
    pending: list[tuple[Node, Block, int]] = [(root, top, 0)]
    count = 0
    while pending:
        node, owner, depth = pending.pop()
        if depth > MAX_DEPTH or count > MAX_BLOCKS:
            raise ValueError("nests too deep, or too many blocks")
        for child in node.children:
            if child.type in ("body", "config_file"):
                pending.append((child, owner, depth))
            elif child.type == "attribute":
                _attribute(child, owner)
            elif child.type == "block":
                count += 1
                made = _block(child)
                owner.blocks.append(made)
                pending.append((child, made, depth + 1))
    return top.blocks


def _block(node: Node) -> Block:
    named = [c for c in node.children if c.type in ("identifier", "string_lit")]
    words = [_source(c).strip('"') for c in named]
    return Block(words[0] if words else "", tuple(words[1:]), node.start_point[0] + 1)


def _attribute(node: Node, owner: Block) -> None:
    name = next((_source(c) for c in node.children if c.type == "identifier"), "")
    value = next((_source(c) for c in node.children if c.type == "expression"), "")
    owner.attributes.setdefault(name, value)
    owner.lines.setdefault(name, node.start_point[0] + 1)


def _source(node: Node) -> str:
    return (node.text or b"")[:20_000].decode("utf-8", "replace").strip()
