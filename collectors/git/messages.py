"""What commit messages say: references, form, kinds of work."""

from __future__ import annotations

import re
from datetime import datetime

from collectors.git.kinds import CONVENTIONAL, KINDS, conventional_type, kind_of
from collectors.git.stream import Seen, Window
from scanner.facts.history import CommitMessages

WINDOW_DAYS = 365
POOR_CHARACTERS = 10

_REFERENCE = re.compile(
    r"(?:^|[\s(\[,:;/])(?:#\d{1,8}\b|!\d{1,8}\b|[\w.-]{1,60}[#!]\d{1,8}\b|GH-\d{1,8}\b)"
    r"|/(?:issues|pull|pulls|pull-requests|merge_requests|browse|work_items|_workitems/edit)/[A-Za-z0-9-]{1,30}",
    re.IGNORECASE,
)
TICKET = re.compile(r"(?<![\w-])([A-Z][A-Z0-9]{1,9})-\d{1,6}(?![\w-])")
NOT_TICKETS = frozenset({"UTF", "SHA", "ISO", "CVE", "CWE", "RFC", "AES", "MD", "PEP", "GPL", "LGPL", "AGPL", "UTC", "GMT", "ES",
                          "TLS", "HTTP", "IPV", "ASCII", "CP", "LATIN", "WINDOWS", "PY", "V", "X", "BASE", "INT", "UINT", "FLOAT",
                          "COVID", "RSA", "CRC", "BSD", "MIT", "MPL", "APACHE", "PSR", "WCAG", "SOC", "P"})  # fmt: skip
_STOCK = frozenset({
    "wip", "update", "updates", "updated", "fix", "fixes", "fixed", "bug fix", "bugfix", "minor", "minor fix", "minor fixes",
    "minor changes", "small fix", "small fixes", "some changes", "changes", "cleanup", "clean up", "code cleanup", "refactor", "tests",
    "test", "typo", "fix typo", "fix typos", "more", "stuff", "more stuff", "misc", "tmp", "temp", "work in progress", "initial commit",
    "first commit", "oops", "fix bug", "fix bugs", "bug fixes", "fix test", "fix tests", "fix build", "fix ci", "review comments",
    "address review", "address comments", "address review comments", "pr feedback", "save", "checkpoint", "commit", "merge", "done",
    "update readme", "update readme.md", "fix lint", "lint", "linting", "formatting", "format", "various fixes", "improvements",
})  # fmt: skip
_TRAILER = re.compile(r"^[A-Za-z][A-Za-z-]{1,40}-(?:by|id|on|to|for|with)\s?:", re.IGNORECASE)


class Messages:
    """Reads the messages of human, non-merge commits of 365 days."""

    def __init__(self, as_of: datetime) -> None:
        self._start = Window(as_of).start(WINDOW_DAYS)
        self._commits = self._references = self._conventional = self._bodies = self._poor = self._reverts = 0
        self._kinds = dict.fromkeys(KINDS, 0)
        self._merged = Merged()

    def pass_by(self, seen: Seen) -> None:
        """Follow one commit without counting it."""
        self._merged.pass_on(seen)

    def add(self, seen: Seen) -> None:
        """Count one commit. What a merge with a reference brought in has that reference."""
        vouched = self._merged.pass_on(seen)
        if not seen.human or seen.at < self._start:
            return
        subject, body = seen.commit.subject, seen.commit.body
        self._commits += 1
        self._references += vouched or has_reference(subject) or has_reference(body)
        self._conventional += bool(conventional_type(subject))
        self._bodies += has_body(body)
        self._poor += is_poor(subject)
        self._reverts += is_revert(subject, body)
        kind = kind_of(subject, seen.commit.paths[:201])
        if kind:
            self._kinds[kind] += 1

    def result(self) -> CommitMessages:
        """The fact. Kinds that did not occur are left out."""
        return CommitMessages(
            window_days=WINDOW_DAYS,
            commits=self._commits,
            with_reference=self._references,
            conventional=self._conventional,
            with_body=self._bodies,
            poor_subject=self._poor,
            reverts=self._reverts,
            kinds=tuple((kind, count) for kind, count in sorted(self._kinds.items()) if count),
        )


class Merged:
    """Which commits came in only by merges that refer to a change request, told while the history streams by, newest first.

    Plain is what can be reached from the head without passing from such a merge to what it brought in.
    """

    def __init__(self) -> None:
        self._plain: set[str] = set()
        self._begun = False

    def pass_on(self, seen: Seen) -> bool:
        """Whether a merge above this commit vouches for it."""
        commit = seen.commit
        plain = commit.oid in self._plain or not self._begun
        self._begun = True
        self._plain.discard(commit.oid)
        if plain:
            refers = seen.merge and (has_reference(commit.subject) or has_reference(commit.body))
            self._plain.update(commit.parents[:1] if refers else commit.parents)
        return not plain


def has_reference(text: str) -> bool:
    """Whether ``text`` refers to an issue, ticket or change request. Names such as UTF-8 or CVE-2024 are none."""
    if not text:
        return False
    if _REFERENCE.search(text):
        return True
    return any(match.group(1) not in NOT_TICKETS for match in TICKET.finditer(text))


def has_body(body: str) -> bool:
    """Whether a message says something below its subject, trailers apart."""
    return any(line.strip() and not _TRAILER.match(line.strip()) for line in body.split("\n"))


def is_poor(subject: str) -> bool:
    """Whether a subject is under 10 characters, one word, or a stock phrase (conventional type left out)."""
    match = CONVENTIONAL.match(subject[:100])
    said = subject[match.end() :] if match else subject
    phrase = " ".join(said.lower().strip(" .!?-_:").split())
    return len(subject) < POOR_CHARACTERS or " " not in phrase or phrase in _STOCK


def is_revert(subject: str, body: str) -> bool:
    """Whether a commit takes back another one."""
    lowered = subject.lower()
    return lowered.startswith(('revert "', "revert:", "revert(", "reverts ")) or "This reverts commit " in body
