"""A repository as it was on a past day, and which of its files bug fixes touched in the year after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from collectors.code import functions
from collectors.git.files import Files
from collectors.git.identity import Identities
from collectors.git.kinds import kind_of
from collectors.git.mailmap import Mailmap
from collectors.git.messages import has_reference
from collectors.git.stream import DAY, Reader, Seen
from collectors.tree import code_size, listing
from scanner.cache import SqliteCache
from scanner.commits import Commit
from scanner.core.collecting import Ask, Collector
from scanner.core.evidence import Fact, Unknown, Unreadable
from scanner.core.subjects import Kind, Subject
from scanner.core.text import decode_path
from scanner.facts.code import Functions
from scanner.facts.history import FileChange
from scanner.facts.tree import CodeSize, Tree
from scanner.git import Git, find_git_dir, view
from scanner.pseudonyms import Pseudonyms
from scanner.repository import Repository, open_repository

YEAR = timedelta(days=365)
HISTORY_DAYS = 1_460
"""Older changes are not looked at by any candidate."""
NARROW_FILES = 10
"""Most files that a fix in the stricter reading changes."""
CODE = ("c", "cc", "cpp", "cs", "cts", "cxx", "go", "h", "hh", "hpp", "java", "js", "jsx", "cjs", "kt", "kts", "lua", "m", "mjs", "mm",
        "mts", "php", "pl", "py", "pyi", "rb", "rs", "scala", "sol", "swift", "ts", "tsx", "vue", "zig")  # fmt: skip
"""Suffixes of files whose renames are followed: of others a mirror may lack the blobs that a comparison reads."""
_KEY = b"validity" * 4
_NO_DEFECT = re.compile(
    r"\b(?:typos?|spelling|grammar|lint(?:er|ing)?|format(?:ting)?|comments?|docs?|docstrings?|documentation|readme|changelog"
    r"|tests?|specs?|flaky|ci|builds?|warnings?|style|rubocop|clippy|ruff|flake8|mypy|types?|typing)\b",
    re.IGNORECASE,
)
"""Words of a subject that speak of a fix to something other than behaviour."""

Renames = dict[str, tuple[tuple[str, str], ...]]
"""Old and new path, by commit."""


@dataclass(frozen=True, slots=True)
class File:
    """One product file on the day. Ages are in days before it, of human commits within `HISTORY_DAYS`, merges left out.

    ``fixes`` counts the commits of the year after that are fixes by `kind_of`; ``narrow_fixes`` those that hold by
    `is_narrow_fix` as well.
    """

    path: str
    lines: int
    complexity: int
    ages: tuple[float, ...]
    fix_ages: tuple[float, ...]
    change: FileChange | None
    fixes: int
    narrow_fixes: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The product files of one repository on one day, with what the year after brought them."""

    repository: str
    day: datetime
    files: tuple[File, ...]


def is_fix(commit: Commit) -> bool:
    """Whether a commit mends a defect, as Assay classifies it: of kind fix or security by type, verb or words."""
    return kind_of(commit.subject, ()) in ("fix", "security")


def is_narrow_fix(commit: Commit) -> bool:
    """The stricter reading: it also refers to an issue or change request, touches few files, and is about behaviour."""
    return (
        is_fix(commit)
        and not _NO_DEFECT.search(commit.subject)
        and len(commit.paths) <= NARROW_FILES
        and (has_reference(commit.subject) or has_reference(commit.body))
    )


def snapshots(name: str, folder: Path, days: tuple[datetime, ...], cache: Path) -> Iterator[Snapshot]:
    """The repository on each of ``days`` that its history reaches."""
    with TemporaryDirectory(prefix="assay-validity-") as scratch:
        git = _view(folder, scratch)
        opened = partial(open_repository, name, git, pseudonyms=Pseudonyms(_KEY), cache=SqliteCache(cache))
        renames = renamed(git)
        latest = opened(as_of=max(days) + YEAR)
        after = [c for c in latest.log() if c.committed_at > (min(days) - YEAR).timestamp() and len(c.parents) < 2]
        for day in days:
            then = opened(as_of=day)
            if then.head and (latest.head_at or day) > day:
                yield _snapshot(then, after[::-1], renames)


def _view(folder: Path, scratch: str) -> Git:
    found = find_git_dir(folder, folder)
    if found is None:
        raise SystemExit(f"{folder} is no repository")
    return view(found, Path(scratch) / "git")


def _snapshot(then: Repository, after: list[Commit], renames: Renames) -> Snapshot:
    tree, size, measured = _content(then)
    lines = {f.path: f.code for f in size.files if f.role == "product" and f.code}
    unread = {path for path, _ in measured.unparsed}
    paths = [e.path for e in tree.entries if functions.measurable(e) and e.path in lines and e.path not in unread]
    complexity = dict.fromkeys(paths, 0)
    for function in measured.functions:
        if function.path in complexity:
            complexity[function.path] += function.complexity
    ages, fix_ages, changes = _history(then, tuple(e.path for e in tree.entries), renames)
    fixes, narrow = _fixes(then, after, renames)
    return Snapshot(
        then.name,
        then.as_of,
        tuple(
            File(p, lines[p], complexity[p], tuple(ages.get(p, ())), tuple(fix_ages.get(p, ())), changes.get(p),
                 fixes.get(p, 0), narrow.get(p, 0))
            for p in paths
        ),
    )  # fmt: skip


