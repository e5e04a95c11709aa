"""The unit of work: one repository, read in a process of its own."""

from __future__ import annotations

import hashlib
import json
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from scanner.advisories.source import Advisories
from scanner.cache import SqliteCache
from scanner.core.evidence import Evidence, Unknown, Unreadable, Why
from scanner.core.subjects import Kind
from scanner.facts.engagement import Moment
from scanner.git import mirror, view
from scanner.http.github.client import Github, GithubSettings
from scanner.http.github.sources import GithubRepositorySource
from scanner.pipeline.gather import collectors_for, gather
from scanner.pipeline.targets import Planned
from scanner.pseudonyms import Pseudonyms
from scanner.repository import Repository, open_repository

MEMORY_BYTES = 8 * 1024**3
"""Address space of a worker and of each tool it starts."""

AdvisorySource = Callable[[], Advisories | None]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What holds for every repository of a scan. ``settings_key`` names what else the evidence depends on."""

    as_of: datetime
    pseudonyms: Pseudonyms = field(repr=False)
    cache: Path
    github: GithubSettings | None
    advisories: AdvisorySource
    settings_key: str
    clone_seconds: float = 3600.0


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a repository. With ``reused`` the git part was left as an earlier scan stored it under ``input_key``.

    ``problem`` is set when the repository itself could not be read.
    """

    evidence: tuple[Evidence, ...]
    input_key: str
    reused: bool
    problem: Unknown | None
    seconds: float
    blobs_analysed: int = 0


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
    with tempfile.TemporaryDirectory(prefix="assay-scratch-") as scratch:
        phase("open")
        key = ""
        try:
            repository = _open(planned, conditions, Path(scratch))
            sources[Repository] = repository
            key = _input_key(repository, conditions)
        except Unreadable as error:
            holes[Repository] = error.hole
        except OSError as error:
            holes[Repository] = Unknown(Why.CORRUPT, f"the repository cannot be read: {error.strerror}")
        reused = bool(key) and key in known_keys
        if not reused:
            _add_advisories(conditions, sources, holes)
        _add_forge(planned, conditions, sources, holes)
        asked = [c for c in collectors_for(Kind.REPO) if not (reused and c.source in (Repository, Advisories))]
        evidence = gather(planned.subject, asked, sources, Moment(conditions.as_of), holes, phase)
    opened = sources.get(Repository)
    blobs = opened.blobs_analysed if isinstance(opened, Repository) else 0
    return Read(tuple(evidence), key, reused, holes.get(Repository), time.monotonic() - started, blobs)


def _open(planned: Planned, conditions: Conditions, scratch: Path) -> Repository:
    if planned.problem is not None:
        raise Unreadable(planned.problem.why, planned.problem.detail, planned.problem.closes)
    git_dir = planned.git_dir or _mirrored(planned, conditions)
    git = view(git_dir, scratch)
    cache = SqliteCache(conditions.cache / "blobs.db")
    return open_repository(planned.subject.name, git, conditions.as_of, conditions.pseudonyms, cache)


def _mirrored(planned: Planned, conditions: Conditions) -> Path:
    folder = conditions.cache / "mirrors" / hashlib.sha256(planned.url.encode()).hexdigest()[:32]
    header = None
    if planned.listed is not None and conditions.github is not None:
        opener = Github(conditions.github).clone_header()
        if opener is not None and planned.url.startswith(opener[0]):
            header = opener[1].reveal()
    return mirror(planned.url, folder, header, conditions.clone_seconds)


def _add_forge(
    planned: Planned, conditions: Conditions, sources: dict[type[object], object], holes: dict[type[object], Unknown]
) -> None:
    if planned.listed is None or conditions.github is None:
        return
    try:
        sources[GithubRepositorySource] = GithubRepositorySource(
            Github(conditions.github), planned.listed.full_name, conditions.pseudonyms
        )
    except Unreadable as error:
        holes[GithubRepositorySource] = error.hole


def _add_advisories(
    conditions: Conditions, sources: dict[type[object], object], holes: dict[type[object], Unknown]
) -> None:
    try:
        advisories = conditions.advisories()
    except Unreadable as error:
        holes[Advisories] = error.hole
        return
    if advisories is not None:
        sources[Advisories] = advisories


def _input_key(repository: Repository, conditions: Conditions) -> str:
    """Names everything that the git part of the evidence is a function of."""
    parts = {
        "head": repository.head,
        "refs": hashlib.sha256((repository.git_dir / "packed-refs").read_bytes()).hexdigest(),
        "head_file": (repository.git_dir / "HEAD").read_text("utf-8"),
        "as_of": conditions.as_of.isoformat(),
        "people": conditions.pseudonyms.of("key"),
        "settings": conditions.settings_key,
        "collectors": [(c.name, c.version) for c in collectors_for(Kind.REPO) if c.source in (Repository, Advisories)],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
