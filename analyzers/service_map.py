"""The service map of an estate: a pure join of what its repositories offer and ask for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from scanner.core.evidence import Across, Unknown, Why
from scanner.core.outcomes import Certainty
from scanner.core.service_map import Ambiguity, Dependence, Resource, ServiceMap, Sighting, Unmet
from scanner.core.subjects import Subject
from scanner.facts.services import Link, LinkKind, ServiceSurface

_JOINED: tuple[LinkKind, ...] = (
    "package", "image", "repository", "chart", "proto", "state", "host", "service", "store", "channel", "variable",
)  # fmt: skip
_SHARED: tuple[LinkKind, ...] = ("store", "channel", "host")
_MEDIUM = ("chart", "channel")


class _Match(NamedTuple):
    """A repository that offers a name, where, and how sure it is that this name is meant."""

    subject: Subject
    link: Link
    certainty: Certainty


_Offers = Mapping[tuple[str, str], list[tuple[Subject, Link]]]


def service_map(surfaces: Mapping[Subject, ServiceSurface]) -> ServiceMap:
    """Names asked for in one repository and offered by exactly one other are joined.

    What a repository offers itself is its own affair. A name that several others offer is named and not joined; one that
    nobody offers is counted, and is a resource when it is a store, a channel or a host that others could mean too.
    """
    offers = _offered(surfaces)
    edges: list[Dependence] = []
    ambiguous: list[Ambiguity] = []
    unresolved: Counter[str] = Counter()
    unmet: list[Unmet] = []
    for subject in sorted(surfaces):
        for link in _asked(surfaces[subject].needs):
            matches = list(_matches(subject, link, offers))
            others = sorted({m.subject for m in matches})
            if subject in others:
                continue
            if not others:
                unresolved[link.kind] += 1
                unmet += [Unmet(subject, link.kind, link.name)] if link.kind != "package" else []
            elif len(others) > 1:
                ambiguous.append(Ambiguity(subject, link.kind, link.name, tuple(others)))
            else:
                edges.append(_dependence(subject, link, min(matches, key=lambda m: (m.link.path, m.link.line))))
    return ServiceMap(
        tuple(sorted(surfaces)),
        tuple(sorted(s for s, surface in surfaces.items() if surface.serves)),
        tuple(sorted(edges, key=lambda e: (e.source, e.target, e.kind, e.name))),
        _resources(surfaces, offers),
        tuple(ambiguous),
        tuple(sorted(unresolved.items())),
        tuple(sorted(unmet)),
    )


def unreadable(surfaces: Across[ServiceSurface]) -> Unknown | None:
    """Why nothing can be said: more than half of the files that name services could not be read. None when it can."""
    files = sum(s.files for _, s in surfaces)
    unread = sum(len(s.unparsed) for _, s in surfaces)
    if 2 * unread <= files:
        return None
    return Unknown(
        Why.UNPARSABLE, f"{unread} of {files} files that name services could not be read", "files that parse"
    )


def _offered(surfaces: Mapping[Subject, ServiceSurface]) -> _Offers:
    """Who offers each (kind, name); a repository offers itself, by its full name and its last part."""
    index: dict[tuple[str, str], list[tuple[Subject, Link]]] = defaultdict(list)
    for subject in sorted(surfaces):
        for link in surfaces[subject].offers:
            for key in _keys(link):
                index[link.kind, key].append((subject, link))
        whole = subject.name.lower()
        for name in sorted({whole, whole.rpartition("/")[2]}):
            index["repository", name].append((subject, Link("repository", name, "", "", 0)))
    return index


def _keys(link: Link) -> Iterator[str]:
    """The names under which an offer is found: for a protobuf file every ending of its path, for a service its bare name too."""
    yield link.name
    if link.kind == "proto":
        parts = link.name.split("/")
        yield from ("/".join(parts[i:]) for i in range(1, min(len(parts), 20)))
    elif link.kind == "service" and link.name.endswith(".svc"):
        yield f"*{link.name.partition('.')[0]}"


def _asked(needs: Iterable[Link]) -> Iterator[Link]:
    """The first mention of each joined name."""
    seen = set()
    for link in sorted(needs, key=lambda i: (i.kind, i.name, i.path, i.line)):
        if link.kind in _JOINED and (link.kind, link.name) not in seen:
            seen.add((link.kind, link.name))
            yield link


def _matches(asker: Subject, link: Link, offers: _Offers) -> Iterator[_Match]:
    """Every repository that offers what is asked for, the asker included."""
    exact = offers.get((link.kind, link.name), [])
    match link.kind:
        case "repository":
            yield from _repositories(link.name, offers)
        case "variable":
            stems = {
                link.name,
                link.name.removesuffix("-service"),
                link.name.removesuffix("-api"),
                f"{link.name}-service",
            }
            for stem in sorted(stems):
                yield from (_Match(s, o, Certainty.LOW) for s, o in offers.get(("repository", stem), []))
        case "service":
            yield from _services(link.name, offers)
        case "host":
            yield from (_Match(s, o, Certainty.MEDIUM if "OpenAPI" in o.detail else Certainty.HIGH) for s, o in exact)
            if link.name.count(".") == 1:
                # Within a cluster ``orders.shop`` is the service orders of the namespace shop.
                yield from (_Match(s, o, Certainty.MEDIUM) for s, o in offers.get(("service", f"{link.name}.svc"), []))
        case "store":
            if shareable(link.name):
                yield from (_Match(s, o, Certainty.HIGH) for s, o in exact)
                yield from _services(link.name.partition("/")[0], offers)
            else:
                yield from (_Match(s, o, Certainty.HIGH) for s, o in exact if s == asker)
        case "image":
            certainty = Certainty.HIGH if "/" in link.name else Certainty.MEDIUM
            yield from (_Match(s, o, certainty) for s, o in exact) if exact else _namesakes(link.name, offers)
        case _:
            certainty = Certainty.MEDIUM if link.kind in _MEDIUM else Certainty.HIGH
            yield from (_Match(s, o, certainty) for s, o in exact)


def _namesakes(image: str, offers: _Offers) -> Iterator[_Match]:
    """Repositories that an image nobody publishes is named after: ``…/owner/name`` as registries of forges spell it, or its name."""
    parts = image.split("/")
    for key, certainty in (("/".join(parts[-2:]), Certainty.MEDIUM), (parts[-1], Certainty.LOW)):
        if len(parts) > 1 and (found := offers.get(("repository", key))):
            yield from (_Match(s, o, certainty) for s, o in found)
            return


def _repositories(name: str, offers: _Offers) -> Iterator[_Match]:
    """By full name; by the last part where either side knows no more (a checkout beside this one, a local scan)."""
    if whole := [(s, o) for s, o in offers.get(("repository", name), []) if s.name.lower() == name]:
        yield from (_Match(s, o, Certainty.HIGH) for s, o in whole)
        return
    for subject, link in offers.get(("repository", name.rpartition("/")[2]), []):
        if "/" not in name or "/" not in subject.name:
            yield _Match(subject, link, Certainty.MEDIUM)


def _services(name: str, offers: _Offers) -> Iterator[_Match]:
    """By full name; where one side tells no namespace, by the service's name."""
    if exact := offers.get(("service", name), []):
        yield from (_Match(s, o, Certainty.HIGH if name.count(".") > 1 else Certainty.MEDIUM) for s, o in exact)
        return
    labels = name.split(".")
    if labels[-1] != "svc" or len(labels) > 3:
        return
    for subject, link in offers.get(("service", f"*{labels[0]}"), []):
        if len(labels) == 2 or link.name.count(".") == 1:
            yield _Match(subject, link, Certainty.MEDIUM)


