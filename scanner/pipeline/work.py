"""The unit of work: one repository, read in a process of its own."""

from __future__ import annotations

import hashlib
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from scanner.advisories.source import Advisories
from scanner.cache import BLOBS, Counting, Effort, SqliteCache
from scanner.core.collecting import Collector
from scanner.core.evidence import Evidence, Unknown, Unreadable, Why
from scanner.core.subjects import Kind, Subject
from scanner.facts.engagement import Moment
from scanner.facts.forge import ForgeRepository
from scanner.git import view
from scanner.http.github.client import Github
from scanner.http.gitlab import Gitlab
from scanner.http.refused import LimitReached
from scanner.http.traffic import Traffic
from scanner.mirrors import Mirror, doubt
from scanner.pipeline.clones import Clones, cloned
from scanner.pipeline.code import code_digest
from scanner.pipeline.forges import (
    KINDS,
    ForgeSettings,
    holes_beside,
    kept_lists,
    limited,
    open_forge,
    repository_handle,
    terms_key,
)
from scanner.pipeline.gather import collectors_for, gather
from scanner.pipeline.targets import Planned, Reading
from scanner.pseudonyms import Pseudonyms
from scanner.repository import Repository, open_repository

MEMORY_BYTES = 8 * 1024**3
"""Address space of a worker and of each tool it starts."""

_PASSING = frozenset({Why.CORRUPT, Why.CRASHED, Why.TIMED_OUT, Why.UNREACHABLE, Why.RATE_LIMITED, Why.FORBIDDEN})
"""Reasons of holes that may be gone when the same commits are read again."""

_JOINT = "."
"""Between the parts of an input key: what the git part of the evidence depends on, and what the forge's depends on."""

AdvisorySource = Callable[[], Advisories | None]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What holds for every repository of a scan.

    ``forges`` are those that may be asked, by key; ``settings_key`` names what else the evidence depends on. With
    ``replays`` nothing is fetched: forges answer from a recording, and clones are those in the cache. ``sleep`` is an argument for tests.
    """

    as_of: datetime
    pseudonyms: Pseudonyms = field(repr=False)
    cache: Path
    forges: Mapping[str, ForgeSettings] = field(repr=False)
    advisories: AdvisorySource
    settings_key: str
    replays: bool = False
    clones: Clones = field(default_factory=Clones)
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a repository. With ``reused`` the git part was left as an earlier scan stored it under ``base``.

    With ``resumed`` everything was left as an interrupted run of the same scan stored it. ``problem`` is set when
    the repository itself could not be read. ``limited_until`` (epoch seconds) is set when a forge's limit ended the
    reading before its end: nothing of it counts, and the repository is to be read again after that moment.
    ``damaged``: objects of the repository are missing or broken.
    """

    evidence: tuple[Evidence, ...]
    input_key: str
    reused: bool
    problem: Unknown | None
    seconds: float
    effort: Effort = field(default_factory=Effort)
    resumed: bool = False
    traffic: Traffic = field(default_factory=Traffic)
    damaged: bool = False
    limited_until: float = 0.0
    base: str = ""


