"""The unit of work: one repository, read in a process of its own."""

from __future__ import annotations

import hashlib
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from scanner.advisories.source import Advisories
from scanner.cache import SqliteCache
from scanner.core.collecting import Collector
from scanner.core.evidence import Evidence, Unknown, Unreadable, Why
from scanner.core.subjects import Kind
from scanner.facts.engagement import Moment
from scanner.git import mirror, view
from scanner.pipeline.code import code_digest
from scanner.pipeline.forges import KINDS, ForgeSettings, holes_beside, open_forge, repository_handle
from scanner.pipeline.gather import collectors_for, gather
from scanner.pipeline.targets import Planned
from scanner.pseudonyms import Pseudonyms
from scanner.repository import Repository, open_repository

MEMORY_BYTES = 8 * 1024**3
"""Address space of a worker and of each tool it starts."""

_PASSING = frozenset({Why.CORRUPT, Why.CRASHED, Why.TIMED_OUT, Why.UNREACHABLE, Why.RATE_LIMITED, Why.FORBIDDEN})
"""Reasons of holes that may be gone when the same commits are read again."""

AdvisorySource = Callable[[], Advisories | None]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What holds for every repository of a scan.

    ``forges`` are those that may be asked, by key; ``settings_key`` names what else the evidence depends on.
    """

    as_of: datetime
    pseudonyms: Pseudonyms = field(repr=False)
    cache: Path
    forges: Mapping[str, ForgeSettings] = field(repr=False)
    advisories: AdvisorySource
    settings_key: str
    clone_seconds: float = 3600.0


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a repository. With ``reused`` the git part was left as an earlier scan stored it under ``input_key``.

    With ``resumed`` everything was left as an interrupted run of the same scan stored it. ``problem`` is set when
    the repository itself could not be read.
    """

    evidence: tuple[Evidence, ...]
    input_key: str
    reused: bool
    problem: Unknown | None
    seconds: float
    blobs_analysed: int = 0
    resumed: bool = False


def limit_memory() -> None:
    """Hold this process and its children to `MEMORY_BYTES` of address space."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def read_repository(
    planned: Planned, conditions: Conditions, known_keys: frozenset[str], phase: Callable[[str], None]
) -> Read:
    """Everything all collectors can say of one repository. Never raises for what the repository holds."""
    started = time.monotonic()
    sources: dict[type[object], object] = {}
    holes: dict[type[object], Unknown] = {}
    with tempfile.TemporaryDirectory(prefix="assay-scratch-") as scratch, ExitStack() as opened_here:
        phase("open")
        key = ""
        try:
            repository = _open(planned, conditions, Path(scratch), opened_here)
            sources[Repository] = repository
            key = _input_key(repository, conditions)
        except Unreadable as error:
            holes[Repository] = error.hole
        except OSError as error:
            holes[Repository] = Unknown(Why.CORRUPT, f"the repository cannot be read: {error.strerror}")
        if key and key == planned.stored_key:
            return Read((), key, reused=True, problem=None, seconds=time.monotonic() - started, resumed=True)
        reused = bool(key) and key in known_keys
        if reused and not planned.forge:
            return Read((), key, reused=True, problem=None, seconds=time.monotonic() - started)
        if not reused:
            _add_advisories(conditions, sources, holes, opened_here)
        _add_forge(planned, conditions, sources, holes, opened_here)
        asked = [c for c in collectors_for(Kind.REPO) if not (reused and c.source in (Repository, Advisories))]
        evidence = gather(planned.subject, asked, sources, Moment(conditions.as_of), holes, phase)
    opened = sources.get(Repository)
    blobs = opened.blobs_analysed if isinstance(opened, Repository) else 0
    if not reused and _may_change(asked, evidence, opened):
        key = ""
    return Read(tuple(evidence), key, reused, holes.get(Repository), time.monotonic() - started, blobs)


def _may_change(asked: Iterable[Collector[Any]], evidence: Iterable[Evidence], opened: object) -> bool:
    """Whether the same commits could tell more next time: then a later scan reads them again."""
    local = {c.name for c in asked if c.source in (Repository, Advisories)}
    holes = (e.content for e in evidence if e.collector in local and isinstance(e.content, Unknown))
    return (isinstance(opened, Repository) and opened.damaged) or any(hole.why in _PASSING for hole in holes)


def _open(planned: Planned, conditions: Conditions, scratch: Path, opened_here: ExitStack) -> Repository:
    if planned.problem is not None:
        raise Unreadable(planned.problem.why, planned.problem.detail, planned.problem.closes)
    git_dir = planned.git_dir or _mirrored(planned, conditions)
    git = view(git_dir, scratch)
    cache = opened_here.enter_context(closing(SqliteCache(conditions.cache / "blobs.db")))
    return open_repository(planned.subject.name, git, conditions.as_of, conditions.pseudonyms, cache)


def _mirrored(planned: Planned, conditions: Conditions) -> Path:
    folder = conditions.cache / "mirrors" / hashlib.sha256(planned.url.encode()).hexdigest()[:32]
    header = None
    settings = conditions.forges.get(planned.forge)
    if settings is not None:
        with closing(open_forge(settings)) as forge:
            opener = forge.clone_header()
        if opener is not None and planned.url.startswith(opener[0]):
            header = opener[1].reveal()
    return mirror(planned.url, folder, header, conditions.clone_seconds)


def _add_forge(
    planned: Planned,
    conditions: Conditions,
    sources: dict[type[object], object],
    holes: dict[type[object], Unknown],
    opened_here: ExitStack,
) -> None:
    settings = conditions.forges.get(planned.forge)
    if planned.listed is None or settings is None:
        return
    forge = opened_here.enter_context(closing(open_forge(settings)))
    handle = repository_handle(forge, planned.listed.full_name, conditions.pseudonyms)
    sources[KINDS[planned.forge].source] = handle
    holes.update(holes_beside(planned.forge))


def _add_advisories(
    conditions: Conditions,
    sources: dict[type[object], object],
    holes: dict[type[object], Unknown],
    opened_here: ExitStack,
) -> None:
    try:
        advisories = conditions.advisories()
    except Unreadable as error:
        holes[Advisories] = error.hole
        return
    if advisories is not None:
        sources[Advisories] = opened_here.enter_context(closing(advisories))


def collecting_code() -> str:
    """Names the code that makes evidence. It is hashed, not imported: a rescan that reuses everything needs none of it."""
    return code_digest("collectors", "scanner.advisories", "scanner.facts")


def _input_key(repository: Repository, conditions: Conditions) -> str:
    """Names everything that the git part of the evidence is a function of."""
    parts = {
        "head": repository.head,
        "refs": hashlib.sha256((repository.git_dir / "packed-refs").read_bytes()).hexdigest(),
        "head_file": (repository.git_dir / "HEAD").read_text("utf-8"),
        "boundary": boundary.read_text("ascii") if (boundary := repository.git_dir / "shallow").is_file() else "",
        "as_of": conditions.as_of.isoformat(),
        "people": conditions.pseudonyms.of("key"),
        "settings": conditions.settings_key,
        "code": collecting_code(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
