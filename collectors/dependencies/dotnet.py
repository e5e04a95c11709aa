""".NET: project files, central package versions, packages.config, packages.lock.json."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from collectors.dependencies.ecosystem import LOCK_BYTES, Ecosystem, FileKind, dependency
from collectors.parsing import load_json, load_xml, mapping, text
from scanner.facts.dependencies import Dependency, Scope

_PLAIN = re.compile(r"\d[\w.+-]{0,60}")


def kind_of(path: str) -> FileKind | None:
    """Whether ``path`` is a NuGet file."""
    name = path.lower().rsplit("/", 1)[-1]
    if name == "packages.lock.json":
        return "lock"
    listed = name.endswith((".csproj", ".fsproj", ".vbproj")) or name in ("directory.packages.props", "packages.config")
    return "manifest" if listed else None


def parse(path: str, content: bytes, files: Mapping[str, bytes]) -> list[Dependency]:
    """The packages of one file. NuGet resolves a plain version to just that version, so it counts as exact."""
    del files
    if path.lower().endswith("packages.lock.json"):
        return list(_lock(path, content))
    return list(_project(path, content))


def _project(path: str, content: bytes) -> Iterator[Dependency]:
    root = load_xml(content)
    for element in root.iter():
        if element.tag not in ("PackageReference", "PackageVersion", "package"):
            continue
        name = element.get("Include") or element.get("Update") or element.get("id") or ""
        written = (element.get("Version") or element.get("version") or element.findtext("Version") or "").strip()
        private = (element.get("PrivateAssets") or element.findtext("PrivateAssets") or "").lower() == "all"
        scope: Scope = (
            "development"
            if private or element.get("developmentDependency") == "true" or "test" in path.lower()
            else "runtime"
        )
        if name:
            exact = written.strip("[]") if "," not in written else ""
            yield dependency(
                "NuGet", name, exact if _PLAIN.fullmatch(exact) else "", path=path, requirement=written, scope=scope
            )


def _lock(path: str, content: bytes) -> Iterator[Dependency]:
    document = mapping(load_json(content, max_bytes=LOCK_BYTES))
    seen: set[tuple[str, str]] = set()
    for framework in mapping(document.get("dependencies")).values():
        for name, value in mapping(framework).items():
            entry = mapping(value)
            version, kind = text(entry.get("resolved")), text(entry.get("type"))
            if version and kind != "Project" and (name, version) not in seen:
                seen.add((name, version))
                yield dependency(
                    "NuGet", name, version, path=path, requirement=text(entry.get("requested")), direct=kind == "Direct"
                )


ECOSYSTEM = Ecosystem("NuGet", kind_of, parse)
