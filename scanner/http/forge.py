"""What all forges have in common: a listed repository, a page of a list, machines' names, pseudonyms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from scanner.http.secret import Secret
from scanner.http.shape import Node

ABSENT = "the repository was not scanned through a forge (give github:ORG or gitlab:GROUP)"
"""What collectors say of a subject that has no such source."""

BOT_NAMES = frozenset({
    "allcontributors", "codecov-commenter", "codecov-io", "coveralls", "dependabot", "dependabot-preview", "fossabot",
    "github-actions", "googlebot", "greenkeeper", "greenkeeperio-bot", "imgbot", "k8s-ci-robot", "mergify", "netlify",
    "pre-commit-ci", "pyup-bot", "renovate", "renovate-bot", "semantic-release-bot", "snyk-bot", "sonarcloud", "stale",
    "vercel", "web-flow", "whitesource-bolt-for-github",
})  # fmt: skip
"""Logins that are known to be machines though a forge may list them as users."""


@dataclass(frozen=True, slots=True)
class ListedRepository:
    """A repository of an account, as the listing tells it. ``size_kb`` is the forge's own figure in KiB, 0 if it gives none.

    ``node_id`` is the forge's lasting name of it, empty if it gives none; ``record`` the listing's whole record (JSON),
    None where the listing tells no more than the fields here.
    """

    full_name: str
    clone_url: str
    default_branch: str
    archived: bool
    fork: bool
    private: bool
    size_kb: int
    pushed_at: datetime | None
    node_id: str = ""
    record: Mapping[str, object] | None = field(default=None, hash=False, repr=False)
    topics: tuple[str, ...] = ()
    visibility: str = ""
    """As the forge says it in small letters ("public", "private", "internal"); empty if it does not."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: its items, whether more follow, and how many there are in all when the forge says so."""

    items: tuple[Node, ...]
    more: bool
    total: int | None


class Pseudonyms(Protocol):
    """Turns an identity into a keyed pseudonym."""

    def of(self, identity: str) -> str:
        """The pseudonym of ``identity``, always the same under one key."""

    def machine(self, identity: str) -> bool | None:
        """Whether the user says that ``identity`` is no person; None when the user says nothing."""


class Forge(Protocol):
    """What a scan asks of any forge before it reads single repositories."""

    @property
    def address(self) -> str:
        """Where it is spoken to."""

    def repositories(self, target: str) -> tuple[ListedRepository, ...]:
        """The repositories that ``target`` names, ordered by name; Unreadable when they cannot be listed."""

    @property
    def unlisted(self) -> int:
        """How many repositories the last listing counted and did not show; 0 where the forge does not count them."""

    def clone_header(self) -> tuple[str, Secret] | None:
        """The address prefix of clones and the HTTP header that opens them, None without a token."""
