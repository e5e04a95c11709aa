"""Imports of Kotlin files: package, imports, what the file declares at its top, names of types used."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from collectors.code.grammars import language
from collectors.code.graph import Raw
from collectors.code.syntax import root_of
from collectors.code.type_names import IMPORTS, NAMES, captured, text_of, used
from scanner.core.text import clean

_DECLARATIONS = frozenset({
    "class_declaration", "object_declaration", "function_declaration", "property_declaration", "type_alias",
})  # fmt: skip
_OTHER = "[(line_comment) (block_comment) (string_content) (import) (package_header)] @other"


def parse(content: bytes) -> Raw:
    """Package, imports (``a.b.C``, ``a.b.*``), declarations and capitalised names used."""
    return raw(root_of(language("kotlin"), content), content)


def raw(root: Node, content: bytes) -> Raw:
    """The same from the tree of a file, whose imports stand at its top."""
    tops = root.named_children
    package = next((text_of(_name(top)) for top in tops if top.type == "package_header"), "")
    imports = dict.fromkeys(clean(_import(top)) for top in tops if top.type == "import")
    declared = dict.fromkeys(name for top in tops if top.type in _DECLARATIONS for name in _declared(top))
    names = used(content, captured("kotlin", _OTHER, root).get("other", ()))
    return Raw(tuple(imports)[:IMPORTS], clean(package), names, tuple(declared)[:NAMES])


def _name(node: Node) -> Node | None:
    return next((child for child in node.named_children if child.type in ("qualified_identifier", "identifier")), None)


def _import(node: Node) -> str:
    written = text_of(_name(node))
    return f"{written}.*" if any(child.type == "*" for child in node.children) else written


def _declared(node: Node) -> Iterator[str]:
    held = [node]
    if node.type == "property_declaration":
        held = [
            c for v in node.named_children if v.type.endswith("variable_declaration") for c in (v, *v.named_children)
        ]
    for holder in held:
        name = holder.child_by_field_name("name") or holder.child_by_field_name("type")
        if name is None and holder.type == "variable_declaration":
            name = next((child for child in holder.named_children if child.type == "identifier"), None)
        if name is not None and name.type == "identifier":
            yield clean(text_of(name).strip("`"))
