"""Collects every manifest and lock file of the tree and the packages that they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from collectors.blobs import candidates, contents
from collectors.dependencies import dotnet, go, java, javascript, php, python, ruby, rust
from collectors.dependencies.ecosystem import LOCK_BYTES, Ecosystem, folder_of, joined
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.dependencies import Dependencies, Dependency, Manifest
from scanner.facts.tree import Tree
from scanner.repository import Repository

ECOSYSTEMS: tuple[Ecosystem, ...] = tuple(m.ECOSYSTEM for m in (python, javascript, go, rust, java, dotnet, ruby, php))
MAX_DEPENDENCIES = 60_000


def ecosystem_of(path: str) -> Ecosystem | None:
    """The ecosystem whose file ``path`` is, None when it is none's."""
    return next((e for e in ECOSYSTEMS if e.kind_of(path)), None)


def claims(path: str) -> bool:
    """Whether ``path`` is a manifest or a lock file."""
    return ecosystem_of(path) is not None


def read(files: Mapping[str, bytes | Unknown], included: Mapping[str, bytes] | None = None) -> Dependencies:
    """The fact, from the bytes (or the reason for their absence) of every manifest and lock file by path.

    ``included`` are further files that requirements files point to.
    """
    readable = {p: c for p, c in files.items() if isinstance(c, bytes)} | dict(included or {})
    manifests: list[Manifest] = []
    every: list[Dependency] = []
    for ecosystem in ECOSYSTEMS:
        named: list[Dependency] = []
        locks: dict[str, list[Dependency]] = {}
        for path in sorted(files):
            kind = ecosystem.kind_of(path)
            if kind is None:
                continue
            entries, problem = _entries(ecosystem, path, files[path], readable)
            if kind == "lock" and not problem:
                locks.setdefault(folder_of(path), []).extend(entries)
            elif kind == "manifest":
                named += entries
            manifests.append(Manifest(path, ecosystem.name, kind, problem))
        every += joined(named, locks)
    ordered = sorted(
        set(every), key=lambda d: (d.ecosystem, d.path, d.name, d.version, d.line, d.scope, d.requirement, d.direct)
    )
    return Dependencies(tuple(sorted(manifests, key=lambda m: m.path)), tuple(ordered[:MAX_DEPENDENCIES]))


def _entries(
    ecosystem: Ecosystem, path: str, content: bytes | Unknown, files: Mapping[str, bytes]
) -> tuple[list[Dependency], str]:
    """What one file names, and why it could not be read (empty when it could)."""
    if isinstance(content, Unknown):
        return [], content.detail
    try:
        return ecosystem.parse(path, content, files), ""
    except ValueError as error:
        return [], str(error)


def _with_includes(ask: Ask[Repository], files: dict[str, bytes | Unknown]) -> dict[str, bytes]:
    """Files that requirements files include under a name which is no manifest's, up to three levels deep."""
    by_path = {e.path: e for e in ask.fact(Tree).entries if e.kind in ("file", "executable")}
    known = {p: c for p, c in files.items() if isinstance(c, bytes)}
    fresh = known
    extra: dict[str, bytes] = {}
    for _ in range(3):
        targets = {t for p, c in fresh.items() if p.endswith((".txt", ".in", ".pip")) for t in python.includes(p, c)}
        wanted = [by_path[t] for t in sorted(targets) if t in by_path and t not in known and t not in extra]
        fresh = {e.path: c for e, c in contents(ask.source, wanted) if isinstance(c, bytes)}
        extra |= fresh
    return extra


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """All dependencies; those of tests, examples and documentation count as development. Vendored folders are left out."""
    entries = candidates(ask.fact(Tree), claims)
    files = {entry.path: content for entry, content in contents(ask.source, entries, LOCK_BYTES)}
    fact = read(files, _with_includes(ask, files))
    apart = {e.path for e in entries if e.role in ("test", "example", "documentation")}
    fact = Dependencies(
        fact.manifests, tuple(replace(d, scope="development") if d.path in apart else d for d in fact.dependencies)
    )
    broken = sum(bool(m.problem) for m in fact.manifests)
    caveat = f"{broken} of {len(fact.manifests)} manifests could not be read" if broken else ""
    if len(fact.dependencies) == MAX_DEPENDENCIES:
        caveat = f"{caveat}; cut at {MAX_DEPENDENCIES} dependencies".removeprefix("; ")
    yield found(fact, f"{len(files)} manifests and lock files", commit=ask.source.head, caveat=caveat)


COLLECTOR = Collector("dependencies", "2", Repository, (Dependencies,), collect, needs=(Tree,))
