"""Where the imports of Rust files lead: crates by ``Cargo.toml``, modules by file, names by what passes them on."""

from __future__ import annotations

import posixpath
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from collectors.code.graph import Raw, Resolution, joined, parents
from collectors.code.rust_imports import is_standard
from scanner.core.text import clean

_STEPS = 12
"""Times that a name is followed from the module that passes it on to the next."""
_TARGETS = ("src/bin", "tests", "benches", "examples")
_TABLES = ("dependencies", "dev-dependencies", "build-dependencies")


@dataclass(frozen=True, slots=True)
class Package:
    """One package: its crate's name, the files its crates begin with, own names of other crates → (folder, name)."""

    name: str
    library: str
    roots: tuple[str, ...] = ()
    renamed: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def package_of(folder: str, cargo_toml: bytes) -> Package | None:
    """The package that a ``Cargo.toml`` in ``folder`` declares; None for a mere workspace. Raises ValueError."""
    try:
        loaded = tomllib.loads(cargo_toml.decode("utf-8-sig", "replace"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    package = loaded.get("package")
    if not isinstance(package, dict) or not isinstance(package.get("name"), str):
        return None
    library = loaded.get("lib")
    library = library if isinstance(library, dict) else {}
    lists = (loaded.get(kind) for kind in ("bin", "test", "bench", "example"))
    given = [t.get("path") for held in lists if isinstance(held, list) for t in held[:200] if isinstance(t, dict)]
    build = package.get("build")
    return Package(
        clean(str(library.get("name") or package["name"])).replace("-", "_"),
        joined(folder, str(library.get("path") or "src/lib.rs")),
        tuple(joined(folder, str(p)) for p in (*given, build if isinstance(build, str) else "build.rs") if p),
        dict(_renamed(folder, loaded)),
    )


def _renamed(folder: str, loaded: Mapping[str, object]) -> Iterator[tuple[str, tuple[str, str]]]:
    tables = [loaded]
    targets = loaded.get("target")
    tables += [t for t in targets.values() if isinstance(t, dict)][:200] if isinstance(targets, dict) else []
    for held in (table.get(kind) for table in tables for kind in _TABLES):
        for alias, wanted in list(held.items())[:2_000] if isinstance(held, dict) else ():
            path, name = (wanted.get("path"), wanted.get("package")) if isinstance(wanted, dict) else (None, None)
            if path or name:
                place = joined(folder, str(path)) if path else ""
                yield clean(alias).replace("-", "_"), (place, str(name or alias).replace("-", "_"))


class RustResolver:
    """Resolves paths to files. ``raws`` are the Rust files of the repository, ``packages`` the packages by their folder.

    A ``use`` leads to the file that declares the name, also where other modules pass it on; ``mod`` alone uses nothing.
    """

    def __init__(self, raws: Mapping[str, Raw], packages: Mapping[str, Package]) -> None:
        self._packages = packages
        self._paths = frozenset(raws)
        self._items = {path: frozenset(raw.declared) for path, raw in raws.items()}
        self._roots = frozenset(path for path in raws if self._is_root(path))
        libraries = ((p.name, p.library) for _, p in sorted(packages.items(), reverse=True))
        self._libraries = {name: library for name, library in libraries if library in self._paths}
        self._folders = {folder: p.library for folder, p in packages.items() if p.library in self._paths}
        self._bound: dict[str, dict[str, list[str]]] = {}
        self._all: dict[str, list[list[str]]] = {}
        self._placed: dict[tuple[str, str], str] = {}
        self._above: dict[str, str] = {}
        for path, raw in sorted(raws.items()):
            self._read(path, raw)

    def module(self, path: str) -> str:
        """The file itself."""
        return path

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the paths used in ``path`` lead; an external crate counts once."""
        out, outside = Resolution(), set[str]()
        for written in raw.imports:
            kind, parts, name = _split(written)
            if kind == "mod":
                target = self._file(path, name) if name else self._child(path, parts)
                out.unresolved += not target
                out.parts |= {target} - {"", path}
                continue
            target = self._lead(path, parts, _STEPS)
            if target:
                out.modules.add(target)
            elif kind == "use" and parts[0] not in self._bound.get(path, {}) | dict.fromkeys(self._items.get(path, ())):
                outside.add(parts[0])
        out.modules.discard(path)
        out.external = len(outside)
        return out

    def _read(self, path: str, raw: Raw) -> None:
        bound, everything = self._bound.setdefault(path, {}), self._all.setdefault(path, [])
        for written in raw.imports:
            kind, parts, name = _split(written)
            if kind == "mod" and name:
                self._placed.setdefault((path, "::".join(parts)), self._file(path, name))
            if kind == "mod":
                self._above.setdefault(self._file(path, name) if name else self._child(path, parts), path)
            elif kind == "use" and name == "*":
                everything.append(parts)
            elif kind == "use" and [name] != parts:
                bound.setdefault(name, parts)

    def _file(self, path: str, name: str) -> str:
        target = joined(posixpath.dirname(path), name)
        return target if target in self._paths else ""

    def _is_root(self, path: str) -> bool:
        """Whether a crate begins with this file."""
        folder, package = self._package(path)
        if package is None:
            return path.endswith(("/lib.rs", "/main.rs"))
        inner = path[len(folder) + 1 :] if folder else path
        place, _, name = inner.rpartition("/")
        return (
            path == package.library
            or path in package.roots
            or inner == "src/main.rs"
            or place in _TARGETS
            or (name == "main.rs" and posixpath.dirname(place) in _TARGETS)
        )

    def _package(self, path: str) -> tuple[str, Package | None]:
        folder = next((f for f in parents(path) if f in self._packages), "")
        return folder, self._packages.get(folder)

    def _children_folder(self, path: str) -> str:
        """The folder that the modules declared in a file stand in."""
        folder, name = posixpath.split(path)
        return folder if name == "mod.rs" or path in self._roots else joined(folder, name.removesuffix(".rs"))

    def _child(self, path: str, parts: Sequence[str]) -> str:
        """The file of a module declared in ``path``, within the inline modules that all but the last of ``parts`` name."""
        name = "::".join(parts)
        if (path, name) not in self._placed:
            place = joined(self._children_folder(path), "/".join(parts))
            candidates = (f"{place}.rs", f"{place}/mod.rs")
            self._placed[path, name] = next((c for c in candidates if c in self._paths and c != path), "")
        return self._placed[path, name]

    def _parent(self, path: str) -> str:
        """The module around the one of a file; the file itself where a crate begins."""
        if path in self._roots:
            return path
        if path in self._above:
            return self._above[path]
        folder, name = posixpath.split(path)
        around = posixpath.dirname(folder) if name == "mod.rs" else folder
        tries = (f"{around}/mod.rs", f"{around}.rs", joined(around, "lib.rs"), joined(around, "main.rs"))
        return next((c for c in tries if c in self._paths and c != path), path)

    def _root(self, path: str) -> str:
        """The file that the crate of ``path`` begins with."""
        seen = set[str]()
        while path not in self._roots and path not in seen:
            seen.add(path)
            path = self._parent(path)
        return path

    def _lead(self, path: str, parts: Sequence[str], steps: int) -> str:
        """The file that declares what ``parts`` name in the module of ``path``; empty when that is outside or unknown."""
        at, rest = path, list(parts)
        first = rest[0] if rest else ""
        if first == "crate":
            at, rest = self._root(path), rest[1:]
        elif first in ("self", "super"):
            while rest and rest[0] in ("self", "super"):
                at = self._parent(at) if rest.pop(0) == "super" else at
        elif self._child(path, [first]):
            pass
        elif library := self._crate(path, first):
            at, rest = library, rest[1:]
        else:
            return (
                self._passed_on(path, rest, steps)
                if steps and self._bound.get(path, {}).get(first, rest) != rest
                else ""
            )
        return self._within(at, rest, steps)

    def _within(self, at: str, rest: list[str], steps: int) -> str:
        while rest:
            child = self._child(at, rest[:1])
            if not child:
                break
            at, rest = child, rest[1:]
        if not rest or rest[0] in self._items.get(at, ()) or not steps:
            return at
        return self._passed_on(at, rest, steps) or at

    def _passed_on(self, at: str, rest: list[str], steps: int) -> str:
        """Where a name leads that a ``use`` in ``at`` brings in, by itself or with all of its module."""
        bound = self._bound.get(at, {}).get(rest[0])
        if bound is not None:
            return self._lead(at, [*bound, *rest[1:]], steps - 1)
        for parts in self._all.get(at, ())[:50]:
            target = self._lead(at, parts, min(steps - 1, 2))
            if target and target != at and (rest[0] in self._items.get(target, ()) or self._child(target, rest[:1])):
                return self._within(target, rest, 0)
            if target and target != at and rest[0] in self._bound.get(target, {}):
                return self._passed_on(target, rest, steps - 1)
        return ""

    def _crate(self, path: str, name: str) -> str:
        """The file that a crate of the repository begins with, by the name that the package of ``path`` knows it by."""
        if is_standard(name):
            return ""
        _, package = self._package(path)
        folder, real = package.renamed.get(name, ("", name)) if package is not None else ("", name)
        return self._folders.get(folder, "") if folder else self._libraries.get(real, "")


def _split(written: str) -> tuple[str, list[str], str]:
    """(``use``, ``mod`` or nothing for a path in code, the path, the name it is bound to or the file it stands in)."""
    kind, space, rest = written.partition(" ")
    if not space:
        return "", written.split("::"), ""
    path, _, name = rest.partition(" as " if kind == "use" else " = ")
    whole = path.endswith("::*")
    return kind, path.removesuffix("::*").split("::"), "*" if whole else name
