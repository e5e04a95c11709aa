"""Imports of Python files: absolute and relative, resolved to files."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile

from tree_sitter import Node

from collectors.code.graph import Raw, Resolution, joined
from collectors.code.python_source import syntax_tree
from scanner.core.text import clean

_IMPORTS = 2_000
_PROJECTS = ("pyproject.toml", "setup.py", "setup.cfg")
_DEPTH = 4
_SOURCE_FOLDERS = frozenset({"", "src", "lib", "python", "source", "sources", "app", "backend", "server", "api"})


def parse(content: bytes) -> Raw:
    """``a.b`` for ``import a.b``; ``..a:b`` for ``from ..a import b``. Imports in functions count, type-only ones do not."""
    seen: dict[str, None] = {}
    for node in _running(syntax_tree(content)):
        if isinstance(node, ast.Import):
            seen.update({clean(alias.name): None for alias in node.names})
        elif isinstance(node, ast.ImportFrom):
            start = "." * min(node.level, 20) + (node.module or "")
            seen.update({clean(f"{start}:{alias.name}"): None for alias in node.names})
    return Raw(tuple(seen)[:_IMPORTS])


_HOLDERS = frozenset({
    "module", "block", "if_statement", "elif_clause", "else_clause", "try_statement", "except_clause", "finally_clause", "with_statement",
    "for_statement", "while_statement", "function_definition", "class_definition", "decorated_definition", "match_statement", "case_clause",
})  # fmt: skip
"""Nodes that statements stand in."""


def raw(root: Node, content: bytes) -> Raw:
    """The same from a syntax tree, also of a file with errors or of a newer grammar."""
    seen: dict[str, None] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type in ("import_statement", "import_from_statement", "future_import_statement"):
            seen.update(dict.fromkeys(map(clean, _written(node))))
        elif node.type in _HOLDERS and content.find(b"import", node.start_byte, node.end_byte) >= 0:
            inner = node.named_children
            if node.type == "if_statement" and _only_for_types(node):
                inner = node.children_by_field_name("alternative")
            waiting += reversed(inner)
    return Raw(tuple(seen)[:_IMPORTS])


def _written(node: Node) -> Iterator[str]:
    names = [_name(child) for child in node.children_by_field_name("name")]
    if node.type == "import_statement":
        yield from names
        return
    module = node.child_by_field_name("module_name")
    start = "__future__" if module is None else _name(module)
    if any(child.type == "wildcard_import" for child in node.named_children):
        names.append("*")
    yield from (f"{start}:{name}" for name in names)


def _name(node: Node) -> str:
    """A dotted name without spaces, without its alias; of a relative module at most 20 dots."""
    held = node.child_by_field_name("name") if node.type == "aliased_import" else node
    text = "".join(((held.text or b"") if held is not None else b"").decode("utf-8", "replace").split())
    bare = text.lstrip(".")
    return "." * min(len(text) - len(bare), 20) + bare


def _only_for_types(node: Node) -> bool:
    test = node.child_by_field_name("condition")
    return test is not None and (test.text or b"").rpartition(b".")[2] == b"TYPE_CHECKING"


def _running(tree: ast.Module) -> Iterator[ast.AST]:
    """Every node but those under ``if TYPE_CHECKING``: what only type checkers read ties no module to another when it runs."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and _is_type_checking(node.test):
            waiting += reversed(node.orelse)
        else:
            waiting += reversed(list(ast.iter_child_nodes(node)))


