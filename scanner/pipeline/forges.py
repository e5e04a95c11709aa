"""The forges a scan can speak with: which targets name each, and what opens it."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from scanner.core.evidence import Unknown, Why
from scanner.http.conversation import OnLimit
from scanner.http.forge import Forge, ListedRepository, Pseudonyms
from scanner.http.github.client import Github, GithubSettings
from scanner.http.github.sources import GithubOrganisationSource, GithubRepositorySource
from scanner.http.gitlab import Gitlab, GitlabSettings
from scanner.http.gitlab_sources import GitlabGroupSource, GitlabProjectSource
from scanner.http.kept import Kept
from scanner.http.refused import LimitReached
from scanner.http.traffic import GRAPHQL, REST
from scanner.http.wire import pacing

ForgeSettings = GithubSettings | GitlabSettings


@dataclass(frozen=True, slots=True)
class ForgeKind:
    """A kind of forge: its name, how its targets read, and the handle that its collectors read of one repository."""

    name: str
    usage: str
    names: re.Pattern[str]
    source: type[object]


KINDS: Mapping[str, ForgeKind] = {
    "github": ForgeKind(
        "GitHub", "github:ORG or github:ORG/REPO", re.compile(r"[\w.-]+(/[\w.-]+)?"), GithubRepositorySource
    ),
    "gitlab": ForgeKind(
        "GitLab", "gitlab:GROUP or gitlab:GROUP/PROJECT", re.compile(r"[\w.-]+(/[\w.-]+){0,20}"), GitlabProjectSource
    ),
}
"""By the prefix of their targets."""


def open_forge(settings: ForgeSettings, sleep: Callable[[float], None] = time.sleep) -> Github | Gitlab:
    """A client of the forge, which waits by ``sleep``; nothing is asked yet."""
    match settings:
        case GithubSettings():
            return Github(settings, sleep)
        case GitlabSettings():
            return Gitlab(settings, sleep)
        case _:
            assert_never(settings)


def limited(settings: ForgeSettings) -> LimitReached | None:
    """The limit that makes asking hopeless for now, None when there is none; told from what workers share, unasked."""
    terms = settings.conversation
    if terms.on_limit is OnLimit.HOLE or terms.replay is not None:
        return None
    address = settings.api_url if isinstance(settings, GithubSettings) else settings.url
    pace = pacing(address.rstrip("/"), settings.token, terms)
    for kind in (REST, GRAPHQL):
        block = pace.blocked(kind)
        if block is not None and block.until - time.time() > settings.limits.wait_seconds:
            return LimitReached(block.until, Unknown(Why.RATE_LIMITED, block.detail, "scan again after the limit"))
    return None


def kept_lists(settings: ForgeSettings, cache: Path) -> Kept:
    """The lists kept below ``cache``; none for a recording, which is to be whole, and for a replay, which is to need no other."""
    terms = settings.conversation
    kept = terms.record is None and terms.replay is None
    return Kept(cache / "forge.db" if kept else None, holder_of(settings))


def holder_of(settings: ForgeSettings) -> str:
    """Names the credential and its forge, and tells nothing of either without the user's key."""
    address = settings.api_url if isinstance(settings, GithubSettings) else settings.url
    token = settings.token
    return settings.conversation.namespace(address.rstrip("/"), token.identity if token is not None else "")


def terms_key(settings: ForgeSettings) -> str:
    """Names what an answer of the forge depends on beside the question: whose it is, and whether a recording gives or keeps it."""
    terms = settings.conversation
    return hashlib.sha256(f"{holder_of(settings)}\0{terms.record}\0{terms.replay}".encode()).hexdigest()[:16]


def repository_handle(forge: Forge, listed: ListedRepository, pseudonyms: Pseudonyms, kept: Kept) -> object:
    """What the collectors of ``forge`` read of one repository; TypeError for a forge that is not known here.

    ``kept`` holds the lists that earlier scans read.
    """
    match forge:
        case Github():
            return GithubRepositorySource(forge, listed.full_name, pseudonyms, listed, kept)
        case Gitlab():
            return GitlabProjectSource(forge, listed.full_name, pseudonyms, listed, kept)
        case _:
            raise TypeError(f"{type(forge).__name__} is no forge")


def organisation_handle(forge: Forge, login: str, repositories: int) -> object:
    """What the collectors of ``forge`` read of an organisation or group; TypeError for a forge that is not known here."""
    match forge:
        case Github():
            return GithubOrganisationSource(forge, login, repositories)
        case Gitlab():
            return GitlabGroupSource(forge, login, repositories)
        case _:
            raise TypeError(f"{type(forge).__name__} is no forge")


def holes_beside(key: str) -> dict[type[object], Unknown]:
    """For a repository of forge ``key``: why the facts that only other forges tell are unknown."""
    told = Unknown(Why.UNSUPPORTED, f"Assay does not read this from {KINDS[key].name}")
    return {kind.source: told for other, kind in KINDS.items() if other != key}
