"""Imports of Go files: a package is a folder, named by the module path in ``go.mod``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import tree_sitter_go
from tree_sitter import Language, Node

from collectors.code.graph import Raw, Resolution
from collectors.code.syntax import literal, nodes, root_of
from scanner.core.text import clean

_IMPORTS = 2_000
_COMMENT = re.compile(rb"//[^\n]*")
_REPLACE = re.compile(rb"^[ \t]*replace[ \t]+([^(\n][^\n]*)", re.MULTILINE)
_REPLACES = re.compile(rb"^[ \t]*replace[ \t]*\(([^)]*)\)", re.MULTILINE)
_MODULE = re.compile(rb"^module[ \t]+\"?([^\s\"]{1,300})", re.MULTILINE)


@cache
def _language() -> Language:
    return Language(tree_sitter_go.language())


def parse(content: bytes) -> Raw:
    """The import paths of a Go file."""
    return raw(root_of(_language(), content), content)


def raw(root: Node, content: bytes) -> Raw:
    """The import paths in the tree of a Go file, whose imports stand at its top."""
    del content
    declared = (child for child in root.named_children if child.type == "import_declaration")
    specs = (spec for declaration in declared for spec in nodes(declaration, frozenset({"import_spec"})))
    paths = (clean(literal(spec.child_by_field_name("path"))) for spec in specs)
    return Raw(tuple(dict.fromkeys(path for path in paths if path))[:_IMPORTS])


def module_path(go_mod: bytes) -> str:
    """The module path a ``go.mod`` declares; empty when it declares none."""
    match = _MODULE.search(go_mod)
    return clean(match.group(1)) if match else ""


def replacements(go_mod: bytes) -> dict[str, str]:
    """Module path → folder, relative to the file, of what a ``go.mod`` or ``go.work`` takes from a folder instead of a registry."""
    text = _COMMENT.sub(b"", go_mod)
    single = (match.group(1) for match in _REPLACE.finditer(text))
    listed = (line for block in _REPLACES.finditer(text) for line in block.group(1).split(b"\n"))
    found: dict[str, str] = {}
    for line in (*single, *listed):
        old, arrow, new = line.partition(b"=>")
        place = clean(b"".join(new.split()[:1]).strip(b'"'))
        if arrow and old.split() and place.startswith(("./", "../")) and len(found) < _IMPORTS:
            found[clean(old.split()[0].strip(b'"'))] = place
    return found


class GoResolver:
    """Resolves import paths to package folders ("." is the root). ``modules`` are module path → folder."""

    def __init__(self, paths: Iterable[str], modules: Mapping[str, str]) -> None:
        self._folders = frozenset(self.module(p) for p in paths if p.endswith(".go"))
        self._modules = sorted(modules.items(), key=lambda pair: (-len(pair[0]), pair[0]))

    def module(self, path: str) -> str:
        """The folder of a file."""
        return path.rpartition("/")[0] or "."

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the imports of ``path`` lead. A test file also uses the package whose folder it stands in."""
        out = Resolution()
        if path.endswith("_test.go"):
            out.modules.add(self.module(path))
        for written in raw.imports:
            inside = next(((name, folder) for name, folder in self._modules if _within(written, name)), None)
            if inside is None:
                out.external += 1
                continue
            folder = "/".join(part for part in (inside[1], written[len(inside[0]) + 1 :]) if part) or "."
            if folder in self._folders:
                out.modules.add(folder)
            else:
                out.unresolved += 1
        return out


def _within(path: str, module: str) -> bool:
    return path == module or path.startswith(f"{module}/")