def limit_memory() -> None:
    """Hold this process and its children to `MEMORY_BYTES` of address space."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


@dataclass(slots=True)
class _Touched:
    """What reading a repository used, however it ended: the forges that were asked, and the mirror."""

    forges: list[Github | Gitlab] = field(default_factory=list)
    mirror: Mirror | None = None

    @property
    def doubtful(self) -> bool:
        """Whether damage may be that of a mirror which an earlier scan left."""
        return self.mirror is not None and not self.mirror.made


def read_repository(
    planned: Planned, conditions: Conditions, known_keys: frozenset[str], phase: Callable[[str], None]
) -> Read:
    """Everything all collectors can say of one repository. Never raises for what the repository holds."""
    started = time.monotonic()
    touched = _Touched()
    try:
        read = _read(planned, conditions, known_keys, phase, touched)
        if read.damaged and touched.doubtful and touched.mirror is not None:
            doubt(touched.mirror.git_dir)
            phase("clone anew")
            read = _read(planned, conditions, known_keys, phase, touched)
    except LimitReached as limit:
        read = Read((), "", reused=False, problem=limit.hole, seconds=0.0, limited_until=limit.until)
    traffic = sum((forge.traffic for forge in touched.forges), Traffic())
    return replace(read, seconds=time.monotonic() - started, traffic=traffic)


def _read(
    planned: Planned,
    conditions: Conditions,
    known_keys: frozenset[str],
    phase: Callable[[str], None],
    touched: _Touched,
) -> Read:
    if not planned.stored_key:
        _stop_if_limited(planned, conditions)
    sources, holes = dict[type[object], object](), dict[type[object], Unknown]()
    with tempfile.TemporaryDirectory(prefix="assay-scratch-") as scratch, ExitStack() as opened_here:
        phase("open")
        if planned.unread is not None:
            holes |= {Repository: planned.unread, Advisories: planned.unread}
            key = _light_key(planned, conditions)
        else:
            key = _open(planned, conditions, Path(scratch), opened_here, sources, holes, touched)
        whole = key and key + _forge_part(planned, conditions)
        if whole and whole == planned.stored_key:
            return Read((), whole, reused=True, problem=None, seconds=0.0, resumed=True)
        base = "" if planned.unread is not None else _same_part(key, known_keys)
        reused = bool(base)
        if reused and not planned.forge:
            return Read((), key, reused=True, problem=None, seconds=0.0, base=base)
        _stop_if_limited(planned, conditions)
        if not reused and planned.unread is None:
            _add_advisories(conditions, sources, holes, opened_here)
        touched.forges += _add_forge(planned, conditions, sources, holes, opened_here, phase)
        asked = [c for c in collectors_for(Kind.REPO) if _is_asked(c, planned, reused)]
        evidence = gather(planned.subject, asked, sources, Moment(conditions.as_of), holes, phase)
    if planned.unread is not None:
        told = {item.fact_type for item in evidence}
        evidence += [e for e in all_holes(planned.subject, planned.unread) if e.fact_type not in told]
    opened = sources.get(Repository)
    effort = _effort(opened) if isinstance(opened, Repository) else Effort()
    problem = None if planned.unread is not None else holes.get(Repository)
    if not reused and _may_change(asked, evidence, opened):
        whole = ""
    damaged = (isinstance(opened, Repository) and opened.damaged) or (
        problem is not None and problem.why is Why.CORRUPT
    )
    return Read(tuple(evidence), whole, reused, problem, 0.0, effort, damaged=damaged, base=base)


def _effort(opened: Repository) -> Effort:
    cache = opened.cache
    asked, known = (cache.asked, cache.known) if isinstance(cache, Counting) else (0, 0)
    return Effort(opened.blobs_analysed, opened.commits_analysed, asked, known)


def _forge_part(planned: Planned, conditions: Conditions) -> str:
    """What an input key ends with for a repository that a forge is asked about: an unfinished scan goes on on the same terms only."""
    settings = conditions.forges.get(planned.forge)
    return "" if planned.listed is None or settings is None else f"{_JOINT}{terms_key(settings)}"


def _same_part(key: str, known_keys: frozenset[str]) -> str:
    """One of ``known_keys`` whose git part is ``key``, whatever the forge was asked on; empty when there is none."""
    return min((known for known in known_keys if key and known.partition(_JOINT)[0] == key), default="")


def _is_asked(collector: Collector[Any], planned: Planned, reused: bool) -> bool:
    if planned.reading is Reading.LISTED:
        return ForgeRepository in collector.provides
    return not (reused and collector.source in (Repository, Advisories))


def all_holes(subject: Subject, problem: Unknown) -> list[Evidence]:
    """Every fact of a repository as unknown for one reason."""
    providers = {fact_type: c for c in reversed(collectors_for(Kind.REPO)) for fact_type in c.provides}
    return [Evidence(subject, fact_type, problem, "", c.name, c.version) for fact_type, c in providers.items()]


def _may_change(asked: Iterable[Collector[Any]], evidence: Iterable[Evidence], opened: object) -> bool:
    """Whether the same commits could tell more next time: then a later scan reads them again."""
    local = {c.name for c in asked if c.source in (Repository, Advisories)}
    holes = (e.content for e in evidence if e.collector in local and isinstance(e.content, Unknown))
    return (isinstance(opened, Repository) and opened.damaged) or any(hole.why in _PASSING for hole in holes)


def _open(
    planned: Planned,
    conditions: Conditions,
    scratch: Path,
    opened_here: ExitStack,
    sources: dict[type[object], object],
    holes: dict[type[object], Unknown],
    touched: _Touched,
) -> str:
    """Open the repository into ``sources``, or say in ``holes`` why not; its input key, empty when it is not open."""
    if planned.problem is not None:
        holes[Repository] = planned.problem
        return ""
    try:
        git_dir = planned.git_dir or _mirrored(planned, conditions, opened_here, touched)
        git = view(git_dir, scratch)
        cache = opened_here.enter_context(closing(SqliteCache(conditions.cache / BLOBS)))
        repository = open_repository(
            planned.subject.name, git, conditions.as_of, conditions.pseudonyms, Counting(cache)
        )
        sources[Repository] = repository
        return _input_key(repository, conditions)
    except Unreadable as error:
        holes[Repository] = error.hole
    except OSError as error:
        holes[Repository] = Unknown(Why.CORRUPT, f"the repository cannot be read: {error.strerror}")
    return ""


def _mirrored(planned: Planned, conditions: Conditions, opened_here: ExitStack, touched: _Touched) -> Path:
    opening = cloned(planned, conditions.cache, conditions.forges, conditions.clones, replays=conditions.replays)
    touched.mirror = opened_here.enter_context(opening)
    return touched.mirror.git_dir


def _stop_if_limited(planned: Planned, conditions: Conditions) -> None:
    settings = conditions.forges.get(planned.forge)
    limit = limited(settings) if planned.listed is not None and settings is not None else None
    if limit is not None:
        raise limit


def _add_forge(
    planned: Planned,
    conditions: Conditions,
    sources: dict[type[object], object],
    holes: dict[type[object], Unknown],
    opened_here: ExitStack,
    phase: Callable[[str], None],
) -> list[Github | Gitlab]:
    """The forge that is asked of ``planned``, if any, opened for its collectors."""
    settings = conditions.forges.get(planned.forge)
    if planned.listed is None or settings is None:
        return []

    def wait(seconds: float) -> None:
        phase(f"wait {seconds:.0f} s for {KINDS[planned.forge].name}")
        conditions.sleep(seconds)

    forge = opened_here.enter_context(closing(open_forge(settings, wait)))
    kept = opened_here.enter_context(closing(kept_lists(settings, conditions.cache)))
    handle = repository_handle(forge, planned.listed, conditions.pseudonyms, kept)
    sources[KINDS[planned.forge].source] = handle
    holes.update(holes_beside(planned.forge))
    return [forge]


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
        "people": conditions.pseudonyms.of("key") + conditions.pseudonyms.people.digest,
        "settings": conditions.settings_key,
        "code": collecting_code(),
    }
    return _digest(parts)


def _light_key(planned: Planned, conditions: Conditions) -> str:
    """Names everything that decides what an unfinished scan asks of a forge alone."""
    parts = {
        "reading": planned.reading.value,
        "as_of": conditions.as_of.isoformat(),
        "people": conditions.pseudonyms.of("key") + conditions.pseudonyms.people.digest,
        "settings": conditions.settings_key,
        "code": collecting_code(),
    }
    return _digest(parts)


def _digest(parts: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
