"""The same scan again: when all that a scan is a function of stands as a finished one found it, its report is the answer.

What other scans wrote to the database since matters only where a scan of this engagement is compared with it.

Only scans of local repositories, offline, are remembered, and only those whose every repository was read whole. What
they are a function of is named by `key_of` from small files alone: refs, not objects, since a ref names its objects
by their content. So objects that are deleted or damaged after a scan are not noticed until a ref, a pack, the date,
the settings or the code changes. Whatever is odd or in doubt means that the scan is made as if nothing were remembered.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from scanner.core.evidence import Unreadable
from scanner.git import find_git_dir
from scanner.pipeline.code import code_digest, tool_version
from scanner.pipeline.history import history_of
from scanner.pipeline.settings import settings_key
from scanner.pseudonyms import Pseudonyms, load_key

_FORM = 2
"""The form of what is remembered; another one is not read."""
_KEPT = 64
"""Notes kept, newest first."""
_DEPTH = 2
"""Folders of repositories are looked into so deep, as when repositories are looked for."""
_MOST_FOLDERS = 5_000
_LARGEST_BYTES = 64 * 1024 * 1024
"""Largest file that is compared; a larger one is in doubt."""
_LARGEST_NOTE_BYTES = 1_000_000


class _InDoubt(Exception):
    """Something is not as simple as it must be for a scan to be remembered."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a scan of local repositories is a function of, as its command names it. ``keys`` holds the pseudonym keys.

    ``options`` are the command's other options by name; one that is a path stands for what the file holds.
    """

    targets: tuple[str, ...]
    as_of: date
    engagement: Path | None
    advisories: Path | None
    database: str
    keys: Path
    cache: Path
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where scans are remembered."""
        return self.cache / "unchanged"

    @property
    def reports(self) -> Path:
        """Where rendered reports are kept."""
        return self.cache / "reports"


@dataclass(frozen=True, slots=True)
class File:
    """A report as it was written: its name, the name under which it is kept, and the SHA-256 (hex) of its bytes."""

    name: str
    kept: str
    digest: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a finished scan told: its number, the summary's words on the score, how many repositories, the warnings.

    The rest is what conditions ask: the score of the whole (None: not assessable), the level of each stage, and the
    (severity, status) pairs that its findings have.
    """

    scan: int
    words: str
    repositories: int
    warnings: tuple[str, ...]
    score: float | None = None
    levels: tuple[tuple[str, int | None], ...] = ()
    findings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """What a scan that need not be made again has to tell: ``reports`` are names and bytes of its files."""

    told: Told
    reports: tuple[tuple[str, bytes], ...]


def key_of(inputs: Inputs) -> str:
    """SHA-256 (hex) over everything a scan of ``inputs`` reads but its history and the key of pseudonyms; empty when in doubt."""
    try:
        parts = [
            _FORM, inputs.as_of.isoformat(), inputs.database, tool_version(),
            code_digest("scanner", "collectors", "analyzers", "scoring", "reports"),
            settings_key(offline=True, advisories=inputs.advisories),
            _given(inputs.engagement),
            [[name, _given(value)] for name, value in sorted(inputs.options.items())],
            [_target(target) for target in sorted(set(inputs.targets))],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    except (_InDoubt, Unreadable, OSError, ValueError):
        return ""


def remember(
    inputs: Inputs,
    key: str,
    engagement: str,
    told: Told,
    history: str,
    published: bytes,
    files: Mapping[str, File],
) -> None:
    """Keep what the finished scan of ``key`` told, and where its ``files`` are, by format; failing to is no failure.

    ``history`` is what the scan was compared with (`history_of`), ``published`` the scan's JSON. Files of another scan that published the same
    stay remembered. What is kept is no more secret than the reports, and readable by its owner alone.
    """
    with suppress(Unreadable, OSError, ValueError):
        path = inputs.folder / f"{key}.json"
        same = hashlib.sha256(published).hexdigest()
        before = _note(path)
        older = before.files if before is not None and before.published == same else {}
        note = _Note(engagement, _people(inputs.keys, engagement), told, history, same, {**older, **files})
        keep_note(path, json.dumps({"form": _FORM, **asdict(note)}, sort_keys=True).encode())


def keep_note(path: Path, content: bytes) -> None:
    """Write a note, for its owner alone, whole or not at all; the oldest beside it go. OSError when it cannot be kept."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
    for old in sorted(path.parent.iterdir(), key=lambda p: p.stat().st_mtime_ns, reverse=True)[_KEPT:]:
        old.unlink()


def remembered(inputs: Inputs, key: str, formats: Sequence[str]) -> Again | None:
    """What the finished scan of ``key`` told, with its reports in ``formats``; None when it has to be made."""
    if not key or not formats:
        return None
    try:
        note = _note(inputs.folder / f"{key}.json")
        if note is None or not note.history or note.history != history_of(inputs.database, note.told.scan):
            return None
        if note.people != _people(inputs.keys, note.engagement):
            return None
        files = [note.files[name] for name in formats]
        return Again(note.told, tuple((file.name, _kept(inputs.reports, file)) for file in files))
    except (_InDoubt, Unreadable, OSError, ValueError, KeyError):
        return None


