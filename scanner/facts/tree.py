"""Facts from the tree of the analysed commit: what files there are, how much text, which documents."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from scanner.core.evidence import Fact

Role = Literal["product", "test", "documentation", "configuration", "vendored", "generated", "data", "example"]


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One entry of the tree. ``size_bytes`` is None when the object is missing or damaged."""

    path: str
    oid: str
    kind: Literal["file", "executable", "symlink", "submodule"]
    size_bytes: int | None
    role: Role


@dataclass(frozen=True, slots=True)
class Tree(Fact):
    """The complete listing of the analysed commit: a file that is not here does not exist.

    A listing that had to be cut is not a Tree but a hole.
    """

    commit: str
    entries: tuple[TreeEntry, ...]

    def matching(self, *patterns: str) -> tuple[TreeEntry, ...]:
        """Files whose path matches any pattern: `fnmatch` on the lower-case path, where ``*`` also crosses ``/``.

        A pattern without a slash is tried on the last part of the path alone. Vendored files are left out.
        """
        lowered = [p.lower() for p in patterns]
        whole = [p for p in lowered if "/" in p]
        last = [p for p in lowered if "/" not in p]
        out = []
        for entry in self.entries:
            if entry.role == "vendored" or entry.kind == "submodule":
                continue
            path = entry.path.lower()
            name = path.rsplit("/", 1)[-1]
            if any(fnmatch.fnmatchcase(name, p) for p in last) or any(fnmatch.fnmatchcase(path, p) for p in whole):
                out.append(entry)
        return tuple(out)

    def has(self, *patterns: str) -> bool:
        """Whether any file matches (see `matching`)."""
        return bool(self.matching(*patterns))


@dataclass(frozen=True, slots=True)
class LanguageLines:
    """Lines of one language over product and test files (vendored and generated left out)."""

    language: str
    files: int
    code: int
    comment: int
    blank: int


@dataclass(frozen=True, slots=True)
class FileLines:
    """Lines of one file."""

    path: str
    language: str
    role: Role
    code: int
    comment: int


@dataclass(frozen=True, slots=True)
class CodeSize(Fact):
    """Lines by language (programming languages only) and by file, largest first.

    ``product_code`` and ``test_code`` are code lines; ``set_aside_files`` were vendored or generated;
    ``unread_files`` were too large, missing or binary.
    """

    languages: tuple[LanguageLines, ...]
    files: tuple[FileLines, ...]
    product_code: int
    test_code: int
    set_aside_files: int
    unread_files: int


@dataclass(frozen=True, slots=True)
class Marker:
    """A TODO, FIXME, HACK or XXX in a comment."""

    path: str
    line: int
    kind: str


@dataclass(frozen=True, slots=True)
class Markers(Fact):
    """Self-admitted debt in product code. ``total`` counts all; ``markers`` holds the first 500."""

    total: int
    code_lines: int
    markers: tuple[Marker, ...]


DocumentKind = Literal[
    "readme", "changelog", "contributing", "security-policy", "licence", "code-of-conduct", "decision-record",
    "roadmap", "vision", "runbook", "architecture", "onboarding", "postmortem", "api", "threat-model",
    "disaster-recovery", "privacy", "support", "meeting-notes", "ai-policy", "risk-register", "governance", "style-guide", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """One prose file. ``links_missing`` are relative links or code paths to files that are not in the tree.

    ``last_changed_at`` is the newest commit that touched it, None when history did not tell.
    """

    path: str
    kind: DocumentKind
    title: str
    words: int
    headings: tuple[str, ...]
    code_blocks: int
    links_checked: int
    links_missing: tuple[str, ...]
    last_changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Documents(Fact):
    """Every prose document of the tree (Markdown, reStructuredText, AsciiDoc, plain text by name)."""

    as_of: datetime
    documents: tuple[Document, ...]

    def of(self, *kinds: DocumentKind) -> tuple[Document, ...]:
        """The documents of these kinds."""
        return tuple(d for d in self.documents if d.kind in kinds)


@dataclass(frozen=True, slots=True)
class Ownership(Fact):
    """CODEOWNERS read against the tree. ``present`` is False when there is no such file.

    Shares are of product files, 0 to 1. ``owners`` are teams and people by role only: "team" or "person".
    """

    present: bool
    path: str
    rules: int
    unparsed_lines: int
    files: int
    files_owned: int
    teams: int
    people: int
