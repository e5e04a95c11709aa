"""What is told of single commits and kept for ever by commit id: every reader sees each new commit's diff once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from scanner.cache import BlobCache
from scanner.core.evidence import Unknown
from scanner.diffs import CommitDiff, diffs
from scanner.git import Git

BATCH = 2_000
"""Commits after which what was told is kept: a killed scan loses no more."""


class CommitReader(Protocol):
    """Tells something of a commit from its diff, as bytes that depend on the diff and the reader's version alone."""

    @property
    def name(self) -> str:
        """Its name in the cache."""

    @property
    def version(self) -> str:
        """Changes with what it tells."""

    @property
    def wants_patch(self) -> bool:
        """Whether it reads the patch; else files and their numbers of lines are enough, and cheaper."""

    def add(self, diff: CommitDiff) -> None:
        """Take note of one commit."""

    def finish(self, *, last: bool = True) -> Mapping[str, bytes]:
        """What it tells by now of commits added since the last call, by commit id; at the ``last`` call of all of them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """``reader`` without its last word, which `last_word` asks for when the time has come."""

    reader: CommitReader

    @property
    def name(self) -> str:
        """The reader's."""
        return self.reader.name

    @property
    def version(self) -> str:
        """The reader's."""
        return self.reader.version

    @property
    def wants_patch(self) -> bool:
        """The reader's."""
        return self.reader.wants_patch

    def add(self, diff: CommitDiff) -> None:
        """Hand one commit on."""
        self.reader.add(diff)

    def finish(self, *, last: bool = True) -> Mapping[str, bytes]:
        """What the reader can tell by now."""
        del last
        return self.reader.finish(last=False)


@dataclass(frozen=True, slots=True)
class Stories:
    """What readers tell of commits: by reader and commit id. ``untold`` are commits that could not be read; ``fresh`` were read anew."""

    told: Mapping[str, dict[str, bytes]]
    untold: Mapping[str, Unknown] = field(default_factory=dict)
    fresh: int = 0


def tell(git: Git, cache: BlobCache, oids: Sequence[str], readers: Sequence[CommitReader]) -> Stories:
    """What ``readers`` tell of the commits ``oids``, none of which may be a merge; from the cache where it knows."""
    told = {reader.name: _known(cache, oids, reader) for reader in readers}
    missing = [oid for oid in oids if any(oid not in known for known in told.values())]
    untold: dict[str, Unknown] = {}
    patches = any(reader.wants_patch and told[reader.name].keys() < set(oids) for reader in readers)
    for number, diff in enumerate(diffs(git, missing, patches=patches) if missing else (), start=1):
        if isinstance(diff, CommitDiff):
            for reader in readers:
                if diff.oid not in told[reader.name]:
                    reader.add(diff)
        else:
            untold[diff.oid] = diff.hole
        if number % BATCH == 0:
            _keep(cache, told, readers, last=False)
    _keep(cache, told, readers, last=True)
    return Stories(told, untold, len(missing))


def last_word(cache: BlobCache, stories: Stories, reader: CommitReader) -> None:
    """Add to ``stories``, and keep, what ``reader`` told of no commit while it was `Waiting`."""
    _keep(cache, stories.told, (reader,), last=True)


def _known(cache: BlobCache, oids: Iterable[str], reader: CommitReader) -> dict[str, bytes]:
    keys = {_key(oid, reader): oid for oid in oids}
    return {keys[key]: value for key, value in cache.get(keys).items()}


def _keep(
    cache: BlobCache, told: Mapping[str, dict[str, bytes]], readers: Iterable[CommitReader], *, last: bool
) -> None:
    for reader in readers:
        fresh = reader.finish(last=last)
        told[reader.name].update(fresh)
        cache.put({_key(oid, reader): value for oid, value in fresh.items()})


def _key(oid: str, reader: CommitReader) -> bytes:
    return f"{reader.name}\0{reader.version}\0{oid}".encode()
