"""Go: go.mod, indirect requirements and replacements included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from collectors.dependencies.ecosystem import Ecosystem, FileKind, dependency
from collectors.parsing import MAX_BYTES, decode
from scanner.facts.dependencies import Dependency


def kind_of(path: str) -> FileKind | None:
    """go.mod names exact versions, so it counts as a lock file too; it is called a manifest."""
    return "manifest" if path.rsplit("/", 1)[-1] == "go.mod" else None


def directives(content: bytes) -> Iterator[tuple[int, str, list[str], str]]:
    """(line, directive, arguments, comment) of each statement, blocks opened up. ValueError when too large."""
    if len(content) > MAX_BYTES:
        raise ValueError("too large")
    block = ""
    for number, line in enumerate(decode(content).split("\n"), start=1):
        statement, _, comment = line.partition("//")
        words = statement.split()
        if not words:
            continue
        if words[0] == ")":
            block = ""
        elif words[-1] == "(":
            block = words[0]
        elif block:
            yield number, block, words, comment.strip()
        else:
            yield number, words[0], words[1:], comment.strip()


def parse(path: str, content: bytes, files: Mapping[str, bytes]) -> list[Dependency]:
    """The modules required, at the version they are replaced by; modules replaced by a folder are left out."""
    del files
    required: dict[str, Dependency] = {}
    for line, directive, words, comment in directives(content):
        if directive == "require" and len(words) >= 2:
            name, version = words[0].strip('"'), words[1]
            required[name] = dependency(
                "Go", name, version, path=path, requirement=version, direct="indirect" not in comment, line=line
            )
        elif directive == "replace" and "=>" in words:
            arrow = words.index("=>")
            old, new = words[:arrow], words[arrow + 1 :]
            before = required.get(old[0]) if old else None
            if before is None or not new or (len(old) > 1 and old[1] != before.version):
                continue
            del required[old[0]]
            if len(new) == 2:
                required[old[0]] = dependency(
                    "Go", new[0], new[1], path=path, requirement=before.version, direct=before.direct, line=line
                )
    return list(required.values())


ECOSYSTEM = Ecosystem("Go", kind_of, parse)
