"""The service map of the estate down to single services: whose block of a file a name stands in is who asks for it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from analyzers.service_map import service_map, unreadable
from scanner.core.evidence import Across, Unknown, commonest
from scanner.core.outcomes import Certainty
from scanner.core.service_drawing import Outside, RepositoryServices, ServiceDrawing, ServiceNode, Tie, TieKind
from scanner.core.service_map import Ambiguity, Dependence, ServiceMap
from scanner.core.subjects import Subject
from scanner.facts.services import Link, LinkKind, ServiceSurface
from scanner.pipeline.drawings.folders import shown

SERVICES = 60
"""Most services of one repository."""
TIES = 600
OUTSIDE = 100
_KINDS: Mapping[str, TieKind] = {
    "host": "call", "service": "call", "local-service": "call", "variable": "call", "api": "call", "channel": "queue",
    "store": "database", "package": "package", "image": "image", "proto": "proto",
}  # fmt: skip
_RUNNING: tuple[LinkKind, ...] = ("local-service", "workload", "service", "store", "channel", "host")
_BLOCKS: tuple[LinkKind, ...] = ("local-service", "workload", "service")
BASE_IMAGE = "base image"
"""How the detail of an image begins that a container file builds upon."""


@dataclass(frozen=True, slots=True)
class _Places:
    """The services of one repository by name, and in which lines of which file each begins."""

    nodes: Mapping[str, ServiceNode]
    blocks: Mapping[str, list[tuple[int, str]]]

    def at(self, path: str, line: int) -> str:
        """The service in whose block of the file the line stands; empty outside any."""
        begun = self.blocks.get(path, [])
        before = bisect_right(begun, line, key=lambda block: block[0])
        return begun[before - 1][1] if before else ""


def service_drawing(surfaces: Across[ServiceSurface]) -> ServiceDrawing | Unknown:
    """What asks for what in the whole estate; a hole when no repository, or less than half of the files, could be read."""
    if not surfaces.known:
        return commonest(surfaces.unknown)
    if hole := unreadable(surfaces):
        return hole
    drawn = service_map(surfaces.known)
    places = {subject: _places(surface) for subject, surface in surfaces}
    outside = _outside(surfaces, drawn)
    ties = sorted(_ties(surfaces, drawn, places, outside), key=_order)
    kept = ties[:TIES]
    named = {(tie.kind, tie.asked) for tie in kept if tie.target is None}
    seen = {(o.kind, o.name): o for _, o in sorted(outside.items(), reverse=True) if (o.kind, o.name) in named}
    return ServiceDrawing(
        repositories=tuple(_repository(subject, places[subject], kept) for subject in sorted(places)),
        outside=tuple(seen[key] for key in sorted(seen)[:OUTSIDE]),
        outside_total=len({(tie.kind, tie.asked) for tie in ties if tie.target is None}),
        ties=tuple(kept),
        ties_total=len(ties),
        unresolved=drawn.unresolved,
        unread=tuple(sorted(surfaces.unknown)),
        files=sum(s.files for _, s in surfaces),
        unparsed=sum(len(s.unparsed) for _, s in surfaces),
    )


def _order(tie: Tie) -> tuple[bool, bool, str, str, str, str, str, str]:
    """Ties between repositories first, names that nothing offers last."""
    target = tie.target.name if tie.target else ""
    inside = tie.target == tie.source
    return (tie.target is None, inside, tie.source.name, tie.asker, target, tie.asked, tie.kind, tie.name)


def _places(surface: ServiceSurface) -> _Places:
    nodes: dict[str, ServiceNode] = {}
    blocks: dict[str, dict[int, str]] = defaultdict(dict)
    for link in sorted(
        surface.offers, key=lambda o: (_RUNNING.index(o.kind) if o.kind in _RUNNING else 9, o.path, o.line)
    ):
        if link.kind not in _RUNNING:
            continue
        name = _own_name(link.kind, link.name)
        if link.kind in _BLOCKS:
            blocks[link.path].setdefault(link.line, name)
        known = nodes.get(name)
        if known is None or (link.kind == "store" and known.form == "service"):
            nodes[name] = ServiceNode(name, _form(link), link.detail, shown(link.path), link.line)
    return _Places(nodes, {path: sorted(begun.items()) for path, begun in blocks.items()})


def _own_name(kind: str, name: str) -> str:
    """The name within its repository: the first part of a cluster or network name, the host of a database, else the whole."""
    host = name.partition("/")[0] if kind == "store" else name
    cluster = host.endswith((".svc", ".network")) or (kind == "store" and ":" not in host)
    return host.partition(".")[0] if cluster else host


def _form(link: Link) -> Literal["service", "database", "queue", "host"]:
    if link.kind == "channel" or link.detail.startswith("queue"):
        return "queue"
    return "database" if link.kind == "store" else "host" if link.kind == "host" else "service"


def _outside(surfaces: Across[ServiceSurface], drawn: ServiceMap) -> dict[tuple[Subject, str, str], Outside]:
    """By (who asks, kind, name) what nothing here offers, and what several offer; base images and packages are only counted."""
    unmet = {(u.source, u.kind, u.name) for u in drawn.unmet}
    found: dict[tuple[Subject, str, str], Outside] = {}
    for subject, surface in surfaces:
        for link in surface.needs:
            key = subject, link.kind, link.name
            if key in unmet and not _is_base(link):
                told = "a setting that holds no address" if link.kind == "variable" else ""
                found[key] = Outside(link.name, _tie_kind(link), link.detail if link.kind == "store" else told)
    for doubt in drawn.ambiguous:
        found[doubt.source, doubt.kind, doubt.name] = _doubtful(doubt)
    return found


def _is_base(link: Link) -> bool:
    return link.kind == "image" and link.detail.startswith(BASE_IMAGE)


def _doubtful(doubt: Ambiguity) -> Outside:
    return Outside(doubt.name, _KINDS.get(doubt.kind, "other"), "", doubt.candidates)


def _of_form(form: str) -> TieKind | None:
    """The kind of tie that what is asked for decides; None when the name that asks does."""
    match form:
        case "database" | "queue":
            return form
        case _:
            return None


def _tie_kind(link: Link) -> TieKind:
    if link.kind == "store" and link.detail.startswith("queue"):
        return "queue"
    return _KINDS.get(link.kind, "other")


def _ties(
    surfaces: Across[ServiceSurface],
    drawn: ServiceMap,
    places: Mapping[Subject, _Places],
    outside: Mapping[tuple[Subject, str, str], Outside],
) -> Iterator[Tie]:
    joined = {(e.source, e.kind, e.name): e for e in drawn.edges}
    for subject, surface in surfaces:
        seen = set()
        for link in sorted(surface.needs, key=lambda n: (n.path, n.line, n.kind, n.name)):
            tie = _tie(subject, link, joined.get((subject, link.kind, link.name)), places, outside)
            key = (tie.asker, tie.target, tie.asked, tie.kind) if tie else None
            if tie and key not in seen:
                seen.add(key)
                yield tie


def _tie(
    subject: Subject,
    link: Link,
    edge: Dependence | None,
    places: Mapping[Subject, _Places],
    outside: Mapping[tuple[Subject, str, str], Outside],
) -> Tie | None:
    """What one name comes to; None when it is the repository's own affair and names no service of it."""
    own = places[subject]
    asker = own.at(link.path, link.line)
    where = shown(link.path), link.line
    if edge is not None:
        asked = _asked(edge, places[edge.target])
        return Tie(subject, asker, edge.target, asked, _tie_kind(link), link.name, edge.certainty, *where)
    near = _own_name(link.kind, link.name)
    elsewhere = outside.get((subject, link.kind, link.name))
    if near in own.nodes and link.kind in _RUNNING and (elsewhere is None or "." not in link.name):
        form = own.nodes[near].form
        kind = _of_form(form) or _tie_kind(link)
        return None if near == asker else Tie(subject, asker, subject, near, kind, link.name, Certainty.HIGH, *where)
    if elsewhere is None or _is_base(link):
        return None
    return Tie(subject, asker, None, elsewhere.name, elsewhere.kind, link.name, Certainty.HIGH, *where)


def _asked(edge: Dependence, places: _Places) -> str:
    """The service of the target that is meant: by its name, or by the block in which it is offered."""
    near = _own_name(edge.kind, edge.name) if edge.kind in _RUNNING else ""
    if near in places.nodes:
        return near
    return places.at(edge.offered_at.path, edge.offered_at.line) if edge.kind == "image" else ""


def _repository(subject: Subject, places: _Places, ties: list[Tie]) -> RepositoryServices:
    tied = Counter(t.asker for t in ties if t.source == subject) + Counter(t.asked for t in ties if t.target == subject)
    kept = sorted(places.nodes, key=lambda name: (tied[name] == 0, name))[:SERVICES]
    return RepositoryServices(subject, tuple(places.nodes[name] for name in sorted(kept)), len(places.nodes))
