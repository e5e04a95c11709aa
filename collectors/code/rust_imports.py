"""Imports of Rust files: ``use``, ``mod``, ``extern crate`` and paths in code, as the syntax tree has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter

from tree_sitter import Node, QueryCursor, Range

from collectors.code.grammars import language
from collectors.code.graph import Raw
from collectors.code.syntax import literal, root_of
from collectors.code.type_names import IMPORTS, NAMES, query, text_of
from scanner.core.text import clean

QUERY = """
(use_declaration argument: (_) @use) (extern_crate_declaration) @crate (mod_item) @mod
[(scoped_identifier) (scoped_type_identifier)] @path (macro_invocation (token_tree) @macro)
"""
"""What `raw` needs of a tree."""
_NOT_CODE = frozenset({
    "use_declaration", "scoped_use_list", "use_list", "use_as_clause", "use_wildcard", "visibility_modifier",
})  # fmt: skip
"""Nodes whose paths are read as ``use``, or only say who may see."""
_ASIDE = re.compile(rb'//[^\n]*|"(?:[^"\\\n]|\\.)*"')
_FROM_TOP = re.compile(rb"(?<![\w$:])crate(?:::\w{1,100}){1,12}")
_MACROS_DEEP = 3
_LISTS_DEEP = 30
_STANDARD = ("std", "core", "alloc")


def parse(content: bytes) -> Raw:
    """``use a::b as c``, ``use a::*``, ``mod a``, ``mod a = file.rs`` and ``a::b``, seen from the module of the file."""
    return raw(root_of(language("rust"), content), content)


def raw(root: Node, content: bytes, captures: Mapping[str, list[Node]] | None = None) -> Raw:
    """The same from the tree of a file, and its ``captures`` of `QUERY` where they are known.

    Macros that hold items are read as items. ``declared`` are names of items at the top.
    """
    found: dict[str, None] = {}
    declared: dict[str, None] = {}
    for tree, found_there in _trees(root, content, captures):
        declared.update(dict.fromkeys(_items(tree)))
        found.update(dict.fromkeys(clean(text) for text in _statements(found_there, content)))
    return Raw(tuple(found)[:IMPORTS], declared=tuple(declared)[:NAMES])


def _trees(
    root: Node, content: bytes, captures: Mapping[str, list[Node]] | None
) -> Iterator[tuple[Node, Mapping[str, list[Node]]]]:
    """The tree of the file and those of what stands in macros, where that has imports, with their captures."""
    tree = root
    for _ in range(_MACROS_DEEP + 1):
        if captures is None or tree != root:
            captures = QueryCursor(query("rust", QUERY)).captures(tree)
        yield tree, captures
        ranges = _outermost([n for n in captures.get("macro", ()) if _may_import(n, content)])
        if not ranges:
            return
        tree = root_of(language("rust"), content, ranges)


def _may_import(node: Node, content: bytes) -> bool:
    return any(content.find(word, node.start_byte, node.end_byte) >= 0 for word in (b"use ", b"mod "))


def _outermost(nodes: list[Node]) -> list[Range]:
    """What stands between the braces of the nodes that lie in none of the others."""
    ranges: list[Range] = []
    for node in sorted(nodes, key=_start):
        opening, closing = node.children[0], node.children[-1]
        if (ranges and node.start_byte < ranges[-1].end_byte) or opening == closing or opening.type != "{":
            continue
        ranges.append(Range(opening.end_point, closing.start_point, opening.end_byte, closing.start_byte))
    return ranges


def _items(tree: Node) -> Iterator[str]:
    names = (
        item.child_by_field_name("name") for item in tree.named_children if item.type.endswith(("_item", "_definition"))
    )
    return (clean(text_of(name)) for name in names if name is not None)


def _statements(captures: Mapping[str, list[Node]], content: bytes) -> Iterator[str]:
    inline = [
        (node.start_byte, node.end_byte, _bare(text_of(node.child_by_field_name("name"))))
        for node in sorted(captures.get("mod", ()), key=_start)
        if node.child_by_field_name("body") is not None
    ]
    for node in sorted(captures.get("mod", ()), key=_start):
        if node.child_by_field_name("body") is None:
            inside = [*_around(node, inline), _bare(text_of(node.child_by_field_name("name")))]
            file = _path_attribute(node)
            yield f"mod {'::'.join(inside)}{f' = {file}' if file else ''}"
    for node in sorted(captures.get("use", ()), key=_start):
        inside = _around(node, inline)
        for path, name in _paths(node, "", 0):
            yield f"use {_seen(path, inside)}{f' as {name}' if name else ''}"
    for node in sorted(captures.get("crate", ()), key=_start):
        name = _bare(text_of(node.child_by_field_name("name")))
        yield f"use {name} as {_bare(text_of(node.child_by_field_name('alias'))) or name}"
    yield from _in_code(captures.get("path", ()), content, inline)
    for node in sorted(captures.get("macro", ()), key=_start):
        if not _may_import(node, content) and content.find(b"crate::", node.start_byte, node.end_byte) >= 0:
            code = _ASIDE.sub(b"", content[node.start_byte : node.end_byte])
            yield from (path.decode("utf-8", "replace") for path in _FROM_TOP.findall(code))


def _in_code(nodes: Iterable[Node], content: bytes, inline: list[tuple[int, int, str]]) -> Iterator[str]:
    """The paths that code names, the outermost of each place; in a file without inline modules each text once."""
    told: set[bytes] = set()
    last = -1
    for start, end, node in sorted(((n.start_byte, -n.end_byte, n) for n in nodes), key=itemgetter(0, 1)):
        if start == last or not content[start : start + 1].islower() or content.startswith(b"std::", start):
            last = start
            continue
        last = start
        written = content[start:-end]
        if written in told:
            continue
        above = node.parent
        if above is None or above.type not in _NOT_CODE:
            if not inline:
                told.add(written)
            yield _seen(text_of(node).partition("<")[0].rstrip(":"), _around(node, inline))


def _start(node: Node) -> int:
    return node.start_byte


def _around(node: Node, inline: list[tuple[int, int, str]]) -> list[str]:
    """The names of the inline modules that a node stands in."""
    return [name for start, end, name in inline if start < node.start_byte and node.end_byte < end]


def _paths(node: Node, prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    """(path, name it is bound to) of every leaf of a ``use``; (path::*, "") for all that is in a module."""
    inner = f"{prefix}::" if prefix else ""
    if node.type == "use_wildcard":
        yield f"{inner}{text_of(next(iter(node.named_children), None))}::*", ""
    elif node.type == "use_as_clause":
        path, alias = node.child_by_field_name("path"), node.child_by_field_name("alias")
        yield f"{inner}{text_of(path)}", _bare(text_of(alias))
    elif node.type in ("scoped_use_list", "use_list"):
        path, held = node.child_by_field_name("path"), node.child_by_field_name("list") or node
        start = f"{inner}{text_of(path)}" if path is not None else prefix
        for child in held.named_children if depth < _LISTS_DEEP else ():
            yield from _paths(child, start, depth + 1)
    elif node.type == "self" and prefix:
        yield prefix, prefix.rpartition("::")[2]
    elif node.type in ("identifier", "scoped_identifier", "crate", "super", "self"):
        text = text_of(node)
        yield f"{inner}{text}", _bare(text.rpartition("::")[2])


def _seen(path: str, inside: list[str]) -> str:
    """A path as the module of the file would write it: ``self`` and ``super`` in its inline modules are taken out."""
    parts = [_bare(part) for part in path.split("::") if part]
    around = list(inside)
    if not around or not parts or parts[0] not in ("self", "super"):
        return "::".join(parts)
    while parts and parts[0] in ("self", "super") and around:
        if parts.pop(0) == "super":
            around.pop()
    return "::".join([*([] if parts and parts[0] == "super" else ["self"]), *around, *parts])


def _bare(name: str) -> str:
    return name.removeprefix("r#")


def _path_attribute(node: Node) -> str:
    """The file that an attribute ``path`` before a module names."""
    above = node.prev_named_sibling
    while above is not None and above.type in ("attribute_item", "line_comment", "block_comment"):
        held = next((child for child in above.named_children if child.type == "attribute"), None)
        if held is not None and text_of(next(iter(held.named_children), None)) == "path":
            return literal(held.child_by_field_name("value"))
        above = above.prev_named_sibling
    return ""


def is_standard(crate: str) -> bool:
    """Whether a crate comes with the compiler."""
    return crate in _STANDARD
