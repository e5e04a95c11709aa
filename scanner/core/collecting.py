"""How collectors are declared: each asks one question of one source and yields facts or holes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from scanner.core.evidence import F, Fact, Unknown
from scanner.core.subjects import Kind, Subject

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Found:
    """What a collector yields: a fact or a hole, and where it was read."""

    fact_type: type[Fact]
    content: Fact | Unknown
    source: str
    commit: str = ""
    caveat: str = ""


def found(fact: Fact, source: str, *, commit: str = "", caveat: str = "") -> Found:
    """A known fact."""
    return Found(type(fact), fact, source, commit, caveat)


def hole(fact_type: type[Fact], unknown: Unknown, source: str) -> Found:
    """An explicit hole in ``fact_type``."""
    return Found(fact_type, unknown, source)


@dataclass(frozen=True, slots=True)
class Ask(Generic[S]):
    """One question: about whom, of which source, as of when (UTC), with the facts the collector needs."""

    subject: Subject
    source: S
    as_of: datetime
    known: Mapping[type[Fact], Fact] = field(default_factory=dict)

    def fact(self, fact_type: type[F]) -> F:
        """A fact that the collector declared in ``needs``; the pipeline guarantees that it is known."""
        content = self.known[fact_type]
        if not isinstance(content, fact_type):
            raise TypeError(f"{fact_type.__name__} is {type(content).__name__}")
        return content


@dataclass(frozen=True, slots=True)
class Collector(Generic[S]):
    """A collector: found as the module-level value ``COLLECTOR``.

    ``source`` is the type of the handle it reads; a subject without that handle gets holes
    (NOT_REQUESTED, saying ``absent``). ``needs`` are facts of the same subject that must be known
    first. ``permissions`` names the rights a reader needs, for the request list.
    """

    name: str
    version: str
    source: type[S]
    provides: tuple[type[Fact], ...]
    collect: Callable[[Ask[S]], Iterator[Found]]
    needs: tuple[type[Fact], ...] = ()
    permissions: tuple[str, ...] = ()
    absent: str = "this source was not part of the scan"

    @property
    def about(self) -> Kind:
        """The kind of subject it is asked about."""
        return self.provides[0].about
