"""What a scan finds in its database beside itself: the scans of its engagement that it is compared with. Read without the database layer."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

_PREFIX = "sqlite:///"
_WAIT_SECONDS = 2
_SCAN = """
SELECT scan.id, engagement_id, title, as_of, targets, state, tool_version, model_version, finished_at
FROM scan JOIN engagement ON engagement.id = engagement_id WHERE scan.id = ?
"""
_EARLIER = """
SELECT id, as_of, tool_version, model_version, finished_at FROM scan
WHERE engagement_id = ? AND as_of < ? AND state = 'complete' ORDER BY as_of, id
"""
_SUBJECTS = "SELECT id, key, input_key, outcome, detail FROM subject WHERE scan_id = ? ORDER BY id"
_EVIDENCE = """
SELECT count(*), min(id), max(id), count(digest), count(DISTINCT digest), count(DISTINCT caveat) FROM evidence WHERE scan_id = ?
"""
_PUBLISHED = "SELECT model_version, body FROM assessment WHERE scan_id = ?"


def history_of(url: str, scan: int) -> str:
    """SHA-256 (hex) over the finished ``scan`` and the earlier scans of its engagement, as the database at ``url`` holds them.

    The same as long as a scan that reads the same would be told the same: evidence is only ever added. Empty when there
    is no such scan, and for a database that is no plain SQLite file, or is damaged, locked or not to be read.
    """
    path = _file_of(url)
    if path is None:
        return ""
    try:
        # not read-only: a journal that a killed scan left must be played back first
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=rw", _WAIT_SECONDS, uri=True)) as connection:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("BEGIN")
            digest = hashlib.sha256()
            for part in _parts(connection, scan):
                digest.update(part)
            return digest.hexdigest()
    except (sqlite3.Error, OSError, ValueError, LookupError):
        return ""


def _file_of(url: str) -> Path | None:
    """The file of a plain SQLite database, None for any other."""
    name = url.removeprefix(_PREFIX)
    if name in (url, "", ":memory:") or "?" in name:
        return None
    path = Path(os.path.realpath(name))
    return path if path.is_file() else None


def _parts(connection: sqlite3.Connection, scan: int) -> Iterator[bytes]:
    """All that counts, in order; LookupError when the scan is not there or not finished."""
    own = connection.execute(_SCAN, (scan,)).fetchone()
    published = connection.execute(_PUBLISHED, (scan,)).fetchone()
    if own is None or published is None or own[5] != "complete":
        raise LookupError(scan)
    earlier = connection.execute(_EARLIER, (own[1], own[3])).fetchall()
    yield json.dumps([own, published[0], earlier]).encode()
    yield hashlib.sha256(published[1]).digest()
    for number in (scan, *(row[0] for row in earlier)):
        for query in (_SUBJECTS, _EVIDENCE):
            yield json.dumps(connection.execute(query, (number,)).fetchall()).encode()
