"""Reading the files of a tree: regular files only, bounded in number and size, each alone when it cannot be read."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Iterator

from scanner.core.evidence import Unknown
from scanner.facts.tree import Tree, TreeEntry
from scanner.repository import BLOB_LIMIT_BYTES, Repository

MAX_FILES = 5_000
"""Most files of one kind that a collector reads (ours: a bound against hostile trees)."""


def candidates(tree: Tree, claims: Callable[[str], bool]) -> tuple[TreeEntry, ...]:
    """Regular, not vendored files whose path ``claims`` accepts, ordered by path, at most `MAX_FILES`."""
    chosen = (e for e in tree.entries if e.kind in ("file", "executable") and e.role != "vendored" and claims(e.path))
    return tuple(sorted(chosen, key=lambda e: e.path)[:MAX_FILES])


def matcher(*patterns: str) -> Callable[[str], bool]:
    """Whether a path matches any `fnmatch` pattern, in lower case; patterns without a slash are tried on its last part."""
    whole, last = (
        re.compile("|".join(fnmatch.translate(p) for p in patterns if ("/" in p) is slashed) or r"(?!)")
        for slashed in (True, False)
    )

    def matches(path: str) -> bool:
        lowered = path.lower()
        return bool(whole.match(lowered) or last.match(lowered.rsplit("/", 1)[-1]))

    return matches


def contents(
    source: Repository, entries: Iterable[TreeEntry], limit_bytes: int = BLOB_LIMIT_BYTES
) -> Iterator[tuple[TreeEntry, bytes | Unknown]]:
    """Each entry with its bytes, or the reason why they could not be read."""
    listed = list(entries)
    for entry, (_, content) in zip(listed, source.read([e.oid for e in listed], limit_bytes), strict=True):
        yield entry, content