def _is_type_checking(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else test.id if isinstance(test, ast.Name) else ""
    return name == "TYPE_CHECKING"


class PythonResolver:
    """Knows every Python file by its dotted names.

    A file's import root is the folder above its topmost package (``__init__.py``); for files outside
    packages the folder they stand in and the usual source folders. Below a project file (``pyproject.toml``) its folder and the
    ``src`` in it are roots, too, so that namespace packages, which have no ``__init__.py``, are known by their whole name.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        every = frozenset(paths)
        self._paths = frozenset(p for p in every if p.endswith((".py", ".pyw")))
        projects = {p.rpartition("/")[0] for p in every if p.rpartition("/")[2] in _PROJECTS}
        self._projects = projects | {joined(folder, inner) for folder in projects for inner in ("src", "lib")}
        self._packages = frozenset(p.removesuffix("/__init__.py") for p in self._paths if p.endswith("/__init__.py"))
        self._dotted: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._tops: dict[str, set[str]] = defaultdict(set)
        for path in sorted(self._paths):
            for root in self._roots(path):
                dotted = _dotted(path, root)
                self._dotted[dotted].append((root, path))
                self._tops[dotted.partition(".")[0]].add(root)

    def module(self, path: str) -> str:
        """The file itself."""
        return path

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the imports of ``path`` lead; an external module counts once per file."""
        out, outside = Resolution(), set[str]()
        for written in raw.imports:
            module, _, name = written.partition(":")
            target = (
                self._relative(path, module, name) if module.startswith(".") else self._absolute(path, module, name)
            )
            if target:
                out.modules.add(target)
            elif module.startswith(".") or self._is_own(path, module):
                out.unresolved += 1
            else:
                outside.add(module)
        out.external = len(outside)
        return out

    def _roots(self, path: str) -> Iterator[str]:
        folder = path.rpartition("/")[0]
        top = folder
        while top in self._packages:
            top = top.rpartition("/")[0]
        yield top
        parts = folder.split("/") if folder else []
        for at in range(len(parts)):
            root = "/".join(parts[:at])
            if root == top:
                continue
            if root in self._projects or (at < _DEPTH and (not at or parts[at - 1] in _SOURCE_FOLDERS)):
                yield root

    def _absolute(self, path: str, module: str, name: str) -> str:
        if self._is_standard(module):
            return ""
        names = [f"{module}.{name}"] if name else []
        parts = module.split(".")
        names += [".".join(parts[:count]) for count in range(len(parts), 0 if not name else len(parts) - 1, -1)]
        for dotted in names:
            found = self._choose(path, dotted)
            if found:
                return found
        return ""

    def _choose(self, path: str, dotted: str) -> str:
        """The file of that name nearest to the importer. A bare name from another root is somebody else's."""
        candidates = [
            (_shared(root, path), target)
            for root, target in self._dotted.get(dotted, ())
            if self._reaches(path, root, dotted)
        ]
        return max(candidates, key=lambda c: (c[0], [-ord(x) for x in c[1]]))[1] if candidates else ""

    def _reaches(self, path: str, root: str, dotted: str) -> bool:
        if not root or path.startswith(f"{root}/") or root.rpartition("/")[2] in _SOURCE_FOLDERS:
            return True
        return f"{root}/{dotted.partition('.')[0]}" in self._packages or ("." in dotted and root in self._projects)

    def _is_standard(self, module: str) -> bool:
        """Whether a name is the standard library's, and no package at the root of the repository takes it over."""
        top = module.partition(".")[0]
        return top in sys.stdlib_module_names and top not in self._packages

    def _relative(self, path: str, module: str, name: str) -> str:
        bare = module.lstrip(".")
        folder = path.rpartition("/")[0]
        for _ in range(len(module) - len(bare) - 1):
            if not folder:
                return ""
            folder = folder.rpartition("/")[0]
        base = "/".join(p for p in (folder, *bare.split(".")) if p)
        for place in (f"{base}/{name}" if base else name, base):
            for file in (f"{place}.py", f"{place}/__init__.py" if place else "__init__.py"):
                if file in self._paths:
                    return file
        return ""

    def _is_own(self, path: str, module: str) -> bool:
        top = module.partition(".")[0]
        if "." not in module or self._is_standard(module):
            return False
        return any(self._reaches(path, root, top) for root in self._tops.get(top, ()))


def _dotted(path: str, root: str) -> str:
    inner = path[len(root) + 1 :] if root else path
    return inner.rpartition(".")[0].replace("/", ".").removesuffix(".__init__")


def _shared(root: str, path: str) -> int:
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(root.split("/"), path.split("/"), strict=False))
    )
