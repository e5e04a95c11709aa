"""Runtimes of which a manifest names the oldest that will do: what runs in fact is unknown, and newer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.dependencies.go import directives
from collectors.dependencies.runtimes import Pinned, pinned
from collectors.parsing import decode, key_lines, load_json, load_toml, mapping, text

_MANIFESTS = ("go.mod", "pyproject.toml", "package.json", "composer.json", "cargo.toml")
_LONGEST = 60


def claims(path: str) -> bool:
    """Manifests that may name the oldest runtime that will do."""
    return path.lower().rsplit("/", 1)[-1] in _MANIFESTS


def lower_bounds(path: str, content: bytes) -> list[Pinned]:
    """Each product with its range as written. ValueError when the file cannot be read."""
    match path.lower().rsplit("/", 1)[-1]:
        case "go.mod":
            found = [
                Pinned("go", f"≥ {words[0]}", line)
                for line, directive, words, _ in directives(content)
                if directive == "go" and words
            ]
        case "pyproject.toml":
            found = list(_toml(content, ("project", "requires-python"), "python"))
        case "cargo.toml":
            found = list(_toml(content, ("package", "rust-version"), "rust"))
        case "package.json":
            found = [] if pinned(path, content) else list(_json(content, ("engines", "node"), "nodejs"))
        case _:
            found = list(_json(content, ("require", "php"), "php"))
    return [Pinned(b.product, b.version[:_LONGEST], b.line) for b in found]


def _toml(content: bytes, keys: tuple[str, str], product: str) -> Iterator[Pinned]:
    written = text(mapping(load_toml(content).get(keys[0])).get(keys[1])).strip()
    if written:
        at = re.search(rf"^\s*{re.escape(keys[1])}\s*=", decode(content), re.MULTILINE)
        bare = f"≥ {written}" if written[0].isdigit() else written
        yield Pinned(product, bare, decode(content)[: at.end()].count("\n") + 1 if at else 0)


def _json(content: bytes, keys: tuple[str, str], product: str) -> Iterator[Pinned]:
    written = text(mapping(mapping(load_json(content)).get(keys[0])).get(keys[1])).strip()
    if written:
        yield Pinned(product, written, key_lines(decode(content)).get(keys[1], 0))
