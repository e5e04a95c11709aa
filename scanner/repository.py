"""One repository as collectors see it: refs, the commit stream, the tree, blobs by object id. Nothing is checked out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from scanner.cache import BlobCache, NoCache, blob_key
from scanner.commits import Commit, commits, seconds_of
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.core.text import clean, decode_path
from scanner.facts.tree import TreeEntry
from scanner.git import MAX_REFS, BlobReader, Git
from scanner.pseudonyms import Pseudonyms

T = TypeVar("T")

MAX_ENTRIES = 200_000
"""Most entries of a tree that are listed (ours: above the largest public monorepos seen, 30 MB of listing)."""
BLOB_LIMIT_BYTES = 1_000_000
_KINDS: dict[str, Literal["file", "executable", "symlink", "submodule"]] = {
    "100755": "executable", "120000": "symlink", "160000": "submodule",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry of a tree. ``size_bytes`` is None when the object is missing or damaged."""

    path: str
    oid: str
    mode: str
    kind: Literal["file", "executable", "symlink", "submodule"]
    size_bytes: int | None


@dataclass(frozen=True, slots=True)
class Ref:
    """A branch or tag: its full name, its object, the commit it leads to, that commit's time."""

    name: str
    oid: str
    commit: str
    at: datetime


@dataclass(slots=True)
class Repository:
    """A repository at one commit: the newest first-parent commit of the default branch not after ``as_of``."""

    name: str
    git: Git
    as_of: datetime
    pseudonyms: Pseudonyms = field(repr=False)
    cache: BlobCache = field(default_factory=NoCache, repr=False)
    head: str = ""
    default_branch: str = ""
    head_at: datetime | None = None
    shallow: bool = False
    commits_after_as_of: int = 0
    caveats: tuple[str, ...] = ()
    blobs_analysed: int = 0
    commits_analysed: int = 0
    damaged: bool = False
    _made: dict[object, Any] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[[Repository], T]) -> T:
        """What ``make`` says of this repository: made by the first to ask, kept for those who ask after."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def know(self, make: Callable[[Repository], T], said: T) -> None:
        """Take ``said`` for what ``make`` says of this repository, so that nobody need make it."""
        self._made[make] = said

    @property
    def git_dir(self) -> Path:
        """The hardened scratch git directory."""
        return self.git.git_dir

    def refs(self) -> tuple[Ref, ...]:
        """Branches and tags that lead to a readable commit, ordered by name."""
        named = _named(self.git)
        peeled = _peel(self.git, [oid for _, oid in named])
        times = _times(self.git, sorted({c for c in peeled if c}))
        return tuple(
            Ref(name, oid, commit, times[commit])
            for (name, oid), commit in zip(named, peeled, strict=True)
            if commit in times
        )

    def log(self) -> Iterator[Commit]:
        """Every commit reachable from `head` and dated not after ``as_of``, newest first, in one pass.

        Raises Unreadable(CORRUPT) in the middle when an object of the history is missing or damaged.
        """
        if self.head:
            until = self.as_of.timestamp()
            yield from (c for c in commits(self.git, self.head) if c.committed_at <= until)

    def commit_ids(self) -> list[str]:
        """Every commit that is no merge, on any branch or tag, dated not after ``as_of``; newest first."""
        if not self.head:
            return []
        until = f"--until={int(self.as_of.timestamp())}"
        listed = self.git.run("rev-list", "--no-merges", until, "--branches", "--tags", self.head, "--")
        return listed.decode("ascii", "replace").split()

    def tree(self, *, sized: bool = True) -> Iterator[RawEntry]:
        """Every entry of the tree at `head`, its size only if ``sized``; Unreadable(TOO_LARGE) past `MAX_ENTRIES`."""
        if not self.head:
            return
        entries: list[tuple[str, str, str]] = []
        listing = self.git.lines("ls-tree", "-r", "-t", "-z", "--full-tree", self.head)
        for number, raw in enumerate(listing):
            if len(entries) >= MAX_ENTRIES or number >= 2 * MAX_ENTRIES:
                listing.close()
                raise Unreadable(Why.TOO_LARGE, f"the tree has more than {MAX_ENTRIES} entries")
            described, _, path = raw.partition(b"\t")
            mode, kind, oid = described.decode("ascii", "replace").split(" ", 2)
            if kind != "tree":
                entries.append((mode, oid, decode_path(path)))
        sizes = self._sizes([oid for mode, oid, _ in entries if mode != "160000"]) if sized else {}
        for mode, oid, name in entries:
            yield RawEntry(name, oid, mode, _KINDS.get(mode, "file"), sizes.get(oid))

    def _sizes(self, oids: list[str]) -> dict[str, int]:
        distinct = sorted(set(oids))
        answer = self.git.run("cat-file", "--batch-check", stdin="".join(f"{o}\n" for o in distinct).encode())
        sizes: dict[str, int] = {}
        for line in answer.decode("utf-8", "replace").splitlines():
            words = line.split(" ")
            if len(words) == 3 and words[1] == "blob":
                sizes[words[0]] = int(words[2])
        self.damaged |= len(sizes) < len(distinct)
        return sizes

    def read(self, oids: Iterable[str], limit_bytes: int = BLOB_LIMIT_BYTES) -> Iterator[tuple[str, bytes | Unknown]]:
        """The blobs of ``oids`` in their order; a missing, damaged or larger one is Unknown, alone."""
        wanted = list(oids)
        sizes = self._sizes(wanted) if wanted else {}
        reader = BlobReader(self.git)
        try:
            for oid in wanted:
                size = sizes.get(oid)
                if size is None:
                    yield oid, Unknown(Why.CORRUPT, f"object {oid[:12]} is missing or damaged")
                elif size > limit_bytes:
                    yield (
                        oid,
                        Unknown(Why.TOO_LARGE, f"object {oid[:12]} has {size} bytes, over the limit of {limit_bytes}"),
                    )
                else:
                    content = reader.blob(oid)
                    self.damaged |= isinstance(content, Unknown)
                    yield oid, content
        finally:
            reader.close()

    def per_blob(
        self,
        analyzer: str,
        version: str,
        entries: Iterable[TreeEntry],
        parse: Callable[[TreeEntry, bytes], T],
        result: type[T],
        limit_bytes: int = BLOB_LIMIT_BYTES,
    ) -> Iterator[tuple[TreeEntry, T | Unknown]]:
        """``parse`` of every entry's blob, each distinct blob once; kept on disk by object id.

        ``parse`` must depend on the bytes and the entry's suffix and role alone. What it raises makes
        that blob Unknown(UNPARSABLE).
        """
        listed = list(entries)
        adapter: TypeAdapter[T] = TypeAdapter(result)
        keys = {e.path: blob_key(e.oid, analyzer, version, _suffix(e.path), e.role) for e in listed}
        kept = self.cache.get(set(keys.values()))
        done: dict[bytes, T | Unknown] = {}
        for key, stored in kept.items():
            with suppress(ValidationError):
                done[key] = adapter.validate_json(stored)
        missing: dict[bytes, TreeEntry] = {}
        for entry in listed:
            if keys[entry.path] not in done:
                missing.setdefault(keys[entry.path], entry)
        fresh: dict[bytes, bytes] = {}
        blobs = self.read([e.oid for e in missing.values()], limit_bytes)
        for (key, entry), (_, content) in zip(missing.items(), blobs, strict=True):
            outcome = content if isinstance(content, Unknown) else _parsed(parse, entry, content)
            self.blobs_analysed += 1
            if not isinstance(outcome, Unknown):
                try:
                    fresh[key] = adapter.dump_json(outcome)
                except ValueError as error:  # such as a lone surrogate, which a JSON text can hold and UTF-8 cannot
                    outcome = Unknown(Why.UNPARSABLE, f"{type(error).__name__} while keeping it")
            done[key] = outcome
        self.cache.put(fresh)
        for entry in listed:
            yield entry, done[keys[entry.path]]

    @contextmanager
    def folder(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[Path, dict[str, TreeEntry]]]:
        """A private temporary folder with the regular files among ``entries``, under names of ours.

        Yields the folder and a mapping from file name to entry; what could not be read is not in it.
        """
        regular = [e for e in entries if e.kind in ("file", "executable")]
        with tempfile.TemporaryDirectory(prefix="assay-files-") as made:
            folder = Path(made)
            names: dict[str, TreeEntry] = {}
            for number, (entry, (_, content)) in enumerate(
                zip(regular, self.read([e.oid for e in regular]), strict=True)
            ):
                if isinstance(content, bytes):
                    name = f"f{number:06d}{_safe_suffix(entry.path)}"
                    (folder / name).write_bytes(content)
                    names[name] = entry
            yield folder, names


def open_repository(
    name: str, git: Git, as_of: datetime, pseudonyms: Pseudonyms, cache: BlobCache | None = None
) -> Repository:
    """The repository behind ``git`` at ``as_of``. Raises Unreadable when not even its head can be read."""
    repository = Repository(name, git, as_of, pseudonyms, cache or NoCache())
    repository.shallow = (git.git_dir / "shallow").is_file()
    branch, tip, caveat = _default_branch(git)
    caveats = [caveat] if caveat else []
    if repository.shallow:
        caveats.append("shallow clone: history before its boundary is not here")
    if len(_named(git)) >= MAX_REFS:
        caveats.append(f"more than {MAX_REFS:,} branches and tags: the rest was left out")
    repository.default_branch = branch
    if tip:
        newest, repository.head_at = _newest(git, tip, as_of)
        try:
            repository.commits_after_as_of = _later(git, tip, as_of)
        except Unreadable:
            caveats.append("the history is damaged: commits dated after the assessment's date were not counted")
        if not newest:
            caveats.append("every commit on the default branch is dated after the assessment's date")
        elif later := repository.commits_after_as_of:
            caveats.append(f"{later} commits dated after the assessment's date were left out")
        repository.head = newest
    repository.caveats = tuple(caveats)
    return repository


def _newest(git: Git, tip: str, as_of: datetime) -> tuple[str, datetime | None]:
    """The newest first-parent commit of ``tip`` that is not dated after ``as_of``, and its time; ("", None) when all are."""
    at = _times(git, [tip])[tip]
    if at <= as_of:
        return tip, at
    found = git.run("rev-list", "--first-parent", "-1", f"--before={int(as_of.timestamp())}", tip).decode().strip()
    return found, _times(git, [found]).get(found) if found else None


def _later(git: Git, tip: str, as_of: datetime) -> int:
    """How many commits of ``tip`` are dated after ``as_of``, also those with a wrong clock behind older ones."""
    return int(git.run("rev-list", "--count", f"--since-as-filter={int(as_of.timestamp()) + 1}", tip))


def _default_branch(git: Git) -> tuple[str, str, str]:
    """(branch name, tip commit, caveat); an empty tip when no branch has a commit."""
    head = (git.git_dir / "HEAD").read_text("utf-8").strip()
    branches = {name.removeprefix("refs/heads/"): oid for name, oid in _named(git) if name.startswith("refs/heads/")}
    if not head.startswith("ref: "):
        if _peel(git, [head])[0]:
            return "", head, "HEAD is detached: the commit it names was analysed"
        head = "ref: refs/heads/missing-head"
    named = head.removeprefix("ref: refs/heads/")
    if named in branches:
        if not _peel(git, [branches[named]])[0]:
            raise Unreadable(Why.CORRUPT, f"the newest commit of branch {clean(named, 60)} is missing or damaged")
        return clean(named, 100), branches[named], ""
    usable = [
        b
        for b in ("main", "master", "trunk", "develop", *sorted(branches))
        if b in branches and _peel(git, [branches[b]])[0]
    ]
    if usable:
        said = f"HEAD names no existing branch; {clean(usable[0], 60)} was analysed"
        return clean(usable[0], 100), branches[usable[0]], said
    return clean(named, 100), "", "no branch has a commit"


def _named(git: Git) -> list[tuple[str, str]]:
    """Names and object ids of the copied branches and tags, ordered by name."""
    lines = (git.git_dir / "packed-refs").read_text("utf-8").split("\n")
    return [(name, oid) for oid, _, name in (line.partition(" ") for line in lines) if name.startswith("refs/")]


def _peel(git: Git, oids: list[str]) -> list[str]:
    """For each object id the commit it leads to, empty when there is none."""
    if not oids:
        return []
    answer = git.run("cat-file", "--batch-check", stdin="".join(f"{o}^{{commit}}\n" for o in oids).encode())
    lines = answer.decode("utf-8", "replace").splitlines()
    return [line.split(" ")[0] if line.count(" ") == 2 and " commit " in line else "" for line in lines]


def _times(git: Git, commits: list[str]) -> dict[str, datetime]:
    if not commits:
        return {}
    answer = git.run(
        "log", "--no-walk=unsorted", "--stdin", "--format=%H %ct", stdin="".join(f"{c}\n" for c in commits).encode()
    )
    pairs = (line.split(" ") for line in answer.decode().splitlines())
    return {oid: _instant(seconds) for oid, seconds in pairs}


def _instant(seconds: str) -> datetime:
    """A Unix time in UTC, held within the years 1970 to 9999."""
    return datetime.fromtimestamp(seconds_of(seconds), UTC)


def _suffix(path: str) -> str:
    name = PurePosixPath(path).name
    return PurePosixPath(name).suffix.lower() or name.lower()


def _safe_suffix(path: str) -> str:
    suffix = PurePosixPath(path).suffix
    return suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= 12 else ""


def _parsed(parse: Callable[[TreeEntry, bytes], T], entry: TreeEntry, content: bytes) -> T | Unknown:
    try:
        return parse(entry, content)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a parser on a stranger's file may fail in any way; it costs this file alone
        return Unknown(Why.UNPARSABLE, f"{type(error).__name__} while reading it")
