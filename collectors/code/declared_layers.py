"""Layers that a repository declares for itself: the ``layers`` contracts of import-linter."""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from scanner.core.text import clean
from scanner.facts.structure import Layering

_MOST = 200
_SIBLINGS = re.compile(r"[|:]")


def layerings(path: str, content: bytes) -> list[Layering]:
    """The contracts in ``pyproject.toml``, ``setup.cfg`` or ``.importlinter``. Raises ValueError when it cannot be read."""
    text = content.decode("utf-8-sig", "replace")
    if b"importlinter" not in content:
        return []
    if path.endswith(".toml"):
        tool = tomllib.loads(text).get("tool")
        linter = tool.get("importlinter") if isinstance(tool, dict) else None
        contracts = linter.get("contracts") if isinstance(linter, dict) else None
        held = [c for c in contracts if isinstance(c, dict)] if isinstance(contracts, list) else []
        given: Iterable[Mapping[str, object]] = held
    else:
        given = _sections(text)
    return [
        Layering(path, layers)
        for contract in list(given)[:_MOST]
        if contract.get("type") == "layers"
        for layers in _contract(_lines(contract.get("layers")), _lines(contract.get("containers")))
    ]


def _sections(text: str) -> Iterator[Mapping[str, object]]:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise ValueError("no readable settings") from error
    for name in parser.sections():
        if name.startswith("importlinter:contract:"):
            yield dict(parser.items(name))


def _lines(given: object) -> Sequence[str]:
    lines = given if isinstance(given, list) else given.splitlines() if isinstance(given, str) else []
    return [line.strip() for line in lines[:_MOST] if isinstance(line, str) and line.strip()]


def _contract(layers: Sequence[str], containers: Sequence[str]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The layers as paths, once for each container that they are repeated in."""
    for container in containers or ("",):
        names = ([part.strip(" ()") for part in _SIBLINGS.split(line)] for line in layers)
        paths = (tuple(_path(container, name) for name in line if name) for line in names)
        found = tuple(line for line in paths if line)
        if len(found) > 1:
            yield found


def _path(container: str, name: str) -> str:
    return clean(f"{container}.{name}" if container else name).replace(".", "/")
