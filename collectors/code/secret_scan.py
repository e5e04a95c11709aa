"""Credentials in commits and files: the sieve over all of them, gitleaks over what is left, and what may be kept of it.

Values live in memory until gitleaks has judged them; then they are hashed under the user's key and dropped. What is
kept of a commit or a blob are rule, path, line and that hash.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Protocol

from collectors.code import sieve
from collectors.code.gitleaks import run, version_of
from collectors.code.secret_rules import secret_rules
from collectors.code.sieve import Candidate, Sieve
from scanner.cache import BLOBS, SqliteCache, blob_key
from scanner.core.evidence import Unreadable, Why
from scanner.diffs import CommitDiff
from scanner.repository import Repository
from scanner.tools import find_tool

HELD_BYTES = 64 * 1024 * 1024
"""Candidates that are held for one run of gitleaks; more make another run."""
_BINARY_BYTES = 8_000


class Hashing(Protocol):
    """The keyed hash of a secret."""

    def secret(self, value: str) -> str:
        """A keyed hash of ``value``."""


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """A credential in the lines that a commit added, or in a blob: its rule, path and line, its keyed hash.

    ``at`` is the commit's time in seconds since 1970. A blob knows neither path nor time: "" and 0.
    """

    rule: str
    path: str
    line: int
    fingerprint: str
    at: int


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where the text of a candidate stands; a blob has no ``path``."""

    of: str
    path: str
    line: int
    at: int


def rows(sightings: Iterable[Sighting]) -> bytes:
    """``sightings`` as they are kept: sorted, each once."""
    return json.dumps([astuple(s) for s in sorted(set(sightings))], separators=(",", ":")).encode()


def sightings(kept: bytes) -> tuple[Sighting, ...] | None:
    """The inverse of `rows`; None for what was kept of a binary blob."""
    listed = json.loads(kept)
    return None if listed is None else tuple(Sighting(*row) for row in listed)


class SecretScan:
    """Reads commits and blobs and tells their credentials once gitleaks has judged all that were added.

    ``tool_version`` is that of gitleaks: another version may judge otherwise.
    """

    name = "commit-secrets"
    wants_patch = True

    def __init__(self, program: Path, tool_version: str, over: Sieve, hashing: Hashing) -> None:
        self._program = program
        self.tool_version = tool_version
        self._sieve = over
        self._hashing = hashing
        self._under = f"{sieve.VERSION} {over.rules.digest} {tool_version} {hashing.secret('what is kept of secrets')}"
        self._origins: dict[tuple[str, bytes], list[_Origin]] = {}
        self._asked: set[str] = set()
        self._held = 0
        self._commits: dict[str, list[Sighting]] = {}
        self._blobs: dict[str, list[Sighting] | None] = {}

    @property
    def version(self) -> str:
        """Changes with the rules, with gitleaks, and with the user's key: hashes under another key say nothing."""
        return self._under

    def add(self, diff: CommitDiff) -> None:
        """Take note of one commit."""
        self._commits[diff.oid] = [
            Sighting(rule, file.path, 1, self._named(rule, file.path), diff.committed_at)
            for file in diff.files
            if file.status != "D"
            for rule in self._sieve.rules.named(file.path)
        ]
        for found in self._sieve.candidates(diff):
            self._hold(found, _Origin(diff.oid, found.path, found.line, diff.committed_at))

    def blob_key(self, oid: str, path: str) -> bytes:
        """The key of what is kept of the blob ``oid`` at ``path``; the same for all paths that the rules treat alike."""
        return blob_key(oid, "blob-secrets", self.version, self._sieve.rules.name_like(path), "")

    def add_blob(self, oid: str, path: str, content: bytes) -> None:
        """Take note of one blob that stands at ``path``, which no allow-list may skip."""
        key = self.blob_key(oid, path).hex()
        if content.find(b"\0", 0, _BINARY_BYTES) >= 0:
            self._blobs[key] = None
            return
        self._blobs[key] = []
        for found in self._sieve.candidates_of_blob(path, content):
            self._hold(found, _Origin(key, "", found.line, 0))

    def finish(self, *, last: bool = True) -> Mapping[str, bytes]:
        """What is told of each commit since the last call; those that gitleaks must judge only at the ``last``."""
        if last:
            self._judge()
        waiting = {origin.of for origins in self._origins.values() for origin in origins}
        told = {oid: rows(found) for oid, found in self._commits.items() if oid not in waiting}
        self._commits = {oid: found for oid, found in self._commits.items() if oid in waiting}
        return told

    def finish_blobs(self) -> Mapping[bytes, bytes]:
        """What is told of each blob since the last call, by `blob_key`."""
        self._judge()
        blobs, self._blobs = self._blobs, {}
        return {bytes.fromhex(key): b"null" if found is None else rows(found) for key, found in blobs.items()}

    def of_path(self, path: str) -> tuple[Sighting, ...]:
        """What a path alone tells of a file."""
        return tuple(Sighting(rule, path, 1, self._named(rule, path), 0) for rule in self._sieve.rules.named(path))

    def _named(self, rule: str, path: str) -> str:
        return self._hashing.secret(f"{rule} by its path\0{path}")

    def _hold(self, found: Candidate, origin: _Origin) -> None:
        text = self._sieve.rules.name_like(found.path), found.text
        if text not in self._origins:
            self._held += len(found.text)
        self._origins.setdefault(text, []).append(origin)
        self._asked |= found.rules
        if self._held > HELD_BYTES:
            self._judge()

    def _judge(self) -> None:
        """One run of gitleaks over all that is held, if anything is."""
        if not self._origins:
            return
        texts = list(self._origins)
        for number, leak in run(self._program, self._sieve.rules.table_of(self._asked), texts):
            fingerprint = self._hashing.secret(leak.value.replace("\r", ""))
            for origin in self._origins[texts[number]]:
                line = origin.line + leak.line - 1
                found = self._commits.get(origin.of) if origin.path else self._blobs.get(origin.of)
                if found is not None:
                    found.append(Sighting(leak.rule, origin.path, line, fingerprint, origin.at))
        self._origins, self._asked, self._held = {}, set(), 0


def prepare(folder: Path) -> None:
    """Compile the patterns, or take them from ``folder``'s cache: processes forked after this have them."""
    if find_tool("gitleaks") is not None:
        with closing(SqliteCache(folder / BLOBS)) as cache:
            Sieve(secret_rules(), cache)


def secret_scan(source: Repository) -> SecretScan:
    """The scan of one repository for credentials. Raises Unreadable(UNSUPPORTED) without gitleaks."""
    program = find_tool("gitleaks")
    if program is None:
        raise Unreadable(
            Why.UNSUPPORTED, "gitleaks is not installed", "install gitleaks, or assay with the extra [tools]"
        )
    version = version_of(program, source.git_dir)
    return SecretScan(program, version, Sieve(secret_rules(), source.cache), source.pseudonyms)
