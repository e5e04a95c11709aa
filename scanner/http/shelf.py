"""The file behind kept lists: entries and stretches in SQLite, every page in one transaction."""

from __future__ import annotations

import json
import os
import sqlite3
import time
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

SHELF_BYTES = 512 * 1024**2
"""Of all kept lists; the longest unused go first."""
UNUSED_DAYS = 90
"""A list that no scan has read for so long is dropped."""
_ROOM = 0.9
"""What is dropped for its size is dropped down to this part of it, so that not every page pays for room."""
_DAY_SECONDS = 86_400
_VERSION = 2
_MOST_BYTES = 20_000_000
_TABLES = """
BEGIN IMMEDIATE;
DROP TABLE IF EXISTS list;
DROP TABLE IF EXISTS entry;
CREATE TABLE list (
  id INTEGER PRIMARY KEY AUTOINCREMENT, forge TEXT, repository TEXT, kind TEXT, shape TEXT, turn INTEGER, stretches TEXT,
  used INTEGER, UNIQUE (forge, repository, kind)
);
CREATE INDEX by_use ON list (used, id);
CREATE TABLE entry (list INTEGER, key TEXT, at INTEGER, body BLOB, PRIMARY KEY (list, key)) WITHOUT ROWID;
PRAGMA user_version = 2;
COMMIT;
"""


class Unusable(Exception):
    """What is kept cannot be used: the file is broken, is no such file, or another process wrote meanwhile."""


@dataclass(frozen=True, slots=True)
class ListName:
    """Which list: the forge's address, the repository's lasting id, what is listed, and the form its entries are kept in."""

    forge: str
    repository: str
    kind: str
    shape: str


@dataclass(slots=True)
class Stretch:
    """A range of a list without a gap, from ``top`` down to ``floor`` (microseconds since 1970).

    ``total`` is the list's length when its top was read, ``grown`` how many entries have been made since the next
    stretch's top; ``cursor`` is where reading goes on below, ``end``: nothing follows there.
    """

    mark: str
    top: int
    floor: int
    total: int | None
    cursor: str | None
    end: bool
    grown: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it is kept: ``at`` in microseconds since 1970."""

    key: str
    at: int
    body: Mapping[str, object]


def open_shelf(path: Path | None) -> sqlite3.Connection:
    """The file at ``path``, made anew when it is broken; in memory without one, or when it cannot be used."""
    if path is not None:
        with suppress(sqlite3.Error, OSError):
            try:
                return _opened(path)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # no database, or a broken one: it is ours alone and holds copies only
                for part in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
                    part.unlink(missing_ok=True)
                return _opened(path)
    return _prepared(sqlite3.connect(":memory:", isolation_level=None))


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    path.chmod(0o600)
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        prune(_prepared(connection), today())
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    """``connection`` with this version's tables; those of another version are dropped."""
    if connection.execute("PRAGMA user_version").fetchone() != (_VERSION,):
        connection.executescript(_TABLES)
        with suppress(sqlite3.Error):  # another process is writing: the file keeps its free pages for later
            connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
            connection.execute("VACUUM")
    return connection


def today() -> int:
    """The day, counted since 1970."""
    return int(time.time()) // _DAY_SECONDS


def prune(connection: sqlite3.Connection, day: int, most_bytes: int = SHELF_BYTES) -> None:
    """Drop the lists that were not read in `UNUSED_DAYS` before ``day``, and the longest unused of more than ``most_bytes``.

    A scan that is reading one of them notices, and reads it anew.
    """
    old = [number for (number,) in connection.execute("SELECT id FROM list WHERE used < ?", (day - UNUSED_DAYS,))]
    for number in old:
        _drop(connection, number)
    if _size(connection) > most_bytes:
        for (number,) in connection.execute("SELECT id FROM list ORDER BY used, id").fetchall():
            if _size(connection) <= most_bytes * _ROOM:
                break
            _drop(connection, number)
            old.append(number)
    if old:
        connection.execute("PRAGMA incremental_vacuum").fetchall()