def _dependence(source: Subject, link: Link, match: _Match) -> Dependence:
    asked, offered = Sighting(link.path, link.line), Sighting(match.link.path, match.link.line)
    return Dependence(source, match.subject, link.kind, link.name, match.certainty, asked, offered)


def shareable(name: str) -> bool:
    """Whether a store's name means the same thing in every repository: a full host name, or a declared resource."""
    host = name.partition("/")[0]
    return ":" in host or ("." in host and not (host.endswith(".svc") and host.count(".") == 1))


def _resources(surfaces: Mapping[Subject, ServiceSurface], offers: _Offers) -> tuple[Resource, ...]:
    users: dict[tuple[LinkKind, str], dict[Subject, Link]] = defaultdict(dict)
    for subject, surface in surfaces.items():
        for link in sorted(surface.needs, key=lambda i: (i.path, i.line)):
            if link.kind in _SHARED and (link.kind != "store" or shareable(link.name)):
                users[link.kind, link.name].setdefault(subject, link)
    out = []
    for (kind, _), links in sorted(users.items()):
        first = links[min(links)]
        owners = {m.subject for s in links for m in _matches(s, links[s], offers)}
        if kind == "host" and owners:
            continue
        # Several that declare one name each have their own, in clusters or accounts apart.
        told = [s for s in sorted(links) if len(owners) < 2 or s not in owners]
        listed = tuple((s, Sighting(links[s].path, links[s].line)) for s in told)
        details = sorted((links[s].detail for s in links), key=lambda d: (-d.count(":"), d))
        detail = details[0] if kind == "store" else ""
        if listed:
            out.append(Resource(kind, first.name, detail, tuple(sorted(owners)), listed))
    return tuple(out)
