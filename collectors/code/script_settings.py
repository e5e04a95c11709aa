"""What ``tsconfig.json`` and ``package.json`` say about where JavaScript and TypeScript imports lead."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scanner.core.text import clean

_EXTENDS_DEEP, _CONDITIONS_DEEP = 8, 6
_PATTERNS, _LEAVES = 500, 20


@dataclass(frozen=True, slots=True)
class Paths:
    """Path mapping of one tsconfig: base folder, and (pattern, targets) as written."""

    base: str
    has_base: bool
    mapped: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Package:
    """One package of the repository: its folder, its main files, and (pattern, targets) of ``exports`` and ``imports``."""

    folder: str
    mains: tuple[str, ...] = ()
    exports: tuple[tuple[str, tuple[str, ...]], ...] = ()
    imports: tuple[tuple[str, tuple[str, ...]], ...] = ()


def parse_config(content: bytes) -> object:
    """JSON with comments and trailing commas, as tsconfig files have it. Raises ValueError."""
    text = content.decode("utf-8-sig", "replace")
    out: list[str] = []
    at, size = 0, len(text)
    while at < size:
        char = text[at]
        if char == '"':
            end = at + 1
            while end < size and text[end] != '"':
                end += 2 if text[end] == "\\" else 1
            out.append(text[at : end + 1])
            at = end + 1
        elif text.startswith("//", at):
            at = _after(text, "\n", at)
        elif text.startswith("/*", at):
            at = _after(text, "*/", at)
        else:
            if char in "}]":
                _drop_comma(out)
            out.append(char)
            at += 1
    try:
        loaded: object = json.loads("".join(out))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return loaded


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at + 2)
    return len(text) if found < 0 else found + len(end)


def _drop_comma(out: list[str]) -> None:
    while out and out[-1].isspace():
        out.pop()
    if out and out[-1] == ",":
        out.pop()


def extended(path: str, config: object, folders: Mapping[str, str]) -> tuple[str, ...]:
    """The files that the config at ``path`` may extend, the last one strongest. ``folders`` are packages by name."""
    given = config.get("extends") if isinstance(config, dict) else None
    names = given if isinstance(given, list) else [given]
    return tuple(place for name in names[:_LEAVES] if isinstance(name, str) for place in _places(path, name, folders))


def _places(path: str, name: str, folders: Mapping[str, str]) -> Iterator[str]:
    if name.startswith("."):
        place = within(posixpath.dirname(path), name)
    else:
        package = package_name(name)
        if package not in folders:
            return
        place = within(folders[package], name[len(package) + 1 :] or "tsconfig.json")
    yield place if place.endswith(".json") else f"{place}.json"


def mappings(configs: Mapping[str, object], folders: Mapping[str, str]) -> dict[str, Paths]:
    """The path mapping of each folder with a ``tsconfig*.json``, ``tsconfig.json`` before others, what they extend included."""
    found: dict[str, Paths] = {}
    known: dict[str, Paths | None] = {}
    for path in sorted(configs, key=lambda p: (posixpath.dirname(p), not p.endswith("tsconfig.json"), p)):
        folder, name = posixpath.split(path)
        if name.startswith(("tsconfig", "jsconfig")) and folder not in found:
            mapping = _mapping(path, configs, folders, known, _EXTENDS_DEEP)
            if mapping is not None:
                found[folder] = mapping
    return found


def _mapping(
    path: str, configs: Mapping[str, object], folders: Mapping[str, str], known: dict[str, Paths | None], steps: int
) -> Paths | None:
    """The mapping of one file, worked out once; files that extend each other give each other nothing."""
    if path not in known:
        known[path] = None
        known[path] = _inherited(path, configs, folders, known, steps)
    return known[path]


def _inherited(
    path: str, configs: Mapping[str, object], folders: Mapping[str, str], known: dict[str, Paths | None], steps: int
) -> Paths | None:
    config = configs.get(path)
    own = paths_of(posixpath.dirname(path), config)
    above: Paths | None = None
    for other in extended(path, config, folders) if steps else ():
        above = _mapping(other, configs, folders, known, steps - 1) or above
    if own is None or above is None:
        return own or above
    if own.has_base:
        return own if own.mapped else Paths(own.base, own.has_base, above.mapped)
    return Paths(above.base, above.has_base, own.mapped) if above.has_base else own


def paths_of(folder: str, config: object) -> Paths | None:
    """The path mapping of a tsconfig in ``folder``; None when it has none."""
    options = config.get("compilerOptions") if isinstance(config, dict) else None
    if not isinstance(options, dict):
        return None
    base, mapped = options.get("baseUrl"), options.get("paths")
    has_base = isinstance(base, str)
    if not has_base and not isinstance(mapped, dict):
        return None
    pairs = tuple(
        (str(pattern), tuple(str(t) for t in targets[:_LEAVES]))
        for pattern, targets in (list(mapped.items())[:_PATTERNS] if isinstance(mapped, dict) else ())
        if isinstance(targets, list)
    )
    return Paths(within(folder, str(base) if has_base else "."), has_base, pairs)


def packages_of(folder: str, loaded: object) -> tuple[str, Package] | None:
    """Name (may be empty) and ways in of a ``package.json`` in ``folder``; None when it is no object."""
    if not isinstance(loaded, dict):
        return None
    name = loaded.get("name")
    mains = (loaded.get(key) for key in ("source", "types", "module", "main", "browser"))
    return clean(name) if isinstance(name, str) else "", Package(
        folder,
        tuple(dict.fromkeys(main for main in mains if isinstance(main, str) and main)),
        tuple(_exports(loaded.get("exports"))),
        tuple(_patterns(loaded.get("imports"), "#")),
    )


def _exports(given: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(given, dict) and any(str(key).startswith(".") for key in given):
        yield from _patterns(given, ".")
    elif given is not None:
        yield ".", tuple(_leaves(given, 0))[:_LEAVES]


def _patterns(given: object, start: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern, held in list(given.items())[:_PATTERNS] if isinstance(given, dict) else ():
        if str(pattern).startswith(start):
            yield str(pattern), tuple(_leaves(held, 0))[:_LEAVES]


def _leaves(held: object, depth: int) -> Iterator[str]:
    """The targets under all conditions, as ordered."""
    if isinstance(held, str):
        yield held
    elif depth < _CONDITIONS_DEEP:
        inner: Sequence[object] = (
            list(held.values()) if isinstance(held, dict) else held if isinstance(held, list) else ()
        )
        for other in inner[:_PATTERNS]:
            yield from _leaves(other, depth + 1)


def within(folder: str, relative: str) -> str:
    """``relative`` seen from ``folder``; what lies outside of the repository begins with dots."""
    joined = posixpath.normpath(posixpath.join(folder, relative))
    return "" if joined == "." else joined


def package_name(specifier: str) -> str:
    """The package that a specifier names first: ``@acme/core`` of ``@acme/core/deep``."""
    return "/".join(specifier.split("/")[: 2 if specifier.startswith("@") else 1])


def filling(pattern: str, specifier: str) -> str | None:
    """What ``*`` stands for when ``specifier`` fits ``pattern``; None when it does not."""
    before, star, after = pattern.partition("*")
    if not star:
        return "" if specifier == pattern else None
    fits = len(specifier) >= len(before) + len(after) and specifier.startswith(before) and specifier.endswith(after)
    return specifier[len(before) : len(specifier) - len(after)] if fits else None
