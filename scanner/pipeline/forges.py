"""The forges a scan can speak with: which targets name each, and what opens it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from scanner.core.evidence import Unknown, Why
from scanner.http.forge import Forge, Pseudonyms
from scanner.http.github.client import Github, GithubSettings
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.gitlab import Gitlab, GitlabProjectSource, GitlabSettings

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


def open_forge(settings: ForgeSettings) -> Github | Gitlab:
    """A client of the forge; nothing is asked yet."""
    match settings:
        case GithubSettings():
            return Github(settings)
        case GitlabSettings():
            return Gitlab(settings)
        case _:
            assert_never(settings)


def repository_handle(forge: Forge, full_name: str, pseudonyms: Pseudonyms) -> object:
    """What the collectors of ``forge`` read of one repository; TypeError for a forge that is not known here."""
    match forge:
        case Github():
            return GithubRepositorySource(forge, full_name, pseudonyms)
        case Gitlab():
            return GitlabProjectSource(forge, full_name, pseudonyms)
        case _:
            raise TypeError(f"{type(forge).__name__} is no forge")


def holes_beside(key: str) -> dict[type[object], Unknown]:
    """For a repository of forge ``key``: why the facts that only other forges tell are unknown."""
    told = Unknown(Why.UNSUPPORTED, f"Assay does not read this from {KINDS[key].name}")
    return {kind.source: told for other, kind in KINDS.items() if other != key}