@dataclass(frozen=True, slots=True)
class _Note:
    """What is written down of a scan. ``people`` tells one key of pseudonyms from another."""

    engagement: str
    people: str
    told: Told
    history: str
    published: str
    files: Mapping[str, File]


def _note(path: Path) -> _Note | None:
    """What is written at ``path``; None when nothing is, or nothing that can be relied on."""
    with suppress(OSError, ValueError, RecursionError):
        with path.open("rb") as file:
            read = json.loads(file.read(_LARGEST_NOTE_BYTES))
        match read:
            case {
                "form": int(form), "engagement": str(engagement), "people": str(people), "published": str(published),
                "history": str(history), "told": dict(told), "files": dict(files),
            } if form == _FORM:  # fmt: skip
                reports = {_text(name): _file(file) for name, file in files.items()}
                return _Note(engagement, people, _told(told), history, published, reports)
    return None


def _told(value: dict[object, object]) -> Told:
    match value:
        case {
            "scan": int(scan), "words": str(words), "repositories": int(repositories), "warnings": list(warnings),
            "score": (float() | int() | None) as score, "levels": list(levels), "findings": list(findings),
        }:  # fmt: skip
            return Told(
                scan, words, repositories, tuple(map(_text, warnings)), score, tuple(map(_level, levels)), tuple(map(_finding, findings))
            )  # fmt: skip
        case _:
            raise ValueError("not what a scan told")


def _level(value: object) -> tuple[str, int | None]:
    match value:
        case [str(stage), (int() | None) as level]:
            return stage, level
        case _:
            raise ValueError("no level")


def _finding(value: object) -> tuple[str, str]:
    match value:
        case [str(severity), str(status)]:
            return severity, status
        case _:
            raise ValueError("no finding")


def _text(value: object) -> str:
    match value:
        case str():
            return value
        case _:
            raise ValueError("no text")


def _file(value: object) -> File:
    match value:
        case {"name": str(name), "kept": str(kept), "digest": str(digest)} if re.fullmatch(
            r"[\w-]+\.\w+", name
        ) and re.fullmatch(r"[\w-]+\.\w+", kept):
            return File(name, kept, digest)
        case _:
            raise ValueError("no file")


def _kept(folder: Path, file: File) -> bytes:
    content = (folder / file.kept).read_bytes()
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise _InDoubt
    return content


def _people(keys: Path, engagement: str) -> str:
    return Pseudonyms(load_key(keys, engagement)).of("key")


def _given(value: object) -> object:
    """The value of an option: plain text, and the digest of a file."""
    match value:
        case Path():
            return _digest(Path(os.path.realpath(value)))
        case list() | tuple():
            return [_given(one) for one in value]
        case _:
            return None if value is None else str(value)


def _target(target: str) -> list[object]:
    """All that discovery and reading see of a target: where it lies, the folders passed through, each repository's refs."""
    if not target.strip():
        raise _InDoubt
    top = Path(os.path.realpath(target))
    return [str(top), *_below(top, top, _DEPTH)]


def _below(top: Path, folder: Path, depth: int) -> Iterator[object]:
    git_dir = find_git_dir(folder, top)
    if git_dir is not None:
        if git_dir not in (folder, folder / ".git"):
            raise _InDoubt  # a worktree, or a git directory elsewhere
        yield from _repository(git_dir)
        return
    if depth == 0:
        return
    yield [(folder / odd).exists() for odd in (".git", "HEAD")]
    with os.scandir(folder) as entries:
        folders = sorted((entry.name, entry.is_symlink()) for entry in entries if entry.is_dir())
    if len(folders) > _MOST_FOLDERS:
        raise _InDoubt
    yield folders
    for name, is_link in folders:
        if not is_link and not name.startswith("."):
            yield from _below(top, folder / name, depth - 1)


def _repository(git_dir: Path) -> Iterator[object]:
    """The refs of a repository and where they lead, and its packs by name, size and time."""
    if any((git_dir / odd).exists() for odd in ("commondir", "reftable", "objects/info/alternates")):
        raise _InDoubt
    yield str(git_dir)
    for name in ("HEAD", "packed-refs", "shallow"):
        path = git_dir / name
        yield [name, _digest(path) if path.is_symlink() or path.exists() else ""]
    for kind in ("heads", "tags"):
        for folder, folders, files in os.walk(git_dir / "refs" / kind, followlinks=False):
            folders.sort()
            yield [folder, *([name, _digest(Path(folder, name))] for name in sorted(files))]
    with suppress(FileNotFoundError), os.scandir(git_dir / "objects/pack") as entries:
        found = sorted((entry.name, entry.stat(follow_symlinks=False)) for entry in entries)
        yield [[name, stat.st_size, stat.st_mtime_ns] for name, stat in found]


def _digest(path: Path) -> str:
    """SHA-256 (hex) of a small plain file."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST_BYTES:
        raise _InDoubt
    return hashlib.sha256(path.read_bytes()).hexdigest()
