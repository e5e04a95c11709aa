"""OSV records from a folder or a zip, indexed once into a private SQLite file and asked by package."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from scanner.advisories.matching import affected_by, objects, rating, texts
from scanner.advisories.source import Advisories, Advisory, merged, normal_name
from scanner.core.evidence import Unreadable, Why
from scanner.core.text import clean

MAX_RECORD_BYTES = 4_000_000
MAX_RECORDS = 2_000_000
_FORMAT = "2"
_SCHEMA = """
CREATE TABLE affected (ecosystem TEXT, name TEXT, id TEXT, record TEXT);
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


class AdvisoryDatabase(Advisories):
    """OSV records of ``path``: a folder of ``*.json`` and ``*.zip``, one zip, or one record.

    The index is kept in ``cache`` under a digest of the source's paths, sizes and times; it is built
    when missing. ``records`` were indexed, ``skipped`` could not be read (withdrawn ones are neither).
    """

    def __init__(self, path: Path, cache: Path) -> None:
        files = _sources(path)
        self.source = f"OSV records of {clean(path.name, 80)}"
        index = cache / f"advisories-{_digest(files)}.sqlite"
        if not index.is_file():
            _build(files, index)
        try:
            self._connection = sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True)
            facts = dict(self._connection.execute("SELECT key, value FROM facts").fetchall())
        except sqlite3.Error as error:
            raise Unreadable(Why.CORRUPT, "the index of advisories cannot be read", "delete the cache") from error
        self.records = int(facts.get("records", "0"))
        self.skipped = int(facts.get("skipped", "0"))
        self.newest = _day(facts.get("newest", ""))
        self._ecosystems = frozenset(json.loads(facts.get("ecosystems", "[]")))

    def covers(self, ecosystem: str) -> bool:
        """Whether any record speaks of ``ecosystem``."""
        return ecosystem in self._ecosystems

    def match(self, ecosystem: str, name: str, version: str) -> list[Advisory]:
        """See `Advisories.match`."""
        rows = self._connection.execute(
            "SELECT id, record FROM affected WHERE ecosystem = ? AND name = ? ORDER BY id, record",
            (ecosystem, normal_name(ecosystem, name)),
        )
        found: list[Advisory] = []
        odd = False
        for identifier, stored in rows:
            record = json.loads(stored)
            try:
                hit = affected_by(ecosystem, version, record["entry"])
            except ValueError:
                odd = True
                continue
            if hit is not None:
                severity, score = rating(record, record["entry"])
                aliases = tuple(sorted(set(record["aliases"]) - {identifier}))
                published = _day(record["published"])
                found.append(Advisory(identifier, aliases, severity, score, hit.fixed_in, published, record["summary"]))
        if odd and not found:
            raise ValueError(f"version {clean(version, 60)} of {clean(name, 80)} cannot be compared")
        return merged(found)

    def close(self) -> None:
        """Close the index."""
        self._connection.close()


def _sources(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(
            p for p in path.rglob("*") if p.suffix in (".json", ".zip") and p.is_file() and not p.is_symlink()
        )
    else:
        files = [path] if path.is_file() else []
    if not files:
        raise Unreadable(
            Why.UNREACHABLE, f"no OSV records at {clean(str(path), 200)}", "give a folder or zip of OSV records"
        )
    return files


def sources_digest(path: Path) -> str:
    """Names the OSV records at ``path`` by the paths, sizes and times of all their files; Unreadable when there are none."""
    return _digest(_sources(path))


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256(_FORMAT.encode())
    for file in files:
        stat = file.stat()
        digest.update(f"{file.resolve()}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode("utf-8", "backslashreplace"))
    return digest.hexdigest()[:24]


def _records(files: list[Path]) -> Iterator[bytes | None]:
    """The bytes of every record; None for one that is damaged or too large."""
    for file in files:
        if file.suffix != ".zip":
            yield file.read_bytes() if file.stat().st_size <= MAX_RECORD_BYTES else None
            continue
        try:
            with zipfile.ZipFile(file) as archive:
                for info in archive.infolist():
                    if info.filename.endswith(".json"):
                        yield _member(archive, info)
        except (zipfile.BadZipFile, OSError, NotImplementedError):  # the last: a compression zipfile lacks
            yield None


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """One member, never more than `MAX_RECORD_BYTES` whatever its header claims."""
    try:
        with archive.open(info) as stream:
            content = stream.read(MAX_RECORD_BYTES + 1)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return None
    return content if len(content) <= MAX_RECORD_BYTES else None


def _build(files: list[Path], index: Path) -> None:
    index.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=".draft", dir=index.parent)
    os.close(handle)
    draft = Path(name)
    connection = sqlite3.connect(draft)
    try:
        connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}")
        _fill(connection, files)
        connection.execute("CREATE INDEX by_package ON affected (ecosystem, name)")
        connection.commit()
    finally:
        connection.close()
    draft.replace(index)


def _fill(connection: sqlite3.Connection, files: list[Path]) -> None:
    records = skipped = 0
    newest = ""
    ecosystems: set[str] = set()
    for content in _records(files):
        if records + skipped >= MAX_RECORDS:
            break
        record = _parsed(content)
        if record is None:
            skipped += 1
            continue
        if record.get("withdrawn"):
            continue
        rows = list(_rows(record))
        records += 1
        newest = max(newest, *(str(record.get(k, ""))[:10] for k in ("modified", "published")))
        ecosystems |= {row[0] for row in rows}
        connection.executemany("INSERT INTO affected VALUES (?, ?, ?, ?)", rows)
    facts = {"records": records, "skipped": skipped, "newest": newest, "ecosystems": json.dumps(sorted(ecosystems))}
    connection.executemany("INSERT INTO facts VALUES (?, ?)", [(k, str(v)) for k, v in facts.items()])


def _parsed(content: bytes | None) -> dict[str, object] | None:
    if content is None:
        return None
    try:
        record = json.loads(content)
    except (ValueError, RecursionError):
        return None
    usable = isinstance(record, dict) and isinstance(record.get("id"), str) and isinstance(record.get("affected"), list)
    return record if usable else None


def _rows(record: dict[str, object]) -> Iterator[tuple[str, str, str, str]]:
    """One row per affected package: (ecosystem without suffix, normal name, id, what matching needs)."""
    identifier = clean(str(record["id"]), 60)
    for entry in objects(record.get("affected")):
        package = entry.get("package")
        if not isinstance(package, dict) or not isinstance(package.get("name"), str):
            continue
        ecosystem = str(package.get("ecosystem", "")).partition(":")[0]
        kept = {k: entry[k] for k in ("versions", "ranges", "severity", "database_specific") if k in entry}
        if isinstance(specific := kept.get("database_specific"), dict):
            kept["database_specific"] = {"severity": specific.get("severity")}
        specific = record.get("database_specific")
        stored = {
            "aliases": [clean(a, 60) for a in texts(record.get("aliases"))],
            "severity": objects(record.get("severity")),
            "database_specific": {"severity": specific.get("severity")} if isinstance(specific, dict) else {},
            "published": str(record.get("published", ""))[:10],
            "summary": clean(str(record.get("summary") or record.get("details") or ""), 200),
            "entry": kept,
        }
        yield ecosystem, normal_name(ecosystem, package["name"]), identifier, json.dumps(stored, sort_keys=True)


def _day(text: str) -> date | None:
    """A date; None for none, and for the year 1 that some sources write for "not set"."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if day.year > 1 else None
