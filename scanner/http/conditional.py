"""Conditional requests: what a forge answered before is asked for with its validator, and an unchanged answer costs nothing."""

from __future__ import annotations

import gzip
import hashlib
import logging
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from hishel import CacheOptions, Entry, Request, Response, SqliteStorage
from hishel.httpx import CacheTransport

from scanner.http.wire import Answer

CACHE_BYTES = 512 * 1024**2
"""Of packed answers; the least recently used go first."""
ANSWER_BYTES = 4 * 1024**2
"""A packed answer above this is not kept."""
NEVER_KEPT = ("/secret-scanning/", "/variables", "/rate_limit")
"""Parts of paths whose answers may quote a secret, or change with every request."""
_PACKED_FROM = 512
_KEPT_HEADERS = frozenset({"etag", "last-modified", "date", "content-type", "link"})
_KEPT_PREFIXES = ("x-", "ratelimit-", "github-")
_DIGEST = "x-assay-sha256"
"""Of the body as it came: a file that was damaged, or cut by a full disk, must not answer for the forge."""
_VALIDATORS = ("if-none-match", "if-modified-since")
Send = Callable[[Mapping[str, str]], Answer]
"""Sends the request with these headers added; a whole, bounded answer or Unreadable."""


logging.getLogger("hishel").setLevel(logging.CRITICAL + 1)  # it would print tracebacks for entries it drops


class _Storage(SqliteStorage):
    """Keeps one answer to each request: hishel would keep the oldest beside the newest, and a weak ETag fit neither."""

    def create_entry(
        self, request: Request, response: Response, key: str, *, ttl: float | None = None, tti: float | None = None
    ) -> Entry:
        """Keep the answer in place of any earlier one."""
        for old in super().get_entries(key):
            self.remove_entry(old.id)
        return super().create_entry(request, response, key, ttl=ttl, tti=tti)

    def get_entries(self, key: str) -> list[Entry]:
        """The answer kept, if any: the newest of those that several workers may have kept at the same moment."""
        return super().get_entries(key)[-1:]


class _Below(httpx.BaseTransport):
    """What lies below the cache: the wire, which adds the credential where no cache sees it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.last: Answer | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask; an answer without validator, or that is no success, is marked as not to be kept."""
        given = {name: request.headers[name] for name in _VALIDATORS if name in request.headers}
        answer = self.last = self._send(given)
        headers = {k: v for k, v in answer.headers.items() if k in _KEPT_HEADERS or k.startswith(_KEPT_PREFIXES)}
        headers.pop(_DIGEST, None)
        if answer.status == 304:
            return httpx.Response(304, headers=headers)
        if answer.status != 200 or not ("etag" in headers or "last-modified" in headers):
            return httpx.Response(answer.status, headers={"cache-control": "no-store"})
        body = answer.body
        headers[_DIGEST] = hashlib.sha256(body).hexdigest()
        if len(body) >= _PACKED_FROM:
            body = gzip.compress(body, 1, mtime=0)
            headers["content-encoding"] = "gzip"
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(body))


class Conditional:
    """A cache of one credential's answers in one file that all processes share. Whatever fails in it means "not cached".

    Every request is asked of the forge; nothing is ever served without its 304.
    """

    def __init__(self, folder: Path, namespace: str) -> None:
        self._path = folder / "answers.db"
        self._namespace = namespace
        self._storage: _Storage | None = None
        self._broken = False

    def exchange(self, url: str, accept: str, send: Send) -> Answer:
        """The answer to GET ``url``: from the forge, or the one it had given before when it says so."""
        storage = None if self._broken or _is_private(url) else self._opened()
        if storage is None:
            return send({})
        below = _Below(send)
        transport = CacheTransport(below, storage, CacheOptions(shared=False, allow_stale=False))
        key = hashlib.sha256(f"{self._namespace}\0{accept}\0{url}".encode()).hexdigest()
        asked = httpx.Request(
            "GET", url, headers={"Accept": accept, "Cache-Control": "no-cache"}, extensions={"caching": {"key": key}}
        )
        try:
            response = transport.handle_request(asked)
            body = response.read()
            headers = {k.lower(): v for k, v in response.headers.items()}
        except (httpx.HTTPError, sqlite3.Error, OSError, RuntimeError, ValueError, LookupError, TypeError):
            self._broken = True
            self.close()
            unanswered = below.last is None or below.last.status == 304
            return send({}) if unanswered or below.last is None else below.last
        if below.last is not None and below.last.status != 304:
            return below.last
        if hashlib.sha256(body).hexdigest() != headers.pop(_DIGEST, ""):
            self._forget(storage, key)
            return send({})
        return Answer(200, headers, body)

    def _forget(self, storage: _Storage, key: str) -> None:
        """Drop a damaged answer, so that it is kept anew next time."""
        try:
            for entry in storage.get_entries(key):
                storage.remove_entry(entry.id)
        except (sqlite3.Error, OSError):
            self._broken = True

    def close(self) -> None:
        """Let go of the file; the next request opens it again. To be called before the process is forked."""
        if self._storage is not None:
            with suppress(sqlite3.Error):
                self._storage.close()
            self._storage = None

    def _opened(self) -> _Storage | None:
        if self._storage is not None:
            return self._storage
        try:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            self._path.chmod(0o600)
            _probe(self._path)
        except sqlite3.OperationalError:  # locked, or a disk that is full: next time
            self._broken = True
        except sqlite3.DatabaseError:
            self._broken = True
            for name in (self._path, Path(f"{self._path}-wal"), Path(f"{self._path}-shm")):
                with suppress(OSError):
                    name.unlink()
        except OSError:
            self._broken = True
        if self._broken:
            return None
        self._storage = _Storage(database_path=self._path, max_size=CACHE_BYTES, max_stream_size=ANSWER_BYTES)
        return self._storage


def _probe(path: Path) -> None:
    """Raise what SQLite says of a file that is none of its own, or damaged where every reading starts."""
    connection = sqlite3.connect(path, timeout=5)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        connection.close()


def _is_private(url: str) -> bool:
    path = urlsplit(url).path
    return any(part in path for part in NEVER_KEPT)
