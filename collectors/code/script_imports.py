"""Imports of JavaScript and TypeScript files: relative, by tsconfig paths, by workspace package name."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import tree_sitter_javascript
import tree_sitter_typescript
from tree_sitter import Language, Node

from collectors.code.graph import Raw, Resolution, parents
from collectors.code.syntax import literal, nodes, root_of
from scanner.core.text import clean

SUFFIXES = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts")
CONFIGS = ("tsconfig.json", "tsconfig.base.json", "jsconfig.json")
_TARGETS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte", ".d.ts", ".json")
_SOURCE_OF = {".js": (".ts", ".tsx", ".jsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
_CODE = (*SUFFIXES, ".vue", ".svelte")
_IMPORTS = 2_000
_DEEP = re.compile(rb"\b(?:require|namespace|module)\b|\bimport\s{0,9}\(")
_STATEMENTS = frozenset({"import_statement", "export_statement", "import_require_clause", "call_expression"})


@cache
def _language(suffix: str) -> Language:
    if suffix in (".ts", ".mts", ".cts"):
        return Language(tree_sitter_typescript.language_typescript())
    return Language(tree_sitter_typescript.language_tsx() if suffix == ".tsx" else tree_sitter_javascript.language())


def parse(content: bytes, suffix: str) -> Raw:
    """The specifiers of import, export-from, dynamic import and require with a literal."""
    return raw(root_of(_language(suffix), content), content)


def raw(root: Node, content: bytes) -> Raw:
    """The specifiers in the tree of a file; calls and modules are looked into only where the text has such a word."""
    tops = [root] if _DEEP.search(content) else [child for child in root.named_children if child.type in _STATEMENTS]
    found = (clean(_specifier(node)) for top in tops for node in nodes(top, _STATEMENTS))
    return Raw(tuple(dict.fromkeys(text for text in found if text))[:_IMPORTS])


def _specifier(node: Node) -> str:
    if node.type != "call_expression":
        return literal(node.child_by_field_name("source"))
    called, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if called is None or given is None or called.text not in (b"import", b"require"):
        return ""
    first = next(iter(given.named_children), None)
    return literal(first) if first is not None and first.type == "string" else ""


@dataclass(frozen=True, slots=True)
class Paths:
    """Path mapping of one tsconfig: base folder, and (pattern, targets) as written."""

    base: str
    has_base: bool
    mapped: tuple[tuple[str, tuple[str, ...]], ...]


def parse_config(content: bytes) -> object:
    """JSON with comments and trailing commas, as tsconfig files have it. Raises ValueError."""
    text = content.decode("utf-8-sig", "replace")
    out: list[str] = []
    at, size = 0, len(text)
    while at < size:
        char = text[at]
        if char == '"':
            end = at + 1
            while end < size and text[end] != '"':
                end += 2 if text[end] == "\\" else 1
            out.append(text[at : end + 1])
            at = end + 1
        elif text.startswith("//", at):
            at = _after(text, "\n", at)
        elif text.startswith("/*", at):
            at = _after(text, "*/", at)
        else:
            if char in "}]":
                _drop_comma(out)
            out.append(char)
            at += 1
    try:
        loaded: object = json.loads("".join(out))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return loaded


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at + 2)
    return len(text) if found < 0 else found + len(end)


def _drop_comma(out: list[str]) -> None:
    while out and out[-1].isspace():
        out.pop()
    if out and out[-1] == ",":
        out.pop()


def paths_of(folder: str, config: object) -> Paths | None:
    """The path mapping of a tsconfig in ``folder``; None when it has none."""
    options = config.get("compilerOptions") if isinstance(config, dict) else None
    if not isinstance(options, dict):
        return None
    base, mapped = options.get("baseUrl"), options.get("paths")
    has_base = isinstance(base, str)
    if not has_base and not isinstance(mapped, dict):
        return None
    pairs = tuple(
        (str(pattern), tuple(str(t) for t in targets[:20]))
        for pattern, targets in (list(mapped.items())[:500] if isinstance(mapped, dict) else ())
        if isinstance(targets, list)
    )
    return Paths(_join(folder, str(base) if has_base else "."), has_base, pairs)


def _join(folder: str, relative: str) -> str:
    joined = posixpath.normpath(posixpath.join(folder, relative))
    return "" if joined == "." else joined


class ScriptResolver:
    """Resolves specifiers against all paths of the tree, tsconfig mappings and packages of the repository."""

    def __init__(
        self, paths: Iterable[str], configs: Mapping[str, Paths], packages: Mapping[str, tuple[str, str]]
    ) -> None:
        self._paths = frozenset(paths)
        self._configs = configs
        self._packages = packages

    def module(self, path: str) -> str:
        """The file itself."""
        return path

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the specifiers of ``path`` lead. Styles, pictures and other assets are passed over."""
        out = Resolution()
        for written in raw.imports:
            specifier = written.partition("?")[0]
            own = specifier.startswith((".", "/"))
            places = [_join(posixpath.dirname(path), specifier)] if own else list(self._mapped(path, specifier))
            own = own or self._is_mapped(path, specifier) or specifier.startswith(("@/", "~/"))
            target = next((hit for hit in map(self._file, places) if hit), "")
            if target.endswith(_CODE):
                out.modules.add(target)
            elif not target and own and not _is_asset(specifier):
                out.unresolved += 1
            elif not target and not own:
                out.external += 1
        return out

    def _mapped(self, path: str, specifier: str) -> Iterable[str]:
        for folder in parents(path):
            config = self._configs.get(folder)
            if config is None:
                continue
            for pattern, targets in config.mapped:
                filling = _filling(pattern, specifier)
                if filling is not None:
                    yield from (_join(config.base, target.replace("*", filling, 1)) for target in targets)
            if config.has_base:
                yield _join(config.base, specifier)
        if specifier.startswith(("@/", "~/")):
            yield from (_join(folder, f"src/{specifier[2:]}") for folder in parents(path))
        yield from self._package(specifier)

    def _is_mapped(self, path: str, specifier: str) -> bool:
        mapped = (self._configs[f].mapped for f in parents(path) if f in self._configs)
        if any(_filling(pattern, specifier) is not None for pairs in mapped for pattern, _ in pairs if pattern != "*"):
            return True
        return _package_name(specifier) in self._packages

    def _package(self, specifier: str) -> Iterable[str]:
        name = _package_name(specifier)
        if name not in self._packages:
            return
        folder, main = self._packages[name]
        inner = specifier[len(name) + 1 :]
        if inner:
            yield from (_join(folder, inner), _join(folder, f"src/{inner}"), _join(folder, f"lib/{inner}"))
            return
        yield from (_join(folder, f) for f in ("src/index", "src/main", main, "index", "lib/index", "src") if f)

    def _file(self, place: str) -> str:
        if place in self._paths:
            return place
        for suffix in _TARGETS:
            if place + suffix in self._paths:
                return place + suffix
        stem, suffix = posixpath.splitext(place)
        for other in _SOURCE_OF.get(suffix, ()):
            if stem + other in self._paths:
                return stem + other
        index = f"{place}/index" if place else "index"
        return next((index + suffix for suffix in _TARGETS if index + suffix in self._paths), "")


def _filling(pattern: str, specifier: str) -> str | None:
    """What ``*`` stands for when ``specifier`` fits ``pattern``; None when it does not."""
    before, star, after = pattern.partition("*")
    if not star:
        return "" if specifier == pattern else None
    fits = len(specifier) >= len(before) + len(after) and specifier.startswith(before) and specifier.endswith(after)
    return specifier[len(before) : len(specifier) - len(after)] if fits else None


def _package_name(specifier: str) -> str:
    return "/".join(specifier.split("/")[: 2 if specifier.startswith("@") else 1])


def _is_asset(specifier: str) -> bool:
    suffix = posixpath.splitext(specifier)[1].lower()
    return bool(suffix) and suffix not in _TARGETS and suffix[1:].isalnum() and len(suffix) <= 6
