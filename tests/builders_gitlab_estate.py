"""The organisation of `builders_github` on a stand-in GitLab, and what a collector needs to ask it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from scanner.core.collecting import Ask, Collector, Found
from scanner.demo.forge import ForgeData
from scanner.demo.gitlab_routes import dialect
from scanner.demo.standin import Fault, StandIn
from scanner.http.gitlab import Gitlab, GitlabSettings
from scanner.http.gitlab_sources import GitlabGroupSource, GitlabProjectSource
from scanner.http.limits import Limits
from scanner.http.secret import Secret
from tests.builders import AS_OF
from tests.builders_github import DATA, HASTY, ORG, REPO, TIGHT, Names
from tests.builders_hostile import Target

TOKEN = "glpat-S3cr3tS3cr3tS3cr3t"
PROJECT = "/projects/acme%2Fapi"


def client(standin: StandIn, limits: Limits = TIGHT) -> Gitlab:
    """A client of ``standin`` that never really waits."""
    return Gitlab(GitlabSettings(standin.url, Secret(TOKEN), limits), sleep=lambda _: None)


@contextmanager
def speaking(
    given: ForgeData, faults: tuple[tuple[str, Fault], ...], *, licensed: bool
) -> Iterator[tuple[Gitlab, StandIn]]:
    """A client, and the stand-in that answers it."""
    with StandIn(given, TOKEN, faults, dialect(licensed=licensed)) as standin:
        gitlab = client(standin, HASTY if any(fault is Fault.SLOW for _, fault in faults) else TIGHT)
        try:
            yield gitlab, standin
        finally:
            gitlab.close()


@contextmanager
def asking(
    given: ForgeData = DATA, faults: tuple[tuple[str, Fault], ...] = (), *, licensed: bool = True
) -> Iterator[tuple[Ask[GitlabProjectSource], StandIn]]:
    """A question about acme/api, and the stand-in that will answer it."""
    with speaking(given, faults, licensed=licensed) as (gitlab, standin):
        yield Ask(REPO, GitlabProjectSource(gitlab, "acme/api", Names()), AS_OF), standin


@contextmanager
def asking_group(
    given: ForgeData = DATA, faults: tuple[tuple[str, Fault], ...] = (), *, licensed: bool = True
) -> Iterator[tuple[Ask[GitlabGroupSource], StandIn]]:
    """A question about acme, and the stand-in that will answer it."""
    with speaking(given, faults, licensed=licensed) as (gitlab, standin):
        yield Ask(ORG, GitlabGroupSource(gitlab, "acme", 2), AS_OF), standin


def collected(
    collector: Collector[GitlabProjectSource], given: ForgeData = DATA, *, licensed: bool = True
) -> dict[str, Found]:
    """What ``collector`` finds, by the name of the fact."""
    with asking(given, licensed=licensed) as (ask, _):
        return {f.fact_type.__name__: f for f in collector.collect(ask)}


def history(folder: Path, shift: int, until: datetime, changes: int = 60) -> Path:
    """A bare repository with a change every third day up to ``until``, by five people and a machine."""
    made = Target(folder)
    tips: list[str] = []
    for number in range(changes):
        machine = (number + shift) % 11 == 0
        who = b"renovate[bot] <bot@x[bot].io>" if machine else b"Dev <dev%d@acme.io>" % ((number * shift) % 5)
        at = int((until - timedelta(days=3 * (changes - number), hours=shift)).timestamp())
        subject = b"change %d (#%d)\n" % (number, number + 1) if number % 4 else b"change %d\n" % number
        tips = [made.commit(made.files({b"app.py": b"x = %d\n" % number}), tips, subject, at=at, author=who)]
    made.ref(tips[0])
    return folder
