"""Imports of JavaScript and TypeScript files: relative, by tsconfig paths, by workspace package name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import tree_sitter_javascript
import tree_sitter_typescript
from tree_sitter import Language, Node

from collectors.code.graph import Raw, Resolution, parents
from collectors.code.script_settings import Package, Paths, filling, package_name, within
from collectors.code.syntax import literal, root_of
from scanner.core.text import clean

SUFFIXES = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts")
_TARGETS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte", ".d.ts", ".json")
_SOURCE_OF = {".js": (".ts", ".tsx", ".jsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
_CODE = (*SUFFIXES, ".vue", ".svelte")
_BUILT = ("dist", "build", "lib", "out", "es", "esm", "cjs", "types")
_IMPORTS = 2_000
_WORD = re.compile(rb"\b(?:import|export|require)\b")
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
    """The specifiers in the tree of a file: the tree says of each place with such a word in the text whether it is code."""
    found = (clean(_specifier(node)) for node in _named(root, content))
    return Raw(tuple(dict.fromkeys(text for text in found if text))[:_IMPORTS])


def _named(root: Node, content: bytes) -> Iterator[Node]:
    """The statements and calls that begin with one of the words, or have it as their function."""
    for word in _WORD.finditer(content):
        node = root.named_descendant_for_byte_range(word.start(), word.end())
        if node is not None and node.type not in _STATEMENTS:
            node = node.parent
        if node is not None and node.type in _STATEMENTS:
            yield node


def _specifier(node: Node) -> str:
    if node.type != "call_expression":
        return literal(node.child_by_field_name("source"))
    called, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if called is None or given is None or called.text not in (b"import", b"require"):
        return ""
    first = next(iter(given.named_children), None)
    return literal(first) if first is not None and first.type == "string" else ""


class ScriptResolver:
    """Resolves specifiers against all paths of the tree, tsconfig mappings and packages of the repository."""

    def __init__(
        self, paths: Iterable[str], configs: Mapping[str, Paths], packages: Sequence[tuple[str, Package]]
    ) -> None:
        self._paths = frozenset(paths)
        self._configs = configs
        self._packages = {name: package for name, package in packages if name}
        self._inside = {package.folder: package.imports for _, package in packages if package.imports}

    def module(self, path: str) -> str:
        """The file itself."""
        return path

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the specifiers of ``path`` lead. Styles, pictures and other assets are passed over."""
        out = Resolution()
        for written in raw.imports:
            specifier = written.partition("?")[0]
            own = specifier.startswith((".", "/"))
            places = [within(posixpath.dirname(path), specifier)] if own else list(self._mapped(path, specifier))
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
                star = filling(pattern, specifier)
                if star is not None:
                    yield from (within(config.base, target.replace("*", star, 1)) for target in targets)
            if config.has_base:
                yield within(config.base, specifier)
        if specifier.startswith(("@/", "~/")):
            yield from (within(folder, f"src/{specifier[2:]}") for folder in parents(path))
        if specifier.startswith("#"):
            yield from self._inner(path, specifier)
        yield from self._package(specifier)

    def _is_mapped(self, path: str, specifier: str) -> bool:
        mapped = (self._configs[f].mapped for f in parents(path) if f in self._configs)
        if any(filling(pattern, specifier) is not None for pairs in mapped for pattern, _ in pairs if pattern != "*"):
            return True
        return package_name(specifier) in self._packages or (
            specifier.startswith("#") and any(self._inner(path, specifier))
        )

    def _inner(self, path: str, specifier: str) -> Iterable[str]:
        """Places that ``imports`` of the package around a file give to a name that begins with #."""
        folder = next((f for f in parents(path) if f in self._inside), None)
        if folder is not None:
            yield from _targets(folder, self._inside[folder], specifier)

    def _package(self, specifier: str) -> Iterable[str]:
        name = package_name(specifier)
        package = self._packages.get(name)
        if package is None:
            return
        folder, inner = package.folder, specifier[len(name) + 1 :]
        if inner:
            yield from _targets(folder, package.exports, f"./{inner}")
            yield from (within(folder, inner), within(folder, f"src/{inner}"), within(folder, f"lib/{inner}"))
            return
        yield from (within(folder, f) for f in ("src/index", "src/main"))
        yield from _targets(folder, package.exports, ".")
        yield from (place for main in package.mains for place in _sources(folder, main))
        yield from (within(folder, f) for f in ("index", "lib/index", "src"))

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


def _targets(folder: str, patterns: Iterable[tuple[str, tuple[str, ...]]], wanted: str) -> Iterable[str]:
    """Places of what a package gives out as ``wanted``, the most exact pattern first."""
    for pattern, targets in sorted(patterns, key=lambda pair: (-len(pair[0].partition("*")[0]), pair[0])):
        star = filling(pattern, wanted)
        if star is not None:
            yield from (place for target in targets for place in _sources(folder, target.replace("*", star)))


def _sources(folder: str, target: str) -> Iterable[str]:
    """A file that a package names, and the one it is likely built from when it is none of the repository."""
    place = within("", target)
    yield within(folder, place)
    top, slash, rest = place.partition("/")
    if slash and top in _BUILT:
        stem = rest.removesuffix(".d.ts") if rest.endswith(".d.ts") else posixpath.splitext(rest)[0]
        yield within(folder, f"src/{stem}")


def _is_asset(specifier: str) -> bool:
    suffix = posixpath.splitext(specifier)[1].lower()
    return bool(suffix) and suffix not in _TARGETS and suffix[1:].isalnum() and len(suffix) <= 6
