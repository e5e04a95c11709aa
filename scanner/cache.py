"""Facts about blobs, kept on disk by object id: forks, rescans and past dates share them."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

BLOBS = "blobs.db"
"""The file of the cache of blobs in the folder of all caches."""


class BlobCache(Protocol):
    """What a repository asks of a cache. Keys come from `blob_key`."""

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values present among ``keys``."""

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep ``values``."""


def blob_key(oid: str, analyzer: str, version: str, suffix: str, role: str) -> bytes:
    """The key of what ``analyzer`` at ``version`` says of blob ``oid`` when it stands under such a path."""
    return hashlib.sha256(
        "\0".join((oid, analyzer, version, suffix, role)).encode("utf-8", "backslashreplace")
    ).digest()


@dataclass(frozen=True, slots=True)
class Effort:
    """What reading repositories took: blobs and commits that were analysed, what the cache was asked for and what it had."""

    blobs: int = 0
    commits: int = 0
    asked: int = 0
    known: int = 0

    def __add__(self, other: Effort) -> Effort:
        return Effort(
            self.blobs + other.blobs, self.commits + other.commits, self.asked + other.asked, self.known + other.known
        )


class Counting:
    """A cache that counts what it is asked for and what it has."""

    def __init__(self, cache: BlobCache) -> None:
        self._cache = cache
        self.asked = self.known = 0

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values present among ``keys``."""
        wanted = set(keys)
        found = self._cache.get(wanted)
        self.asked += len(wanted)
        self.known += len(found)
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep ``values``."""
        self._cache.put(values)


class NoCache:
    """A cache that keeps nothing."""

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Nothing."""
        del keys
        return {}

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Forget ``values``."""


class SqliteCache:
    """A cache in one SQLite file, shared by processes. Any failure of it means "not cached", never a failed scan."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=OFF")
            self._connection.execute("CREATE TABLE IF NOT EXISTS blob (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
        except (sqlite3.Error, OSError):
            self._connection = None

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values present among ``keys``."""
        if self._connection is None:
            return {}
        wanted = list(keys)
        out: dict[bytes, bytes] = {}
        try:
            for start in range(0, len(wanted), 500):
                part = wanted[start : start + 500]
                marks = ",".join("?" * len(part))
                out.update(self._connection.execute(f"SELECT key, value FROM blob WHERE key IN ({marks})", part))  # noqa: S608 - only question marks
        except sqlite3.Error:
            return {}
        return out

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep ``values``; silently not, when the disk or the file refuses."""
        if self._connection is None or not values:
            return
        try:
            self._connection.execute("BEGIN")
            self._connection.executemany("INSERT OR REPLACE INTO blob VALUES (?, ?)", values.items())
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
