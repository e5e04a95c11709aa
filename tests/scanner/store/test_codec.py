from __future__ import annotations

import types
import zlib
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from scanner.core.evidence import Fact
from scanner.store.codec import Undecodable, decode, encode, fact_types

TEXT = 'naïve "quoted" ☃ \\ 𝄞'


def example(kind: Any, depth: int = 0) -> Any:
    """A value of ``kind`` in which no field has its default, as far as the type allows."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return example(next(k for k in inside if k is not type(None)), depth)
    if origin is Literal:
        return inside[-1]
    if origin is tuple:
        if inside[-1] is Ellipsis:
            return (example(inside[0], depth + 1),) * 2
        return tuple(example(k, depth + 1) for k in inside)
    if origin is not None and inside:
        return {example(inside[0], depth + 1): example(inside[1], depth + 1)}
    plain: dict[Any, Any] = {
        bool: True, int: 7, float: 0.1 + 0.2, str: TEXT, bytes: b"x", date: date(2026, 2, 28), datetime: datetime(1970, 1, 1, 0, 0, 1, 5, UTC),
    }  # fmt: skip
    if kind in plain:
        return plain[kind]
    if issubclass(kind, Enum):
        return list(kind)[-1]
    assert is_dataclass(kind), kind
    hints = get_type_hints(kind)
    return kind(**{f.name: example(hints[f.name], depth + 1) for f in fields(kind) if f.init})


FACTS = sorted(fact_types().items())


def test_there_are_facts_to_test() -> None:
    assert len(FACTS) > 40


@pytest.mark.parametrize(("name", "kind"), FACTS, ids=[name for name, _ in FACTS])
def test_every_fact_survives_the_database(name: str, kind: type[Fact]) -> None:
    fact = example(kind)
    digest, body = encode(fact)
    assert decode(name, body) == fact
    assert type(decode(name, body)) is kind
    assert encode(decode(name, body)) == (digest, body)
    assert encode(example(kind))[0] == digest


def test_digest_tells_type_and_content_apart() -> None:
    digests = {encode(example(kind))[0] for _, kind in FACTS}
    assert len(digests) == len(FACTS)


@pytest.mark.parametrize(
    "stored", [b"", b"garbage", zlib.compress(b"{}"), zlib.compress(b"[1"), zlib.compress(b'{"a":1}')[:-9]]
)
def test_stored_nonsense_is_undecodable(stored: bytes) -> None:
    with pytest.raises(Undecodable, match="does not fit this version"):
        decode("Tree", stored)


def test_a_fact_of_another_version_is_undecodable() -> None:
    with pytest.raises(Undecodable, match="there is no fact Departed"):
        decode("Departed", zlib.compress(b"{}"))


def test_a_body_that_expands_without_end_is_undecodable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.store.codec._LIMIT_BYTES", 1000)
    with pytest.raises(Undecodable):
        decode("Tree", zlib.compress(b'{"commit":"' + b"a" * 100_000 + b'","entries":[]}'))
