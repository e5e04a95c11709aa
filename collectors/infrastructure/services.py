"""Collects what a repository offers to others and asks of them: the ends of the service map."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from functools import partial

from collectors.blobs import candidates
from collectors.services import reading
from collectors.services.build_files import OWN_NAME
from collectors.services.mention import Mention, Mentions, need
from collectors.services.published import package
from collectors.tree.roles import role_of
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.core.text import clean
from scanner.facts.dependencies import Dependencies, Dependency
from scanner.facts.services import Link, ServiceSurface
from scanner.facts.tree import Tree, TreeEntry
from scanner.repository import Repository

MAX_LINKS = 20_000
"""Most names kept of one repository, each way (ours: a bound against hostile trees)."""
_ASIDE = ("test", "example", "documentation", "vendored", "generated")


def surface(
    read: Sequence[tuple[str, Mentions | Unknown]], protos: Sequence[str], dependencies: Dependencies, own_name: str
) -> ServiceSurface:
    """The fact, from what each file (by path) mentions, the paths of protobuf files, and the packages used."""
    offers = [Link("proto", path, "file", path, 1) for path in protos]
    needs = [link for d in dependencies.dependencies if (link := _used(d)) is not None]
    for path, mentions in read:
        for mention in mentions.items if isinstance(mentions, Mentions) else ():
            if (link := _placed(mention, path, own_name)) is not None:
                (offers if mention.side == "offer" else needs).append(link)
    unparsed = [(p, m.detail if isinstance(m, Unknown) else m.problem) for p, m in read]
    return ServiceSurface(_ordered(offers), _ordered(needs), len(read), tuple((p, why) for p, why in unparsed if why))


def _used(dependency: Dependency) -> Link | None:
    """A package that the product uses directly."""
    if not dependency.direct or dependency.scope == "development" or not dependency.name:
        return None
    name = clean(package(dependency.ecosystem, dependency.name), 200)
    return Link("package", name, dependency.scope, dependency.path, dependency.line)


def _placed(mention: Mention, path: str, own_name: str) -> Link | None:
    """The mention at its path; a folder becomes the checkout beside this one that it lies in, or nothing."""
    if mention.kind == "folder":
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(path), mention.name))
        beside = inside.removeprefix("../").partition("/")[0]
        if not inside.startswith("../") or beside in ("..", ""):
            return None
        mention = need("repository", beside.lower(), mention.line, mention.detail)
    name = mention.name.replace(OWN_NAME, own_name.lower())
    assert mention.kind != "folder"
    return Link(mention.kind, name, mention.detail, path, mention.line)


def _ordered(links: list[Link]) -> tuple[Link, ...]:
    return tuple(sorted(set(links), key=lambda i: (i.kind, i.name, i.path, i.line, i.detail))[:MAX_LINKS])


def _read(source: Repository, entries: Sequence[TreeEntry]) -> list[tuple[str, Mentions | Unknown]]:
    """What every claimed file mentions, ordered by path; each reader's answers are kept by blob."""
    by_reader: dict[str, list[TreeEntry]] = {}
    for entry in entries:
        by_reader.setdefault(reading.reader_of(entry.path), []).append(entry)
    out: list[tuple[str, Mentions | Unknown]] = []
    for name, chosen in sorted(by_reader.items()):
        parse = partial(_mentions, reading.READERS[name])
        answers = source.per_blob(f"services-{name}", COLLECTOR.version, chosen, parse, Mentions)
        out += [(entry.path, answer) for entry, answer in answers]
    return sorted(out, key=lambda pair: pair[0])


def _mentions(reader: reading.Reader, entry: TreeEntry, content: bytes) -> Mentions:
    return reading.read(reader, entry.path, content)


def _is_aside(entry: TreeEntry) -> bool:
    """Whether the entry, or code that stood beside it, is of tests, examples or documents: names such as package.json hide it."""
    return entry.role in _ASIDE or role_of(posixpath.join(posixpath.dirname(entry.path), "code.py")) in _ASIDE


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """The surface; tests, examples and documentation are left out, a file that cannot be read is named with its reason."""
    tree = ask.fact(Tree)
    entries = [e for e in candidates(tree, lambda p: bool(reading.reader_of(p))) if not _is_aside(e)]
    protos = [e.path for e in entries if e.path.lower().endswith(".proto")]
    fact = surface(_read(ask.source, entries), protos, ask.fact(Dependencies), ask.subject.name)
    caveat = f"{len(fact.unparsed)} of {fact.files} files could not be read" if fact.unparsed else ""
    if MAX_LINKS in (len(fact.offers), len(fact.needs)):
        caveat = f"{caveat}; cut at {MAX_LINKS} names".removeprefix("; ")
    yield found(fact, f"{len(entries)} files of the tree", commit=ask.source.head, caveat=caveat)


COLLECTOR = Collector("services", "1", Repository, (ServiceSurface,), collect, needs=(Tree, Dependencies))
