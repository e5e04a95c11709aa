"""The service map: repositories, what ties them together, what they share, and what could not be tied."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.core.outcomes import Certainty
from scanner.core.subjects import Subject


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """Where a name stands in a repository; ``line`` is 0 when unknown."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Dependence:
    """``source`` asks for ``name``, which ``target`` alone of the estate offers; with the first place on either side.

    ``kind`` is that of the link (package, image, repository, service, host …). ``certainty`` is high for a full name that
    means one thing everywhere, medium for a name that could be another's, low for the name of a variable.
    """

    source: Subject
    target: Subject
    kind: str
    name: str
    certainty: Certainty
    asked_at: Sighting
    offered_at: Sighting


@dataclass(frozen=True, slots=True)
class Resource:
    """Something outside the repositories that they use: a ``store``, a ``channel`` or a ``host``.

    ``detail`` says what it is as far as that is told (``database:postgresql``). ``owners`` declare it; ``users`` name it, each
    with the first place.
    """

    kind: str
    name: str
    detail: str
    owners: tuple[Subject, ...]
    users: tuple[tuple[Subject, Sighting], ...]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A name that ``source`` asks for and several others offer: named here, and not joined."""

    source: Subject
    kind: str
    name: str
    candidates: tuple[Subject, ...]


@dataclass(frozen=True, slots=True, order=True)
class Unmet:
    """A name that ``source`` asks for and no repository of the estate offers."""

    source: Subject
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class ServiceMap:
    """The joined surfaces of an estate. All parts are sorted.

    ``services`` are the repositories that run something. ``unresolved`` counts, by kind, the distinct names that no
    repository of the estate offers, once for each that asks; packages, images and hosts of others are among them. ``unmet`` are
    those names, packages left out.
    """

    repositories: tuple[Subject, ...]
    services: tuple[Subject, ...]
    edges: tuple[Dependence, ...]
    resources: tuple[Resource, ...]
    ambiguous: tuple[Ambiguity, ...]
    unresolved: tuple[tuple[str, int], ...]
    unmet: tuple[Unmet, ...] = ()

    def pairs(self, *kinds: str) -> tuple[tuple[Subject, Subject], ...]:
        """Distinct (source, target) of edges of ``kinds`` (all when none is given) that are not of low certainty."""
        chosen = {
            (e.source, e.target)
            for e in self.edges
            if e.certainty is not Certainty.LOW and e.kind in (kinds or (e.kind,))
        }
        return tuple(sorted(chosen))
