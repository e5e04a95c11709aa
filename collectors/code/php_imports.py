"""Imports of PHP files: ``use``, names used in the same namespace, names in full, files required by a literal path."""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Iterable, Iterator, Mapping

from tree_sitter import Node

from collectors.code.grammars import language
from collectors.code.graph import Raw, Resolution, joined
from collectors.code.syntax import root_of
from collectors.code.type_names import IMPORTS, NAMES, Namespaces, captured, text_of, used
from scanner.core.text import clean

_QUERY = """
(namespace_definition name: (_) @space) (namespace_use_declaration) @use
[(class_declaration name: (_) @type) (interface_declaration name: (_) @type) (trait_declaration name: (_) @type)
 (enum_declaration name: (_) @type) (function_definition name: (_) @type)]
[(require_expression (_) @file) (require_once_expression (_) @file) (include_expression (_) @file) (include_once_expression (_) @file)]
(qualified_name) @full
[(comment) (string_content) (heredoc_body) (nowdoc_body) (text) (namespace_use_declaration) (namespace_definition name: (_) @other)
 (qualified_name)] @other
"""


def parse(content: bytes) -> Raw:
    """``A.B`` for the use of B in A, ``./x.php`` for a file beside; names with dots, as elsewhere."""
    return raw(root_of(language("php"), content), content)


def raw(root: Node, content: bytes) -> Raw:
    """The same from the tree of a file. Functions and classes alike are ``declared``."""
    found = captured("php", _QUERY, root)
    package = next((_dotted(node) for node in found.get("space", ())), "")
    imports = dict.fromkeys(clean(name) for node in found.get("use", ()) for name in _uses(node))
    imports.update(dict.fromkeys(clean(name) for node in found.get("full", ()) for name in _full(node, package)))
    imports.update(dict.fromkeys(clean(path) for node in found.get("file", ()) if (path := _file(node))))
    declared = dict.fromkeys(clean(text_of(node)) for node in found.get("type", ()) if _is_top(node))
    names = used(content, found.get("other", ()))
    return Raw(tuple(imports)[:IMPORTS], clean(package), names, tuple(declared)[:NAMES])


def _dotted(node: Node | None) -> str:
    return text_of(node).strip("\\").replace("\\", ".")


def _is_top(name: Node) -> bool:
    above = name.parent.parent if name.parent is not None else None
    while above is not None and above.type in ("compound_statement", "namespace_definition", "if_statement"):
        above = above.parent
    return above is None or above.type == "program"


def _uses(node: Node) -> Iterator[str]:
    prefix = next((_dotted(child) for child in node.named_children if child.type == "namespace_name"), "")
    group = node.child_by_field_name("body")
    for clause in (group or node).named_children:
        if clause.type == "namespace_use_clause" and clause.named_children:
            yield ".".join(part for part in (prefix, _dotted(clause.named_children[0])) if part)


def _full(node: Node, package: str) -> Iterator[str]:
    """A name with a backslash in code: from the root, from this namespace, or from one that is in use."""
    text = text_of(node)
    if node.parent is not None and node.parent.type == "namespace_use_clause":
        return
    if text.startswith("\\"):
        yield _dotted(node)
    else:
        name = _dotted(node).removeprefix("namespace.")
        yield f"in {package}.{name}" if package else f"in {name}"


def _file(node: Node) -> str:
    """The path after ``__DIR__ .``, or a literal one; empty when it is worked out otherwise."""
    while node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    if node.type == "binary_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if text_of(left) != "__DIR__" or right is None:
            return ""
        node = right
    if node.type not in ("string", "encapsed_string") or [c.type for c in node.named_children] != ["string_content"]:
        return ""
    path = text_of(node.named_children[0])
    return "./" + path.lstrip("/") if path else ""


def psr4_of(folder: str, composer: object) -> dict[str, list[str]]:
    """Namespace prefix (with dots) → folders, of a ``composer.json`` in ``folder``."""
    places: dict[str, list[str]] = {}
    for kind in ("autoload", "autoload-dev"):
        held = composer.get(kind) if isinstance(composer, dict) else None
        mapped = held.get("psr-4") if isinstance(held, dict) else None
        for prefix, given in list(mapped.items())[:500] if isinstance(mapped, dict) else ():
            folders = given if isinstance(given, list) else [given]
            dotted = str(prefix).strip("\\").replace("\\", ".")
            places.setdefault(dotted, []).extend(joined(folder, str(f)) for f in folders[:20])
    return places


class PhpResolver:
    """Resolves names to files: by what files declare, else by the PSR-4 places of ``composer.json``."""

    def __init__(self, raws: Mapping[str, Raw], psr4: Mapping[str, Iterable[str]]) -> None:
        self._paths = frozenset(raws)
        self._types = Namespaces({path: dataclasses.replace(raw, imports=()) for path, raw in raws.items()})
        self._psr4 = sorted(
            ((prefix, tuple(folders)) for prefix, folders in psr4.items()), key=lambda p: (-len(p[0]), p[0])
        )

    def module(self, path: str) -> str:
        """The file itself."""
        return path

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the imports and the names used in ``path`` lead."""
        out = Resolution(self._types.among(raw.package, raw.names, path))
        for written in raw.imports:
            if written.startswith("./"):
                target = joined(posixpath.dirname(path), written)
                if target in self._paths:
                    out.modules.add(target)
                else:
                    out.unresolved += target.endswith(".php")
                continue
            name = written.removeprefix("in ")
            found = self._name(name, path)
            if found:
                out.modules.add(found)
            elif written == name and self._is_own(name):
                out.unresolved += 1
            elif written == name:
                out.external += 1
        out.modules.discard(path)
        return out

    def _name(self, name: str, path: str) -> str:
        space, _, last = name.rpartition(".")
        found = self._types.of(space, last, path)
        if found:
            return found
        for prefix, folders in self._psr4:
            if not prefix or name.startswith(f"{prefix}."):
                inner = name[len(prefix) + 1 :] if prefix else name
                places = (joined(folder, inner.replace(".", "/") + ".php") for folder in folders)
                return next((place for place in places if place in self._paths), "")
        return ""

    def _is_own(self, name: str) -> bool:
        """Whether a class of this name ought to be here: its namespace is, and it is no namespace itself."""
        space = name.rpartition(".")[0]
        return bool(space) and self._types.has(space) and not self._types.holds(name)
