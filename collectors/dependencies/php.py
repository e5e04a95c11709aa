"""PHP: composer.json and composer.lock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from collectors.dependencies.ecosystem import LOCK_BYTES, Ecosystem, FileKind, dependency
from collectors.parsing import decode, key_lines, load_json, mapping, several, text
from scanner.facts.dependencies import Dependency, Scope

_KINDS: dict[str, FileKind] = {"composer.json": "manifest", "composer.lock": "lock"}
_EXACT = re.compile(r"v?\d{1,9}(?:\.\d{1,9}){1,3}(?:-[\w.]{1,40})?")


def kind_of(path: str) -> FileKind | None:
    """Whether ``path`` is a Composer file."""
    return _KINDS.get(path.lower().rsplit("/", 1)[-1])


def parse(path: str, content: bytes, files: Mapping[str, bytes]) -> list[Dependency]:
    """The packages of one file, PHP itself and its extensions left out."""
    del files
    return list(_lock(path, content) if path.lower().endswith(".lock") else _manifest(path, content))


def _manifest(path: str, content: bytes) -> Iterator[Dependency]:
    document = mapping(load_json(content))
    lines = key_lines(decode(content))
    sections: tuple[tuple[str, Scope], ...] = (("require", "runtime"), ("require-dev", "development"))
    for section, scope in sections:
        for name, value in mapping(document.get(section)).items():
            written = text(value)
            if "/" in name:
                exact = written if _EXACT.fullmatch(written) else ""
                yield dependency(
                    "Packagist", name, exact, path=path, requirement=written, scope=scope, line=lines.get(name, 0)
                )


def _lock(path: str, content: bytes) -> Iterator[Dependency]:
    document = mapping(load_json(content, max_bytes=LOCK_BYTES))
    sections: tuple[tuple[str, Scope], ...] = (("packages", "runtime"), ("packages-dev", "development"))
    lines: dict[str, int] = {}
    for number, line in enumerate(decode(content).split("\n"), start=1):
        if line.startswith('            "name": "'):
            lines.setdefault(line[21:].rstrip().rstrip(',"'), number)
    for section, scope in sections:
        for package in map(mapping, several(document.get(section))):
            name, version = text(package.get("name")), text(package.get("version"))
            if name and version:
                yield dependency(
                    "Packagist", name, version, path=path, direct=False, scope=scope, line=lines.get(name, 0)
                )


ECOSYSTEM = Ecosystem("Packagist", kind_of, parse)
