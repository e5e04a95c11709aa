"""JavaScript: package.json, package-lock.json (1 to 3), yarn.lock (classic and Berry), pnpm-lock.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from collectors.dependencies.ecosystem import LOCK_BYTES, Ecosystem, FileKind, dependency
from collectors.parsing import decode, key_lines, load_json, mapping, text
from scanner.facts.dependencies import Dependency, Scope

_KINDS: dict[str, FileKind] = {
    "package.json": "manifest", "package-lock.json": "lock", "npm-shrinkwrap.json": "lock", "yarn.lock": "lock", "pnpm-lock.yaml": "lock",
}  # fmt: skip
_SECTIONS: tuple[tuple[str, Scope], ...] = (
    ("dependencies", "runtime"), ("devDependencies", "development"), ("optionalDependencies", "optional"), ("peerDependencies", "optional"),
)  # fmt: skip
_EXACT = re.compile(r"\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+][\w.+-]{1,60})?")
_LOCAL = ("file:", "link:", "workspace:", "portal:", "git", "http:", "https:", "github:", ".", "/")
_PNPM_KEY = re.compile(r"  ['\"]?/?((?:@[^/@'\"\s]{1,100}/)?[^/@'\"\s]{1,200})[@/](\d[^():'\"\s_/]{0,80})")


def kind_of(path: str) -> FileKind | None:
    """Whether ``path`` is a manifest or lock file of npm, Yarn or pnpm."""
    return _KINDS.get(path.lower().rsplit("/", 1)[-1])


def parse(path: str, content: bytes, files: Mapping[str, bytes]) -> list[Dependency]:
    """The dependencies of one file."""
    del files
    match path.lower().rsplit("/", 1)[-1]:
        case "package.json":
            return list(_package_json(path, content))
        case "yarn.lock":
            return list(_yarn(path, content))
        case "pnpm-lock.yaml":
            return list(_pnpm(path, content))
        case _:
            return list(_package_lock(path, content))


def _package_json(path: str, content: bytes) -> Iterator[Dependency]:
    document = mapping(load_json(content))
    lines = key_lines(decode(content))
    named: set[str] = set()
    for section, scope in _SECTIONS:
        for name, value in mapping(document.get(section)).items():
            written = text(value)
            if name in named or written.startswith(_LOCAL):
                continue
            named.add(name)
            real = name
            if written.startswith("npm:"):
                real, _, written = written.removeprefix("npm:").rpartition("@")
            version = written if _EXACT.fullmatch(written) else ""
            yield dependency("npm", real, version, path=path, requirement=written, scope=scope, line=lines.get(name, 0))


def _package_lock(path: str, content: bytes) -> Iterator[Dependency]:
    document = mapping(load_json(content, max_bytes=LOCK_BYTES))
    lines = key_lines(decode(content))
    packages = mapping(document.get("packages"))
    if not packages:
        yield from _lock_version_1(path, document, lines)
        return
    root = mapping(packages.get(""))
    declared = {name for section, _ in _SECTIONS for name in mapping(root.get(section))}
    for place, value in packages.items():
        entry = mapping(value)
        name = text(entry.get("name")) or place.rpartition("node_modules/")[2]
        version = text(entry.get("version"))
        if not place or entry.get("link") is True or "node_modules/" not in place or not version:
            continue
        direct = place == f"node_modules/{name}" and name in declared
        yield dependency("npm", name, version, path=path, direct=direct, scope=_scope(entry), line=lines.get(place, 0))


def _lock_version_1(path: str, document: dict[str, object], lines: dict[str, int]) -> Iterator[Dependency]:
    pending = [mapping(document.get("dependencies"))]
    while pending:
        level = pending.pop(0)
        for name, value in level.items():
            entry = mapping(value)
            version = text(entry.get("version"))
            if version and not version.startswith(_LOCAL):
                yield dependency(
                    "npm", name, version, path=path, direct=False, scope=_scope(entry), line=lines.get(name, 0)
                )
            pending.append(mapping(entry.get("dependencies")))


def _scope(entry: dict[str, object]) -> Scope:
    if entry.get("dev") is True or entry.get("devOptional") is True:
        return "development"
    return "optional" if entry.get("optional") is True or entry.get("peer") is True else "runtime"


def _yarn(path: str, content: bytes) -> Iterator[Dependency]:
    """Blocks ``"name@range", name@range:`` with an indented ``version``."""
    if len(content) > LOCK_BYTES:
        raise ValueError("too large")
    name, asked, at = "", "", 0
    for number, line in enumerate(decode(content).split("\n"), start=1):
        if line and line[0] not in " #" and line.rstrip().endswith(":"):
            first = line.rstrip()[:-1].split(",")[0].strip().strip('"')
            name, _, asked = first.rpartition("@") if first.rfind("@") > 0 else ("", "", "")
            if "@npm:" in first:
                name, _, asked = first.partition("@npm:")
            name = name.rpartition("@npm:")[2] if "@npm:" in name else name
            at = number
        elif name and line.startswith("  version"):
            version = line.strip()[len("version") :].strip(' :"')
            if not asked.startswith(_LOCAL) and version != "0.0.0-use.local":
                yield dependency(
                    "npm", name, version, path=path, requirement=asked, direct=False, scope="unknown", line=at
                )
            name = ""


def _pnpm(path: str, content: bytes) -> Iterator[Dependency]:
    """Keys of the ``packages`` section, in the spellings of lock versions 5 to 9."""
    if len(content) > LOCK_BYTES:
        raise ValueError("too large")
    inside = False
    found: Dependency | None = None
    for number, line in enumerate(decode(content).split("\n"), start=1):
        if line and not line[0].isspace() and not line.startswith("#"):
            inside = line.startswith("packages:")
        elif inside and line.startswith("  ") and line[2:3] not in (" ", "") and (match := _PNPM_KEY.match(line)):
            if found:
                yield found
            found = dependency(
                "npm", match.group(1), match.group(2), path=path, direct=False, scope="unknown", line=number
            )
        elif inside and found and line.strip() == "dev: true":
            found = dependency(
                "npm", found.name, found.version, path=path, direct=False, scope="development", line=found.line
            )
    if found:
        yield found


ECOSYSTEM = Ecosystem("npm", kind_of, parse)
