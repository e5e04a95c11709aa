"""Facts to bytes and back: canonical JSON of the dataclass, compressed, named by its SHA-256."""

from __future__ import annotations

import hashlib
import zlib
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

import scanner.facts
from scanner.core.checks import modules_below
from scanner.core.evidence import Fact

_LIMIT_BYTES = 512 * 1024 * 1024


class Undecodable(ValueError):
    """Stored content does not read as the fact it is filed under."""


@cache
def fact_types() -> dict[str, type[Fact]]:
    """Every concrete fact type by name."""
    found: dict[str, type[Fact]] = {}
    for module in modules_below(scanner.facts):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Fact) and value is not Fact:
                found[value.__name__] = value
    return found


_ADAPTERS: dict[str, TypeAdapter[Any]] = {}


def _adapter(fact_type: type[Fact]) -> TypeAdapter[Any]:
    name = fact_type.__name__
    if name not in _ADAPTERS:
        _ADAPTERS[name] = TypeAdapter(fact_type)
    return _ADAPTERS[name]


def encode(fact: Fact) -> tuple[str, bytes]:
    """(digest, compressed body): SHA-256 (hex) over the fact's name and canonical JSON."""
    body: bytes = _adapter(type(fact)).dump_json(fact)
    digest = hashlib.sha256(type(fact).__name__.encode() + b"\0" + body).hexdigest()
    return digest, zlib.compress(body, 6)


def decode(name: str, stored: bytes) -> Fact:
    """The fact called ``name`` from its stored body; Undecodable when it does not fit the type any more."""
    fact_type = fact_types().get(name)
    if fact_type is None:
        raise Undecodable(f"there is no fact {name} in this version")
    try:
        fact = _adapter(fact_type).validate_json(zlib.decompressobj().decompress(stored, _LIMIT_BYTES))
    except (ValidationError, zlib.error) as error:
        raise Undecodable(f"stored {name} does not fit this version") from error
    assert isinstance(fact, fact_type)
    return fact
