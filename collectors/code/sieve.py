"""Which parts of a patch or a file could hold a credential at all: everything else never reaches gitleaks.

A part passes when a pattern of gitleaks' rules matches in it, or in what gitleaks would decode of it, and one of the
rule's keywords stands in it. The patterns may match more than gitleaks would, never less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from collectors.code.encodings import DEPTH, LOOK, decoded
from collectors.code.hunks import MARK, added_runs, bare, body
from collectors.code.patterns import Patterns
from collectors.code.secret_rules import Rule, SecretRules
from scanner.cache import BlobCache
from scanner.diffs import CommitDiff, FileDiff

VERSION = "2"
WHOLE_BYTES = 65_536
"""A longer part is cut into pieces of this length; gitleaks reads 100,000 bytes at once."""
_STEP_BYTES = 32_768
_BEFORE_BYTES = 16_384
"""Least text before the end of a match in its piece (ours: twice the longest private key in use)."""
_LINE_BYTES = 4_096
_ENCODED = 10_000
_LOOSE = {"sourcegraph-access-token"}
"""Rules that match any object id, of which patches are full: their keywords are looked for first."""
_ANY_DOTS = re.compile(r"\(\?s:\.\)\{\d+,\d+\}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part of a file that gitleaks must judge by ``rules`` (their ids); ``line`` is the number of its first line."""

    path: str
    line: int
    text: bytes
    rules: frozenset[str]

    def __repr__(self) -> str:
        return f"Candidate({self.path}:{self.line}, {len(self.text)} bytes)"


class Sieve:
    """The rules as patterns, in two sets: one for whole patches, and one of the rules that match any object id."""

    def __init__(self, rules: SecretRules, cache: BlobCache) -> None:
        self.rules = rules
        self._cache = cache
        # bytes are matched, not characters: gaps counted in characters may be longer
        every = {n: _ANY_DOTS.sub("(?s:.)*", rule.pattern).encode() for n, rule in enumerate(rules.rules)}
        every |= {_ENCODED + n: pattern for n, pattern in enumerate(LOOK.values())}
        first = {n: p for n, p in every.items() if n >= _ENCODED or rules.rules[n].id not in _LOOSE}
        words = sorted({word for rule in rules.rules if rule.id in _LOOSE for word in rule.keywords})
        first |= {2 * _ENCODED + n: b"(?i)" + re.escape(word) for n, word in enumerate(words)}
        self._first = Patterns(first, cache)
        self._skipped: dict[str, bool] = {}
        self._left = {n: p for n, p in every.items() if n not in first}
        self._loose: Patterns | None = None

    def candidates(self, diff: CommitDiff) -> Iterator[Candidate]:
        """The candidates among the lines that a commit added."""
        heard = self._first.hits(bare(diff.patch))
        for file, touched in _touched(diff, heard):
            if touched and not self._skips(file.path):
                for line, text in added_runs(body(diff.patch, file.start, file.end)):
                    yield from self._parts(file.path, line, text)

    def candidates_of_blob(self, path: str, content: bytes) -> Iterator[Candidate]:
        """The candidates in the content of the file ``path``."""
        if not self._skips(path) and self._first.hits(content) != {}:
            yield from self._parts(path, 1, content)

    def _skips(self, path: str) -> bool:
        if path not in self._skipped:
            self._skipped[path] = self.rules.skips(path)
        return self._skipped[path]

    def _parts(self, path: str, line: int, text: bytes) -> Iterator[Candidate]:
        hits = self._hits(path, text)
        if hits is None or hits.ends or hits.encoded:
            for start, end in _pieces(text, hits):
                piece = text[start:end]
                broken = self._broken(path, piece, self._hits(path, piece) if len(piece) < len(text) else hits)
                if broken:
                    yield Candidate(path, line + text.count(b"\n", 0, start), piece, broken)

    def _broken(self, path: str, text: bytes, hits: _Hits | None) -> frozenset[str]:
        """The rules that match ``text``, as it is or decoded, however often."""
        broken: set[str] = set()
        for _ in range(DEPTH):
            if hits is None:
                break
            broken |= hits.rules
            plain = decoded(text, hits.encoded) if hits.encoded else None
            if plain is None:
                return frozenset(broken)
            text, hits = plain, self._hits(path, plain)
        return frozenset(rule.id for rule in self.rules.rules) if hits is None else frozenset(broken | hits.rules)

    def _hits(self, path: str, text: bytes) -> _Hits | None:
        """What matches in ``text`` of what applies there; None when there is too much to tell."""
        heard = self._first.hits(text)
        more = self._loosely(text) if heard is not None else None
        if heard is None or more is None:
            return None
        heard = {n: ends for n, ends in {**heard, **more}.items() if n < 2 * _ENCODED}
        lowered = text.lower() if heard else b""
        hits = _Hits(set(), set(), set())
        for number, ends in heard.items():
            if number >= _ENCODED:
                hits.encoded.update(end - 1 for end in ends)
            elif _applies(self.rules.rules[number], path, lowered):
                hits.rules.add(self.rules.rules[number].id)
                hits.ends.update(ends)
        return hits

    def _loosely(self, text: bytes) -> dict[int, set[int]] | None:
        """What of the rules that match any object id matches in ``text``."""
        if self._loose is None and self._left:
            self._loose = Patterns(self._left, self._cache)
        return self._loose.hits(text) if self._loose is not None else {}


@dataclass(frozen=True, slots=True)
class _Hits:
    """The rules that match, where their matches end, and where encoded text does."""

    rules: set[str]
    ends: set[int]
    encoded: set[int]


def _touched(diff: CommitDiff, heard: Mapping[int, set[int]] | None) -> Iterator[tuple[FileDiff, bool]]:
    """Each file of a commit, and whether a match in the bare patch ends in its part; all of them when that is not known."""
    waiting = sorted(set[int]().union(*(heard or {}).values()))
    at = bare_at = number = 0
    for file in diff.files if heard != {} else ():
        bare_at += file.end - at - diff.patch.count(MARK, at, file.end)
        at = file.end
        before = number
        while number < len(waiting) and waiting[number] <= bare_at:
            number += 1
        yield file, heard is None or number > before


def _applies(rule: Rule, path: str, lowered: bytes) -> bool:
    if rule.path is not None and not rule.path.search(path):
        return False
    return not rule.keywords or any(word in lowered for word in rule.keywords)


def _pieces(text: bytes, hits: _Hits | None) -> Iterator[tuple[int, int]]:
    """Where the pieces of ``text`` begin and end that hold ``hits`` with room on both sides; at line ends if any is near."""
    if len(text) <= WHOLE_BYTES:
        yield 0, len(text)
        return
    ends = range(0, len(text), _STEP_BYTES) if hits is None else hits.ends | hits.encoded
    for number in sorted({max(0, end - _BEFORE_BYTES) // _STEP_BYTES for end in ends}):
        start = number * _STEP_BYTES
        end = min(len(text), start + WHOLE_BYTES)
        before = text.rfind(b"\n", max(0, start - _LINE_BYTES), start)
        after = text.find(b"\n", end, end + _LINE_BYTES)
        yield (before + 1 if before >= 0 else start), (after + 1 if after >= 0 else end)
