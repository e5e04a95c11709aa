"""Imports of Ruby files: ``require``, ``require_relative``, ``load``, ``autoload``, and constants that Rails loads by their name."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable

from tree_sitter import Node

from collectors.code.grammars import language
from collectors.code.graph import Raw, Resolution, joined, nearest, parents
from collectors.code.syntax import root_of
from collectors.code.type_names import IMPORTS, NAMES, captured, text_of
from scanner.core.text import clean

_QUERY = """
((call method: (identifier) @method) @call (#any-of? @method "require" "require_relative" "autoload" "load" "require_dependency"))
[(scope_resolution) (constant)] @constant
"""
_APPLICATION = "config/application.rb"
_WORDS = re.compile(r"([A-Z\d]+)([A-Z][a-z])|([a-z\d])([A-Z])")


def parse(content: bytes) -> Raw:
    """``./x`` of the file's folder for require_relative, ``x`` for the others; ``names`` are constants as written."""
    return raw(root_of(language("ruby"), content), content)


def raw(root: Node, content: bytes) -> Raw:
    """The same from the tree of a file; only literal paths count."""
    del content
    found = captured("ruby", _QUERY, root)
    imports = dict.fromkeys(clean(text) for text in map(_required, found.get("call", ())) if text)
    names: dict[str, None] = {}
    last = -1
    for node in sorted(found.get("constant", ()), key=lambda n: (n.start_byte, -n.end_byte)):
        if node.start_byte >= last:
            names[clean(text_of(node).removeprefix("::"))] = None
            last = node.end_byte
    return Raw(tuple(imports)[:IMPORTS], names=tuple(sorted(names))[:NAMES])


def _required(call: Node) -> str:
    if call.child_by_field_name("receiver") is not None:
        return ""
    method, given = text_of(call.child_by_field_name("method")), call.child_by_field_name("arguments")
    arguments = given.named_children if given is not None else []
    if method == "autoload":
        if len(arguments) == 1 and arguments[0].type == "simple_symbol":
            return "/".join(map(underscored, [*_modules_around(call), text_of(arguments[0])[1:]]))
        arguments = arguments[1:]
    if (
        not arguments
        or arguments[0].type != "string"
        or any(c.type == "interpolation" for c in arguments[0].named_children)
    ):
        return ""
    path = text_of(next((c for c in arguments[0].named_children if c.type == "string_content"), None)).removesuffix(
        ".rb"
    )
    return f"./{path}" if path and method == "require_relative" else path


def _modules_around(node: Node) -> list[str]:
    names: list[str] = []
    above = node.parent
    while above is not None:
        if above.type in ("module", "class"):
            names = [*text_of(above.child_by_field_name("name")).split("::"), *names]
        above = above.parent
    return names


def underscored(constant: str) -> str:
    """``active_record/base`` for ``ActiveRecord::Base``, as Ruby's libraries name their files."""

    def split(found: re.Match[str]) -> str:
        return f"{found[1] or found[3]}_{found[2] or found[4]}"

    return "/".join(_WORDS.sub(split, _WORDS.sub(split, part)).lower() for part in constant.split("::"))


class RubyResolver:
    """Resolves required paths to files: by ``lib`` folders, gem roots, and in a Rails application by constants.

    An application has ``config/application.rb``; it loads ``app/*``, ``app/*/concerns`` and ``lib`` by the names of constants.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        every = sorted(paths)
        self._paths = frozenset(p for p in every if p.endswith((".rb", ".rake")))
        gems = {posixpath.dirname(p) for p in every if p.endswith(".gemspec") or posixpath.basename(p) == "Gemfile"}
        loads = {"", "lib", *gems, *(joined(gem, "lib") for gem in gems)}
        self._tops: dict[str, list[str]] = defaultdict(list)
        applications = (p.removesuffix(_APPLICATION).rstrip("/") for p in every if p.endswith(_APPLICATION))
        self._constants: dict[str, dict[str, str]] = {application: {} for application in applications}
        for path in sorted(self._paths):
            for folder in parents(path):
                inner = (path[len(folder) + 1 :] if folder else path).removesuffix(".rb")
                if folder in loads:
                    self._tops[inner].append(path)
                constant = _constant_path(inner) if folder in self._constants and path.endswith(".rb") else ""
                if constant:
                    self._constants[folder].setdefault(constant, path)

    def module(self, path: str) -> str:
        """The file itself."""
        return path

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the required paths and the constants used in ``path`` lead."""
        out = Resolution()
        for written in raw.imports:
            if written.startswith("./"):
                target = f"{joined(posixpath.dirname(path), written)}.rb"
                found = target if target in self._paths else ""
            else:
                found = nearest(path, self._tops.get(written, ()))
            if found:
                out.modules.add(found)
            elif written.startswith("./"):
                out.unresolved += 1
            else:
                out.external += 1
        application = next((folder for folder in parents(path) if folder in self._constants), None)
        if application is not None:
            held = self._constants[application]
            out.modules |= {file for name in raw.names if (file := _constant(held, name))}
        out.modules.discard(path)
        return out


def _constant(held: dict[str, str], name: str) -> str:
    at = underscored(name)
    while at and at not in held:
        at = at.rpartition("/")[0]
    return held.get(at, "")


def _constant_path(inner: str) -> str:
    """What the constant of a file in a Rails application is called, underscored; empty when it is not loaded by name."""
    parts = inner.split("/")
    if parts[0] == "lib":
        return "/".join(parts[1:])
    if parts[0] != "app" or len(parts) < 3:
        return ""
    return "/".join(parts[3:] if parts[2] == "concerns" and len(parts) > 3 else parts[2:])
