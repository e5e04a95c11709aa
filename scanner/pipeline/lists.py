"""Targets written in a file, one a line."""

from __future__ import annotations

import re
from pathlib import Path

from scanner.core.evidence import Unreadable, Why
from scanner.core.text import clean
from scanner.files import read_plain
from scanner.git import is_url

_MAX_BYTES = 4 * 1024**2
_MAX_TARGETS = 20_000
_LONGEST_URL = 2_000
_PREFIX = "list:"


def list_file(target: str) -> Path | None:
    """The file that ``target`` names as a list ("@repos.txt", "list:FILE", or a file that ends in .txt); None if it is none."""
    if target.startswith("@") and len(target) > 1:
        return Path(target[1:])
    if target.startswith(_PREFIX):
        return Path(target.removeprefix(_PREFIX))
    try:
        return Path(target) if target.endswith(".txt") and not is_url(target) and Path(target).is_file() else None
    except (OSError, ValueError):
        return None


def read_list(path: Path) -> list[str]:
    """The targets of a list in order: ``#`` begins a comment, relative paths start from the list's folder.

    Raises Unreadable when the file cannot be read or is no text.
    """
    try:
        raw = read_plain(path, _MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(
            Why.UNREACHABLE, f"the list cannot be read: {error.strerror}", "check the path of the list"
        ) from None
    if len(raw) > _MAX_BYTES or b"\0" in raw:
        raise Unreadable(Why.UNSUPPORTED, "that is no list of targets", "give a text file with one target a line")
    lines = raw.decode("utf-8-sig", "surrogateescape").splitlines()
    targets = [text for line in lines if (text := re.sub(r"(^|\s)#.*", "", line).strip())]
    if len(targets) > _MAX_TARGETS:
        raise Unreadable(Why.TOO_LARGE, f"the list has more than {_MAX_TARGETS:,} targets", "split the list")
    return [_from(path.parent, target) for target in dict.fromkeys(targets)]


def _from(folder: Path, target: str) -> str:
    """``target`` with a path that starts from ``folder``; what reads as no path stays as it is."""
    if is_url(target) or re.match(r"\w{2,}:", target) or list_file(target) is not None:
        return target
    return str(folder / target)


def without_secrets(text: str) -> str:
    """``text`` for people: without what stands where a URL has its user and password."""
    if "@" in text[_LONGEST_URL:]:
        return "a text too long to be shown"
    return clean(re.sub(r"(:/+)\S*@|^[^/@\s:]*:(?!/)\S*@", r"\1", text[:_LONGEST_URL]), 300)