def _size(connection: sqlite3.Connection) -> int:
    """Bytes in use; what was freed is written over before the file grows."""
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def _drop(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DELETE FROM entry WHERE list = ?", (number,))
        connection.execute("DELETE FROM list WHERE id = ?", (number,))
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        raise


class Shelf:
    """One kept list. Everything here raises `Unusable` when the file fails or another process changed the list."""

    def __init__(self, connection: sqlite3.Connection, name: ListName) -> None:
        self._connection = connection
        key = (name.forge, name.repository, name.kind)
        try:
            day = today()
            connection.execute(
                "INSERT OR IGNORE INTO list VALUES (NULL, ?, ?, ?, ?, 0, '[]', ?)", (*key, name.shape, day)
            )
            found = connection.execute(
                "SELECT id, turn, shape, stretches, used FROM list WHERE forge = ? AND repository = ? AND kind = ?", key
            ).fetchone()
            if found[4] != day:
                connection.execute("UPDATE list SET used = ? WHERE id = ?", (day, found[0]))
            self._id, self._turn = int(found[0]), int(found[1])
            self.stretches = [Stretch(**stretch) for stretch in json.loads(found[3])]
        except (sqlite3.Error, ValueError, TypeError) as problem:
            raise Unusable(type(problem).__name__) from None
        if found[2] != name.shape:
            self.stretches = []
            self._write("UPDATE list SET shape = ? WHERE id = ?", (name.shape, self._id), ())

    def known(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of ``keys`` that are kept."""
        try:
            query = "SELECT 1 FROM entry WHERE list = ? AND key = ?"
            return frozenset(k for k in keys if self._connection.execute(query, (self._id, k)).fetchone())
        except sqlite3.Error as problem:
            raise Unusable(type(problem).__name__) from None

    def count(self, floor: int) -> int:
        """How many entries are kept from ``floor`` on."""
        try:
            query = "SELECT count(*) FROM entry WHERE list = ? AND at >= ?"
            return int(self._connection.execute(query, (self._id, floor)).fetchone()[0])
        except sqlite3.Error as problem:
            raise Unusable(type(problem).__name__) from None

    def keep(self, rows: Iterable[Row]) -> None:
        """Keep ``rows`` together with the present stretches."""
        self._write("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", None, rows)

    def clear(self) -> None:
        """Forget the list."""
        self.stretches = []
        self._write("DELETE FROM entry WHERE list = ?", (self._id,), ())

    def latest(self, floor: int, most: int) -> list[object]:
        """The bodies of the ``most`` latest entries from ``floor`` on, latest first."""
        try:
            query = (
                "SELECT body FROM entry WHERE list = ? AND at >= ? ORDER BY at DESC, length(key) DESC, key DESC LIMIT ?"
            )
            self._connection.execute("BEGIN")
            try:
                turn = self._connection.execute("SELECT turn FROM list WHERE id = ?", (self._id,)).fetchone()
                found = self._connection.execute(query, (self._id, floor, most)).fetchall()
            finally:
                self._connection.execute("COMMIT")
            if turn != (self._turn,):
                raise Unusable("another process")
            return [json.loads(zlib.decompressobj().decompress(body, _MOST_BYTES)) for (body,) in found]
        except (sqlite3.Error, zlib.error, ValueError, TypeError, RecursionError) as problem:
            raise Unusable(type(problem).__name__) from None

    def _write(self, statement: str, only: tuple[object, ...] | None, rows: Iterable[Row]) -> None:
        """One transaction: ``statement`` (once with ``only``, else for each row) and the stretches."""
        many = [only] if only else [(self._id, row.key, row.at, _packed(row.body)) for row in rows]
        stretches = json.dumps([asdict(stretch) for stretch in self.stretches])
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            changed = self._connection.execute(
                "UPDATE list SET turn = turn + 1, stretches = ? WHERE id = ? AND turn = ?",
                (stretches, self._id, self._turn),
            ).rowcount
            if changed == 1:
                self._connection.executemany(statement, many)
            self._connection.execute("COMMIT" if changed == 1 else "ROLLBACK")
        except sqlite3.Error as problem:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise Unusable(type(problem).__name__) from None
        if changed != 1:
            raise Unusable("another process")
        self._turn += 1


def _packed(body: Mapping[str, object]) -> bytes:
    return zlib.compress(json.dumps(body, sort_keys=True).encode(), 6)
