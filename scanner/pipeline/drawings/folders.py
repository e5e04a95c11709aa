"""Paths put together by folder until they are few enough to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scanner.core.text import clean

DEEPEST = 12
"""Folders below this depth are drawn as one."""
_LONGEST = 200
"""Longest path (characters) that a drawing carries."""


def folder_of(path: str, depth: int = DEEPEST) -> str:
    """The folder of ``path``, at most ``depth`` folders deep; empty at the top."""
    return "/".join(path.split("/")[:-1][:depth])


def folded(folders: Sequence[str], most: int) -> dict[str, str]:
    """Each of ``folders`` with the folder that stands for it, as deep as leaves at most ``most`` of them.

    When there are more than ``most`` at the top already, those that hold the fewest become the empty name.
    """
    distinct = sorted(set(folders))
    for depth in range(DEEPEST, 0, -1):
        cut = {folder: _cut(folder, depth) for folder in distinct}
        if len(set(cut.values())) <= most:
            return cut
    held = Counter(_cut(folder, 1) for folder in folders)
    kept = set(sorted(held, key=lambda name: (-held[name], name))[: most - 1])
    return {folder: _cut(folder, 1) if _cut(folder, 1) in kept else "" for folder in distinct}


def shown(path: str) -> str:
    """``path`` as a drawing carries it: safe, and its end kept when it is too long."""
    safe = clean(path, 4 * _LONGEST)
    return safe if len(safe) <= _LONGEST else "…" + safe[1 - _LONGEST :]


def _cut(folder: str, depth: int) -> str:
    return "/".join(folder.split("/")[:depth])