def _content(then: Repository) -> tuple[Tree, CodeSize, Functions]:
    known: dict[type[Fact], Fact] = {}
    for collector in (listing.COLLECTOR, code_size.COLLECTOR, functions.COLLECTOR):
        known.update(_collected(collector, Ask(Subject(Kind.REPO, then.name), then, then.as_of, known)))
    ask = Ask(Subject(Kind.REPO, then.name), then, then.as_of, known)
    return ask.fact(Tree), ask.fact(CodeSize), ask.fact(Functions)


def _collected(collector: Collector[Repository], ask: Ask[Repository]) -> dict[type[Fact], Fact]:
    out: dict[type[Fact], Fact] = {}
    for item in collector.collect(ask):
        if isinstance(item.content, Unknown):
            raise SystemExit(f"{ask.subject.name}: {item.content.detail}")
        out[item.fact_type] = item.content
    return out


def _history(
    then: Repository, paths: tuple[str, ...], renames: Renames
) -> tuple[dict[str, list[float]], dict[str, list[float]], dict[str, FileChange]]:
    """Ages of changes and of fixes by path, and the fact as the collector makes it."""
    identities = Identities(Mailmap(), then.pseudonyms.people)
    numbers = {path: number for number, path in enumerate(paths)}
    reader, files = Reader(identities, numbers), Files(then.as_of, paths)
    ages: dict[str, list[float]] = {}
    fix_ages: dict[str, list[float]] = {}
    for commit in then.log():
        seen = reader.read(commit)
        files.add(seen)
        _note(seen, then.as_of, paths, ages, fix_ages)
        for old, new in renames.get(commit.oid, ()):
            if new in numbers:
                numbers.setdefault(old, numbers[new])
    fact = files.result(identities, then.pseudonyms.of)
    return ages, fix_ages, {change.path: change for change in fact.files}


def _note(
    seen: Seen, as_of: datetime, paths: tuple[str, ...], ages: dict[str, list[float]], fix_ages: dict[str, list[float]]
) -> None:
    age = (as_of.timestamp() - seen.at) / DAY
    if not seen.human or age > HISTORY_DAYS:
        return
    fix = is_fix(seen.commit)
    for number in seen.touched:
        ages.setdefault(paths[number], []).append(round(age, 1))
        if fix:
            fix_ages.setdefault(paths[number], []).append(round(age, 1))


def _fixes(then: Repository, after: list[Commit], renames: Renames) -> tuple[dict[str, int], dict[str, int]]:
    """Fixes of the year by path as it was called on the day; ``after`` comes oldest first."""
    before = set(then.git.run("rev-list", then.head).decode("ascii").split())
    names = {entry.path: entry.path for entry in then.tree()}
    every: dict[str, int] = {}
    narrow: dict[str, int] = {}
    for commit in after:
        if commit.oid in before or commit.committed_at > (then.as_of + YEAR).timestamp():
            continue
        for old, new in renames.get(commit.oid, ()):
            if old in names:
                names.setdefault(new, names[old])
        if not is_fix(commit):
            continue
        for path in {names[path] for path in commit.paths if path in names}:
            every[path] = every.get(path, 0) + 1
            if is_narrow_fix(commit):
                narrow[path] = narrow.get(path, 0) + 1
    return every, narrow


def renamed(git: Git) -> Renames:
    """What each commit renamed among code, as ``git log -M`` pairs files; moves without an edit where a mirror lacks blobs."""
    try:
        return _renamed(git, "-M")
    except Unreadable:
        return _renamed(git, "-M100%")


def _renamed(git: Git, similar: str) -> Renames:
    told: dict[str, list[tuple[str, str]]] = {}
    commit = ""
    asked = ("log", similar, "--diff-filter=R", "--name-status", "-z", "--no-merges", "--format=%x01%H", "HEAD")
    told_by = Git(git.git_dir, {**git.extra_env, "GIT_LITERAL_PATHSPECS": "0"})
    words = told_by.lines(*asked, "--", *(f"*.{suffix}" for suffix in CODE))
    for word in words:
        text = word.lstrip(b"\n")
        if text.startswith(b"\x01"):
            commit = text[1:].decode("ascii", "replace")
        elif text.startswith(b"R"):
            pair = decode_path(next(words, b"")), decode_path(next(words, b""))
            told.setdefault(commit, []).append(pair)
    return {oid: tuple(pairs) for oid, pairs in told.items()}


def januaries(folder: Path, count: int, apart: int) -> tuple[datetime, ...]:
    """The last ``count`` first days of January, ``apart`` years apart, that a whole year of commits follows."""
    with TemporaryDirectory(prefix="assay-validity-") as scratch:
        git = _view(folder, scratch)
        newest, *_ = git.run("log", "-1", "--format=%ct", "HEAD").split()
        roots = git.run("rev-list", "--max-parents=0", "--timestamp", "HEAD").decode("ascii").splitlines()
        first = min(int(root.split()[0]) for root in roots)
    last = datetime.fromtimestamp(int(newest), UTC) - YEAR
    years = range(last.year, 1990, -apart)
    days = (datetime(year, 1, 1, tzinfo=UTC) for year in years)
    return tuple(sorted(day for day in days if day.timestamp() > first + YEAR.total_seconds()))[-count:]
