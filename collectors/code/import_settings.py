"""What manifests say about where imports lead, for all languages: read once, unreadable ones left out."""

from __future__ import annotations

import posixpath
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from collectors.code import csharp_imports, declared_layers, go_imports, php_imports, rust_crates, script_settings
from collectors.code.graph import joined
from collectors.code.rust_crates import Package as Crate
from collectors.code.script_settings import Package
from scanner.core.evidence import Unknown
from scanner.facts.structure import Layering
from scanner.facts.tree import Tree, TreeEntry
from scanner.repository import Repository

_NAMES = (
    "package.json",
    "go.mod",
    "go.work",
    "cargo.toml",
    "composer.json",
    "pyproject.toml",
    "setup.cfg",
    ".importlinter",
)
_ALSO_OF_TESTS = ("Cargo.toml", ".csproj")
"""Settings that say what tests see of the product."""
_MOST, _EXTENDED_ROUNDS, _LARGEST = 5_000, 4, 1_000_000


@dataclass(slots=True)
class Settings:
    """By kind: tsconfig files by path, packages by (name, package), Go modules → folder, crates and projects by folder or file."""

    configs: dict[str, object] = field(default_factory=dict)
    packages: list[tuple[str, Package]] = field(default_factory=list)
    private: set[str] = field(default_factory=set)
    modules: dict[str, str] = field(default_factory=dict)
    crates: dict[str, Crate] = field(default_factory=dict)
    projects: dict[str, tuple[str, ...]] = field(default_factory=dict)
    psr4: dict[str, list[str]] = field(default_factory=dict)
    distributions: set[str] = field(default_factory=set)
    layerings: list[Layering] = field(default_factory=list)


def settings(source: Repository, tree: Tree) -> Settings:
    """The settings of the analysed commit. What is larger than 1 MB or not what its name says is left out."""
    found = Settings()
    entries = {
        e.path: e
        for e in tree.entries
        if (e.role in ("configuration", "data", "product") or (e.role == "test" and e.path.endswith(_ALSO_OF_TESTS)))
        and e.kind in ("file", "executable")
        and (e.size_bytes or 0) <= _LARGEST
        and posixpath.basename(e.path).lower().endswith((*_NAMES, ".json", ".csproj"))
    }
    wanted = [e for path, e in entries.items() if _is_setting(posixpath.basename(path).lower())][:_MOST]
    for path, content in _read(source, wanted):
        _add(found, path, content)
    folders = {name: package.folder for name, package in found.packages if name}
    for _ in range(_EXTENDED_ROUNDS):
        above = {p for at, config in found.configs.items() for p in script_settings.extended(at, config, folders)}
        more = [entries[path] for path in sorted(above) if path in entries and path not in found.configs][:_MOST]
        if not more:
            break
        for path, content in _read(source, more):
            found.configs[path] = _loaded(content)
    found.modules.pop("", None)
    return found


def _is_setting(name: str) -> bool:
    return (
        name in _NAMES
        or name.endswith(".csproj")
        or (name.startswith(("tsconfig", "jsconfig")) and name.endswith(".json"))
    )


def _read(source: Repository, entries: list[TreeEntry]) -> Iterable[tuple[str, bytes]]:
    for entry, (_, content) in zip(entries, source.read([e.oid for e in entries]), strict=True):
        if not isinstance(content, Unknown):
            yield entry.path, content


def _add(found: Settings, path: str, content: bytes) -> None:
    folder, name = posixpath.split(path)
    kind = name.lower()
    try:
        if kind == "go.mod":
            found.modules[go_imports.module_path(content)] = folder
        if kind in ("go.mod", "go.work"):
            for module, place in go_imports.replacements(content).items():
                found.modules.setdefault(module, joined(folder, place))
        elif kind == "cargo.toml":
            crate = rust_crates.package_of(folder, content)
            found.crates.update({} if crate is None else {folder: crate})
        elif kind.endswith(".csproj"):
            found.projects[path] = csharp_imports.references_of(content)
        elif kind in ("pyproject.toml", "setup.cfg", ".importlinter"):
            found.layerings += declared_layers.layerings(path, content)
            if kind == "pyproject.toml" and "build-system" in tomllib.loads(content.decode("utf-8", "replace")):
                found.distributions.add(folder)
        else:
            _add_json(found, path, _loaded(content))
    except (ValueError, RecursionError):
        return


def _add_json(found: Settings, path: str, loaded: object) -> None:
    folder, name = posixpath.split(path)
    if name.lower() == "package.json":
        package = script_settings.packages_of(folder, loaded)
        if package is not None:
            found.packages.append(package)
        if isinstance(loaded, dict) and (loaded.get("private") is True or not _has_entry(loaded)):
            found.private.add(folder)
    elif name.lower() == "composer.json":
        for prefix, places in php_imports.psr4_of(folder, loaded).items():
            found.psr4.setdefault(prefix, []).extend(places)
    else:
        found.configs[path] = loaded


def _has_entry(loaded: Mapping[str, object]) -> bool:
    return any(loaded.get(key) for key in ("main", "module", "exports", "bin"))


def _loaded(content: bytes) -> object:
    try:
        return script_settings.parse_config(content)
    except ValueError:
        return None
