"""Scans of a whole stand-in organisation by GitHub's collectors, with lists kept in between."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from scanner.core.collecting import Ask, Found
from scanner.core.evidence import Unreadable
from scanner.core.subjects import Kind, Subject
from scanner.demo.forge import ForgeData, PullRecord, RepositoryRecord
from scanner.demo.standin import Fault, StandIn
from scanner.http.github.client import Github
from scanner.http.github.series import Series
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.kept import Kept
from scanner.http.shelf import ListName
from tests.builders import AS_OF
from tests.builders_github import ACME, TOKEN, Names, client

LISTED = ("repository", "change_requests", "issues", "releases", "deployments", "milestones", "planning")
"""Modules of the collectors that read what the listing announces."""
COLLECTORS = tuple(importlib.import_module(f"collectors.github.{name}").COLLECTOR for name in LISTED)
Told = dict[str, Found | Unreadable]


class Source(GithubRepositorySource):
    """A repository whose lists are kept under one address, though every stand-in has another port."""

    def _list_name(self, series: Series) -> ListName:
        return replace(super()._list_name(series), forge="https://api.github.example")


@contextmanager
def opened(given: ForgeData, *faults: tuple[str, Fault]) -> Iterator[tuple[Github, StandIn]]:
    """A client, and the stand-in that it asks."""
    with StandIn(given, TOKEN, faults) as standin, closing(client(standin)) as github:
        yield github, standin


def read(github: Github, kept: Path | None, as_of: datetime = AS_OF, target: str = "acme") -> Mapping[str, Told]:
    """What the collectors find in every repository of ``target``, by name and fact; a hole stands for itself."""
    found: dict[str, Told] = {}
    for listed in github.repositories(target):
        with closing(Kept(kept)) as lists:
            source = Source(github, listed.full_name, Names(), listed, lists)
            told: Told = {}
            for collector in COLLECTORS:
                try:
                    for item in collector.collect(Ask(Subject(Kind.REPO, listed.full_name), source, as_of)):
                        told[item.fact_type.__name__] = item
                except Unreadable as problem:
                    told[collector.provides[0].__name__] = problem
            found[listed.full_name] = told
    return found


def scanned(
    given: ForgeData, kept: Path | None, *faults: tuple[str, Fault], as_of: datetime = AS_OF
) -> tuple[Mapping[str, Told], list[str]]:
    """What a scan of ``given`` finds, and the names of the queries that it took."""
    with opened(given, *faults) as (github, standin):
        found = read(github, kept, as_of)
        return found, [name.removeprefix("POST /graphql ") for name in standin.seen if name.startswith("POST")]


def repository(name: str = "api", **fields: object) -> RepositoryRecord:
    """A repository of the stand-in."""
    return replace(RepositoryRecord(name), **fields)


def account(*repositories: RepositoryRecord) -> ForgeData:
    """An organisation with these repositories."""
    return ForgeData(ACME, repositories)


def touched(pulls: tuple[PullRecord, ...], number: int, at: datetime, **changes: object) -> tuple[PullRecord, ...]:
    """``pulls`` after number ``number`` was updated at ``at``."""
    return tuple(replace(p, updated_at=at, **changes) if p.number == number else p for p in pulls)
