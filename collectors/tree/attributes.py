"""What a repository's ``.gitattributes`` state for GitHub's language bar. Statistics may heed it; nothing else does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from collectors.tree.ownership import matches

FILES, LINES, _PATTERN_CHARACTERS = 200, 2_000, 300
_PREFIX = "linguist-"
_NAMES = ("language", "vendored", "generated", "documentation", "detectable")


@dataclass(frozen=True, slots=True)
class Statement:
    """One line: where it holds, and what it says (``linguist-`` left off). None takes back what was said before."""

    segments: tuple[str, ...]
    says: tuple[tuple[str, str | None], ...]


def parse(folder: str, content: bytes) -> tuple[Statement, ...]:
    """The statements of the ``.gitattributes`` in ``folder`` (empty: the root), in order; other attributes are passed over."""
    found = []
    for line in content.decode("utf-8-sig", "replace").splitlines()[:LINES]:
        words = line.split()
        if not words or words[0].startswith(("#", "!", '"', "[")) or len(words[0]) > _PATTERN_CHARACTERS:
            continue
        says = tuple(said for word in words[1:] if (said := _said(word)) is not None)
        if says and "[" not in words[0]:
            found.append(Statement((*(f for f in folder.split("/") if f), *_segments(words[0])), says))
    return tuple(found)


def _said(word: str) -> tuple[str, str | None] | None:
    name, given, value = word.lstrip("-!").partition("=")
    if not name.startswith(_PREFIX) or name.removeprefix(_PREFIX) not in _NAMES:
        return None
    short = name.removeprefix(_PREFIX)
    if word.startswith("!"):
        return short, None
    return short, "false" if word.startswith("-") else value if given else "true"


def _segments(pattern: str) -> tuple[str, ...]:
    """Git's reading: without a slash it may stand anywhere below; a folder alone says nothing of what is in it."""
    parts = tuple(p for p in pattern.split("/") if p)
    return parts if "/" in pattern else ("**", *parts)


def stated(statements: Sequence[Statement], path: str) -> dict[str, str]:
    """What holds for ``path``: later lines override, so deeper files must come later."""
    out: dict[str, str] = {}
    for statement in statements:
        if matches(statement.segments, path):
            for name, value in statement.says:
                if value is None:
                    out.pop(name, None)
                else:
                    out[name] = value
    return out


def ordered(files: Iterable[tuple[str, bytes]]) -> tuple[Statement, ...]:
    """The statements of all files given by folder, the root's first and the deepest last."""
    by_depth = sorted(files, key=lambda f: (f[0].count("/") + bool(f[0]), f[0]))
    return tuple(statement for folder, content in by_depth for statement in parse(folder, content))
