"""The service map as reports show it: services by repository, what asks for what, and names that nothing here offers. Bounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scanner.core.outcomes import Certainty
from scanner.core.subjects import Subject

TieKind = Literal["call", "queue", "database", "package", "image", "proto", "other"]
"""How one asks for another: over the network, by a topic or queue, by a data store, by a package, by a container image, by a
protobuf file, or otherwise (a chart, a Terraform state, a checkout beside this one)."""
TIE_KINDS: tuple[TieKind, ...] = ("call", "queue", "database", "package", "image", "proto", "other")


@dataclass(frozen=True, slots=True)
class ServiceNode:
    """Something that runs, by the name that its repository gives it; ``line`` is 0 when unknown. ``detail`` is what declares it."""

    name: str
    form: Literal["service", "database", "queue", "host"]
    detail: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class RepositoryServices:
    """The services of a repository, by name, those with ties kept first; ``total`` counts all of them."""

    subject: Subject
    services: tuple[ServiceNode, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Outside:
    """A name that repositories here ask for and none offers, or (``several``) more than one: it is not known which is meant."""

    name: str
    kind: TieKind
    detail: str
    several: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """``asker`` of ``source`` asks for ``name``, at ``path`` and ``line``; an empty ``asker`` is the repository as a whole.

    ``asked`` is a service of ``target``, or empty for the repository as a whole; without a ``target`` it is the name of an `Outside`.
    """

    source: Subject
    asker: str
    target: Subject | None
    asked: str
    kind: TieKind
    name: str
    certainty: Certainty
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class ServiceDrawing:
    """All repositories whose files were read, by name; ``ties_total`` counts those left out as well.

    ``unresolved`` counts, by kind of name, what no repository here offers (base images and packages of others are among them, and
    nowhere else). ``unread`` are repositories that could not be read; ``unparsed`` of ``files`` files could not.
    """

    repositories: tuple[RepositoryServices, ...]
    outside: tuple[Outside, ...]
    outside_total: int
    ties: tuple[Tie, ...]
    ties_total: int
    unresolved: tuple[tuple[str, int], ...]
    unread: tuple[Subject, ...]
    files: int
    unparsed: int
