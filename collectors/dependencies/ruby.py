"""Ruby: Gemfile and Gemfile.lock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from collectors.dependencies.ecosystem import LOCK_BYTES, Ecosystem, FileKind, dependency
from collectors.parsing import decode
from scanner.facts.dependencies import Dependency, Scope

_KINDS: dict[str, FileKind] = {
    "gemfile": "manifest",
    "gems.rb": "manifest",
    "gemfile.lock": "lock",
    "gems.locked": "lock",
}
_GEM = re.compile(r"\s{0,40}gem[\s(]{1,3}['\"]([\w.-]{1,100})['\"](?:\s?,\s?['\"]([^'\"]{1,60})['\"])?")
_GROUP = re.compile(r"\s{0,40}group[\s(]{1,3}(.{1,200}?)\s?\)?\s?do\b")
_LOCKED = re.compile(r"    ([\w.-]{1,100}) \(([^()\s]{1,80})\)$")


def kind_of(path: str) -> FileKind | None:
    """Whether ``path`` is a Bundler file."""
    return _KINDS.get(path.lower().rsplit("/", 1)[-1])


def parse(path: str, content: bytes, files: Mapping[str, bytes]) -> list[Dependency]:
    """The gems of one file. A Gemfile is a program: only plain ``gem`` lines are read."""
    del files
    if len(content) > LOCK_BYTES:
        raise ValueError("too large")
    lines = decode(content).split("\n")
    return list(_lock(path, lines) if kind_of(path) == "lock" else _gemfile(path, lines))


def _gemfile(path: str, lines: list[str]) -> Iterator[Dependency]:
    scope: Scope = "runtime"
    for number, line in enumerate(lines, start=1):
        if match := _GROUP.match(line[:300]):
            scope = "runtime" if "production" in match.group(1) else "development"
        elif line.strip() == "end":
            scope = "runtime"
        elif match := _GEM.match(line[:400]):
            written = match.group(2) or ""
            exact = written if written[:1].isdigit() else ""
            inline = "group" in line and ("test" in line or "development" in line)
            own: Scope = "development" if inline else scope
            yield dependency("RubyGems", match.group(1), exact, path=path, requirement=written, scope=own, line=number)


def _lock(path: str, lines: list[str]) -> Iterator[Dependency]:
    direct = set()
    section = ""
    for line in lines:
        section = line.strip() if line and not line[0].isspace() else section
        if section == "DEPENDENCIES" and line.startswith("  "):
            direct.add(line.split()[0].rstrip("!"))
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        section = line.strip() if line and not line[0].isspace() else section
        if section == "GEM" and (match := _LOCKED.match(line[:250].rstrip())):
            # One gem may be locked once per platform ("1.15.4-x86_64-linux").
            name, version = match.group(1), match.group(2).split("-")[0]
            if f"{name} {version}" not in seen:
                seen.add(f"{name} {version}")
                yield dependency(
                    "RubyGems", name, version, path=path, direct=name in direct, scope="unknown", line=number
                )


ECOSYSTEM = Ecosystem("RubyGems", kind_of, parse)
