"""The people file: which identities are one person, which are machines, which only look alike.

An identity is written as Assay knows it: ``mail:ada@example.org``, ``github:ada``, ``gitlab:ada``, or
``name:ada lovelace`` for addresses that many share. The file stays with the user; nothing of it is published.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from scanner.files import read_plain
from scanner.people import PeopleMap, Sort

MOST_BYTES = 5_000_000
KINDS = ("github:", "gitlab:", "mail:", "name:")


class PeopleError(ValueError):
    """The people file is wrong; the text says where and what is expected."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    identities: tuple[str, ...]
    kind: Sort = "person"


class _Apart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    identities: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    person: tuple[_Entry, ...] = ()
    apart: tuple[_Apart, ...] = ()


def load_people(path: Path) -> PeopleMap:
    """The people file at ``path``. Raises PeopleError."""
    try:
        raw = read_plain(path, MOST_BYTES + 1)
    except OSError as error:
        raise PeopleError(f"the people file {path} cannot be read: {error.strerror}") from None
    if len(raw) > MOST_BYTES:
        raise PeopleError(f"the people file {path} is larger than {MOST_BYTES:,} bytes")
    return parse_people(raw, str(path))


def parse_people(raw: bytes, where: str) -> PeopleMap:
    """The people file whose bytes are ``raw``. PeopleError names the entry that is wrong, never what it holds."""
    try:
        given = _File.model_validate(tomllib.loads(raw.decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PeopleError(f"{where} is not TOML: {_place(error)}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise PeopleError(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    firsts: dict[str, str] = {}
    sorts: dict[str, Sort] = {}
    for number, entry in enumerate(given.person):
        spoken = _identities(entry.identities, f"{where}: person.{number}")
        for identity in spoken:
            if identity in firsts:
                raise PeopleError(f"{where}: person.{number}: an identity of it belongs to another person already")
            firsts[identity] = spoken[0]
        sorts[spoken[0]] = entry.kind
    apart = {i for n, entry in enumerate(given.apart) for i in _identities(entry.identities, f"{where}: apart.{n}")}
    return PeopleMap(firsts, sorts, frozenset(apart), hashlib.sha256(raw).hexdigest())


def _place(error: Exception) -> str:
    """Where TOML breaks, without the text that stands there."""
    said = str(error)
    return said[said.rfind("(at ") :] if "(at " in said else "it is not UTF-8 text"


def _identities(given: Iterable[str], where: str) -> tuple[str, ...]:
    spoken = tuple(" ".join(identity.lower().split()) for identity in given)
    if not spoken:
        raise PeopleError(f"{where}: it names no identity")
    for number, identity in enumerate(spoken):
        if not identity.startswith(KINDS) or identity in KINDS:
            raise PeopleError(f"{where}.identities.{number}: write {', '.join(k + '…' for k in KINDS)}")
    return spoken


def written(people: Iterable[tuple[tuple[str, ...], Sort, str]]) -> str:
    """A people file: for each person its identities, what it is, and a remark that stands above it."""
    parts = [
        "# Identities that are one person; the first stands for all. Correct it, then: assay scan --people THIS_FILE\n"
    ]
    for identities, sort, remark in people:
        listed = ", ".join(_quoted(identity) for identity in identities)
        kind = "" if sort == "person" else f'kind = "{sort}"\n'
        remark_line = f"# {_plain(remark)}\n" if remark else ""
        parts.append(f"{remark_line}[[person]]\nidentities = [{listed}]\n{kind}")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
