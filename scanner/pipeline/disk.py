"""The space that clones take in the cache: how much there may be, which are given up first, and how to clear them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scanner.core.evidence import Unreadable, Why
from scanner.git import remove
from scanner.locks import alone_in, unused
from scanner.mirrors import STATE, UNFINISHED, size_of

DEFAULT_CACHE_SIZE = "20G"
FREE_BYTES = 256 * 1024**2
"""What a clone leaves free on the disk: the database and the reports of the scan still have to fit."""
_TOLD_BY_FORGES = ("forge.db*", "http/answers.db*")
"""Below the cache: kept lists, and kept answers."""
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}


@dataclass(frozen=True, slots=True)
class KeptClone:
    """A mirror in the cache: its size in bytes and its last use (epoch seconds)."""

    folder: Path
    size: int
    used_at: float


def parse_size(text: str) -> int:
    """Bytes of a size such as "500M", "1.5G" or "20 GiB" (units of 1,024). ValueError for anything else, and for zero."""
    found = re.fullmatch(r"(\d{1,15}(?:\.\d{1,3})?)\s*([KMGT]?)(?:I?B)?", text.strip().upper(), re.ASCII)
    size = int(float(found[1]) * _UNITS[found[2]]) if found else 0
    if size <= 0:
        raise ValueError(f"{text!r} is no size; write 500M, 20G or 1.5T")
    return size


def shown_size(size: int) -> str:
    """``size`` bytes as people read it: "0 MB", "512 MB", "1.4 GB" (units of 1,024)."""
    return f"{size / 1024**3:,.1f} GB" if size >= 1024**3 else f"{size / 1024**2:,.0f} MB"


def kept_clones(mirrors: Path) -> list[KeptClone]:
    """All mirrors, the longest unused first; one that was never whole counts as the oldest."""
    if not mirrors.is_dir():
        return []
    found = [_told(folder) for folder in mirrors.iterdir() if folder.is_dir() and not folder.is_symlink()]
    return sorted(found, key=lambda clone: (clone.used_at, clone.folder.name))


def _told(folder: Path) -> KeptClone:
    state = folder / STATE
    try:
        return KeptClone(folder, int(json.loads(state.read_bytes())["bytes"]), state.stat().st_mtime)
    except (OSError, ValueError, KeyError, TypeError):
        return KeptClone(folder, size_of(folder), 0.0)


def make_room(mirrors: Path, budget: int, incoming: int = 0, spare: Path | None = None) -> None:
    """Give up mirrors, the longest unused first, until the rest and ``incoming`` bytes fit ``budget`` and the disk.

    None is given up that a scan reads or writes, nor ``spare``: what is wanted next.
    """
    clones = kept_clones(mirrors)
    total = sum(clone.size for clone in clones) + incoming
    for clone in clones:
        if total <= budget and _free(mirrors) >= incoming + FREE_BYTES:
            return
        if clone.folder != spare and _give_up(clone.folder):
            total -= clone.size


def require_room(mirrors: Path, incoming: int) -> None:
    """Unreadable(TOO_LARGE) when ``incoming`` bytes exceed what is free on the disk."""
    free = _free(mirrors)
    if free < incoming + FREE_BYTES:
        raise Unreadable(
            Why.TOO_LARGE,
            f"it takes {shown_size(incoming)}, and {shown_size(free)} are free on the disk of the cache",
            "free space on the disk, or set XDG_CACHE_HOME to a larger one",
        )


def require_fit(budget: int, size: int) -> None:
    """Unreadable(TOO_LARGE) when a clone of ``size`` bytes is more than all of them may take."""
    if size > budget:
        raise Unreadable(
            Why.TOO_LARGE,
            f"it takes {shown_size(size)}, and all clones together may take {shown_size(budget)}",
            "raise --cache-size",
        )


def clear(mirrors: Path) -> tuple[int, int]:
    """Remove all mirrors; (how many, how many a scan is using, which stay)."""
    gone = [_give_up(clone.folder) for clone in kept_clones(mirrors)]
    return sum(gone), len(gone) - sum(gone)


def kept_answers(cache: Path) -> tuple[int, int]:
    """Bytes of what forges told and earlier scans keep: of lists, and of answers as they came."""
    lists, answers = (sum(path.stat().st_size for path in cache.glob(names)) for names in _TOLD_BY_FORGES)
    return lists, answers


def clear_answers(cache: Path) -> int:
    """Remove what forges told; how many bytes that were."""
    removed = sum(kept_answers(cache))
    for names in _TOLD_BY_FORGES:
        for path in cache.glob(names):
            path.unlink(missing_ok=True)
    return removed


def _give_up(folder: Path) -> bool:
    """Remove a mirror unless somebody reads or writes it; its locks stay, since another may be waiting for them."""
    locked = folder.with_name(folder.name.removesuffix(UNFINISHED))
    with suppress(Unreadable, OSError), alone_in(locked, 0), unused(folder) as free:
        if free:
            remove(folder)
            return True
    return False


def _free(folder: Path) -> int:
    return shutil.disk_usage(next(_existing(folder))).free


def _existing(folder: Path) -> Iterator[Path]:
    yield from (place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
