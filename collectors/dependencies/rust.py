"""Rust: Cargo.toml and Cargo.lock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from collectors.dependencies.ecosystem import LOCK_BYTES, Ecosystem, FileKind, dependency
from collectors.parsing import decode, load_toml, mapping, several, text
from scanner.facts.dependencies import Dependency, Scope

_KINDS: dict[str, FileKind] = {"cargo.toml": "manifest", "cargo.lock": "lock"}
_SECTIONS: tuple[tuple[str, Scope], ...] = (
    ("dependencies", "runtime"),
    ("dev-dependencies", "development"),
    ("build-dependencies", "build"),
)


def kind_of(path: str) -> FileKind | None:
    """Whether ``path`` is a Cargo file."""
    return _KINDS.get(path.lower().rsplit("/", 1)[-1])


def parse(path: str, content: bytes, files: Mapping[str, bytes]) -> list[Dependency]:
    """The crates of one file."""
    del files
    return list(_lock(path, content) if path.lower().endswith(".lock") else _manifest(path, content))


def _manifest(path: str, content: bytes) -> Iterator[Dependency]:
    document = load_toml(content)
    holders = [document, mapping(document.get("workspace")), *map(mapping, mapping(document.get("target")).values())]
    for holder in holders:
        for section, scope in _SECTIONS:
            for alias, value in mapping(holder.get(section)).items():
                table = mapping(value)
                written = text(table.get("version")) if table else text(value)
                if "path" in table or "git" in table or table.get("workspace") is True:
                    continue
                exact = written.removeprefix("=").strip() if written.startswith("=") else ""
                optional: Scope = "optional" if table.get("optional") is True else scope
                yield dependency(
                    "crates.io",
                    text(table.get("package")) or alias,
                    exact,
                    path=path,
                    requirement=written,
                    scope=optional,
                )


def _lock(path: str, content: bytes) -> Iterator[Dependency]:
    document = load_toml(content, max_bytes=LOCK_BYTES)
    lines: dict[str, int] = {}
    for number, line in enumerate(decode(content).split("\n"), start=1):
        if line.startswith('name = "'):
            lines.setdefault(line[8:].rstrip().rstrip('"'), number)
    for package in map(mapping, several(document.get("package"))):
        name, version = text(package.get("name")), text(package.get("version"))
        if name and version and text(package.get("source")).startswith(("registry+", "sparse+")):
            yield dependency(
                "crates.io", name, version, path=path, direct=False, scope="unknown", line=lines.get(name, 0)
            )


ECOSYSTEM = Ecosystem("crates.io", kind_of, parse)
