"""What every package ecosystem gives: the files it claims, and a parser from bytes to dependencies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from packageurl import PackageURL

from scanner.core.text import clean
from scanner.facts.dependencies import Dependency, Scope

FileKind = Literal["manifest", "lock"]
LOCK_BYTES = 10_000_000
"""Largest lock file read."""
_PURL_TYPES = {
    "PyPI": "pypi", "npm": "npm", "Go": "golang", "crates.io": "cargo", "Maven": "maven", "NuGet": "nuget", "RubyGems": "gem", "Packagist": "composer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ecosystem:
    """One ecosystem under OSV's name. ``parse`` takes (path, content, all contents by path) and raises ValueError."""

    name: str
    kind_of: Callable[[str], FileKind | None]
    parse: Callable[[str, bytes, Mapping[str, bytes]], list[Dependency]]


def dependency(
    ecosystem: str,
    name: str,
    version: str = "",
    *,
    path: str,
    requirement: str = "",
    direct: bool = True,
    scope: Scope = "runtime",
    line: int = 0,
) -> Dependency:
    """A dependency with its texts made safe and its package URL."""
    name, version = clean(name, 200), clean(version, 100)
    return Dependency(
        ecosystem,
        name,
        version,
        clean(requirement, 100),
        package_url(ecosystem, name, version),
        direct,
        scope,
        path,
        line,
    )


def package_url(ecosystem: str, name: str, version: str = "") -> str:
    """The package URL (https://github.com/package-url/purl-spec), empty when the name does not allow one."""
    separator = ":" if ecosystem == "Maven" else "/"
    namespace, _, last = name.rpartition(separator)
    if ecosystem in ("PyPI", "NuGet", "RubyGems", "crates.io"):
        namespace, last = "", name
    try:
        return PackageURL(_PURL_TYPES[ecosystem], namespace or None, last, version or None).to_string()
    except (ValueError, KeyError):
        return ""


def joined(manifest: list[Dependency], locks: Mapping[str, list[Dependency]]) -> list[Dependency]:
    """Manifest entries give way to what the nearest lock file above them resolved.

    ``locks`` maps folders to the entries of their lock files. The entries taken become direct, with
    the manifest's scope and requirement; manifest entries that no lock resolves stay.
    """
    resolved = {folder: list(entries) for folder, entries in locks.items()}
    by_name = {folder: _positions(entries) for folder, entries in resolved.items()}
    out: list[Dependency] = []
    for wanted in manifest:
        folder = _nearest(wanted.path, resolved)
        places = by_name[folder].get(_key(wanted), []) if folder is not None else []
        if folder is None or not places:
            out.append(wanted)
            continue
        entries = resolved[folder]
        place = next((i for i in places if entries[i].requirement == wanted.requirement), None)
        place = place if place is not None else next((i for i in places if entries[i].direct), places[0])
        old = entries[place]
        scope = wanted.scope if not old.direct or old.scope in ("unknown", "development") else old.scope
        entries[place] = replace(old, direct=True, scope=scope, requirement=wanted.requirement or old.requirement)
    return out + [d for folder in sorted(resolved) for d in resolved[folder]]


def _key(dependency: Dependency) -> str:
    return dependency.name.lower().replace("_", "-").replace(".", "-")


def _positions(entries: list[Dependency]) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = {}
    for index, entry in enumerate(entries):
        positions.setdefault(_key(entry), []).append(index)
    return positions


def folder_of(path: str) -> str:
    """The folder of a path, empty for the root."""
    return path.rpartition("/")[0]


def _nearest(path: str, folders: Mapping[str, object]) -> str | None:
    folder = folder_of(path)
    while folder not in folders:
        if not folder:
            return None
        folder = folder_of(folder)
    return folder
