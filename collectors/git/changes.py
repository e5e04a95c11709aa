"""The lines and files that each commit changed, read once per commit and kept for ever by its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from collectors.code.secret_scan import secret_scan
from scanner.core.evidence import Unknown, Unreadable
from scanner.diffs import MAX_FILES, CommitDiff
from scanner.repository import Repository
from scanner.stories import Stories, Waiting, tell

_RENAMED = ord("R")


class Changed(NamedTuple):
    """One file of one commit; lines are None in a binary file. ``old_path`` is not empty when it was renamed."""

    path: str
    added: int | None
    deleted: int | None
    old_path: str = ""


class LineReader:
    """Tells the files of a commit, with their lines: at most `MAX_FILES`, a line of text each.

    The text begins with ``R`` when a file was renamed, else with ``-``. Paths hold no tab and no line break: they are escaped.
    """

    name = "commit-lines"
    version = "1"
    wants_patch = False

    def __init__(self) -> None:
        self._told: dict[str, bytes] = {}

    def add(self, diff: CommitDiff) -> None:
        """Take note of one commit."""
        rows = [
            f"{'' if f.added is None else f.added}\t{'' if f.deleted is None else f.deleted}\t{f.path}"
            f"\t{f.old_path if f.old_path != f.path else ''}"
            for f in diff.files[:MAX_FILES]
        ]
        renames = any(f.old_path != f.path for f in diff.files[:MAX_FILES])
        self._told[diff.oid] = "\n".join(["R" if renames else "-", *rows]).encode("utf-8", "backslashreplace")

    def finish(self, *, last: bool = True) -> Mapping[str, bytes]:
        """The rows of each commit since the last call."""
        del last
        told, self._told = self._told, {}
        return told


@dataclass(frozen=True, slots=True)
class Changes:
    """What commits that are no merges changed, by commit id."""

    rows: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    untold: Mapping[str, Unknown] = field(default_factory=dict)

    def of(self, oid: str) -> tuple[Changed, ...] | None:
        """The files of one commit; None when it was not told."""
        text = self.rows.get(oid)
        return None if text is None else tuple(map(_changed, text.decode("utf-8").split("\n")[1:]))

    def renames_of(self, oid: str) -> tuple[Changed, ...]:
        """The renamed files of one commit: most have none, and cost nothing."""
        text = self.rows.get(oid)
        return tuple(c for c in self.of(oid) or () if c.old_path) if text and text[0] == _RENAMED else ()


def _changed(line: str) -> Changed:
    added, deleted, path, old = line.split("\t")
    return Changed(path, int(added) if added else None, int(deleted) if deleted else None, old)


@dataclass(frozen=True, slots=True)
class Read:
    """What the one pass over the diffs told; ``no_secrets`` says why nothing is told of credentials."""

    stories: Stories
    no_secrets: Unknown | None = None


def read_diffs(source: Repository) -> Read:
    """What every commit of every branch and tag changed and gave away, read in one pass over those not known from earlier scans.

    What gitleaks has to judge is told with its last word, when it has seen the tree too: it starts once.

    Raises Unreadable when git cannot be read at all.
    """
    lines = LineReader()
    try:
        stories = tell(source.git, source.cache, source.commit_ids(), (lines, Waiting(source.once(secret_scan))))
        read = Read(stories)
    except Unreadable as problem:  # of gitleaks, it seems: the lines are told without it
        stories = tell(source.git, source.cache, source.commit_ids(), (lines,))
        read = Read(stories, problem.hole)
    source.commits_analysed += stories.fresh
    source.damaged |= bool(stories.untold)
    return read


def changes(source: Repository) -> Changes | Unknown:
    """What every commit changed; a hole when the diffs cannot be read."""
    try:
        stories = source.once(read_diffs).stories
    except Unreadable as problem:
        return problem.hole
    return Changes(stories.told[LineReader.name], stories.untold)
