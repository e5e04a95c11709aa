"""Many patterns over one text at the speed of memory: hyperscan databases, compiled once per machine and kept."""

from __future__ import annotations

import functools
import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import version

import hyperscan

from scanner.cache import BlobCache

_DIGEST_BYTES = 32
MOST_HITS = 100_000
_FLAGS = hyperscan.HS_FLAG_PREFILTER
"""May match more than the pattern says, never less: what it does not find is not there."""


class Patterns:
    """A compiled set of patterns, by number."""

    def __init__(self, patterns: Mapping[int, bytes], cache: BlobCache) -> None:
        self._database = _database(tuple(sorted(patterns.items())), cache)
        self._scratch = hyperscan.Scratch(self._database)

    def hits(self, text: bytes) -> dict[int, set[int]] | None:
        """Where matches end in ``text``, by the number of their pattern; None when there are more than `MOST_HITS`."""
        heard: dict[int, set[int]] = {}
        left = MOST_HITS

        def on_hit(number: int, _start: int, end: int, _flags: int, _context: object) -> bool:
            nonlocal left
            left -= 1
            heard.setdefault(number, set()).add(end)
            return left < 0

        try:
            self._database.scan(text, match_event_handler=on_hit, scratch=self._scratch)
        except hyperscan.ScanTerminated:
            return None
        return heard


def _database(patterns: tuple[tuple[int, bytes], ...], cache: BlobCache) -> hyperscan.Database:
    """The compiled patterns: of this process, of an earlier run, or compiled now."""
    key = _key(patterns)
    if key not in _loaded:
        _loaded[key] = _kept(key, cache) or _compiled(patterns, key, cache)
    return _loaded[key]


_loaded: dict[bytes, hyperscan.Database] = {}


@functools.cache
def _key(patterns: tuple[tuple[int, bytes], ...]) -> bytes:
    """Databases fit one version of the library and one sort of processor, and say themselves when they do not."""
    probe = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    probe.compile(expressions=[b"a"], ids=[0], flags=[_FLAGS])
    about = (version("hyperscan"), platform.machine(), str(probe.info()), str(_FLAGS), repr(patterns))
    return hashlib.sha256("\0".join(("patterns", *about)).encode()).digest()


def _kept(key: bytes, cache: BlobCache) -> hyperscan.Database | None:
    """The database of an earlier run; None when there is none, or it is damaged or of another machine."""
    stored = cache.get([key]).get(key, b"")
    digest, dumped = stored[:_DIGEST_BYTES], stored[_DIGEST_BYTES:]
    if not dumped or hashlib.sha256(key + dumped).digest() != digest:
        return None
    try:
        return hyperscan.loadb(dumped, hyperscan.HS_MODE_BLOCK)
    except hyperscan.error:
        return None


def _compiled(patterns: tuple[tuple[int, bytes], ...], key: bytes, cache: BlobCache) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[pattern for _, pattern in patterns],
        ids=[number for number, _ in patterns],
        flags=[_FLAGS] * len(patterns),
    )
    dumped = hyperscan.dumpb(database)
    cache.put({key: hashlib.sha256(key + dumped).digest() + dumped})
    return database
