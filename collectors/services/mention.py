"""What a reader of one file gives: names offered and asked for, before their file's path is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scanner.core.text import clean
from scanner.facts.services import LinkKind

MAX_MENTIONS = 2_000
"""Most names that one file gives (ours: a bound against hostile files)."""
_OPAQUE = re.compile(
    r"[0-9a-fA-F]{24,}|(?=[A-Za-z0-9]*[0-9])(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z])[A-Za-z0-9]{20,}|(?=[a-z]*[0-9])[a-z0-9]{32,}"
)
_PLAIN = re.compile(r"[A-Za-z0-9@][A-Za-z0-9@._/:+*-]{0,199}")


@dataclass(frozen=True, slots=True)
class Mention:
    """One name. ``kind`` "folder" is a path relative to the file, which becomes a repository when it leads outside."""

    side: Literal["offer", "need"]
    kind: LinkKind | Literal["folder"]
    name: str
    detail: str
    line: int


@dataclass(frozen=True, slots=True)
class Mentions:
    """All names of one file; ``problem`` says why it was not read, empty when it was."""

    items: tuple[Mention, ...] = ()
    problem: str = ""


def offer(kind: LinkKind, name: str, line: int, detail: str = "") -> Mention:
    """A name that is offered."""
    return Mention("offer", kind, clean(name, 200), clean(detail, 120), line)


def need(kind: LinkKind | Literal["folder"], name: str, line: int, detail: str = "") -> Mention:
    """A name that is asked for."""
    return Mention("need", kind, clean(name, 200), clean(detail, 120), line)


def gathered(mentions: Iterable[Mention]) -> Mentions:
    """The distinct mentions that hold a name, in order, at most `MAX_MENTIONS`. Names that look like a secret are dropped."""
    kept: dict[Mention, None] = {}
    for mention in mentions:
        if is_name(mention.name) or (mention.kind in ("folder", "api") and mention.name):
            kept.setdefault(mention)
        if len(kept) >= MAX_MENTIONS:
            break
    return Mentions(tuple(kept))


def is_name(written: str) -> bool:
    """Whether ``written`` can be the name of something: plain characters, no placeholder, nothing that looks like a key."""
    return bool(_PLAIN.fullmatch(written)) and not looks_opaque(written)


def looks_opaque(written: str) -> bool:
    """Whether a part of ``written`` looks like a key rather than a name (24 hexadecimal digits, 20 mixed characters, 32 of any kind)."""
    return any(_OPAQUE.fullmatch(part) for part in re.split(r"[./:@_-]", written))
