"""What is kept between scans never shows: a rescan finds what a first scan would, and asks less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from collectors.gitlab import change_requests, issues
from scanner.core.collecting import Ask, Collector, Found
from scanner.core.evidence import Unreadable
from scanner.demo.forge import CommentRecord, ForgeData, IssueRecord, PullRecord
from scanner.demo.routes import Asked, Reply
from scanner.demo.standin import Fault, StandIn
from scanner.http.forge import ListedRepository
from scanner.http.gitlab import Gitlab
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.kept import Kept
from tests.builders import AS_OF
from tests.builders_github import REPO, Names, ago, data
from tests.builders_gitlab_estate import PROJECT, speaking

LISTED = ListedRepository("acme/api", "", "main", False, False, True, 0, None, node_id="7")
PULLS = tuple(
    PullRecord(n, "ann", ago(days=300 - n), ago(days=299 - n), ago(days=299 - n), "bob", merge_commit=f"{n:040}")
    for n in range(1, 151)
)
ISSUES = tuple(IssueRecord(n, "ann", ago(days=300 - n), comments=(CommentRecord("bob", ago(days=299 - n)),)) for n in range(1, 151))  # fmt: skip
FULL = data(pulls=PULLS, issues=ISSUES)
BOTH = pytest.mark.parametrize("collector", [change_requests.COLLECTOR, issues.COLLECTOR], ids=lambda c: c.name)


class Forge:
    """A stand-in that changes between scans, and what earlier scans of it left."""

    def __init__(self, gitlab: Gitlab, standin: StandIn, kept: Kept) -> None:
        self.gitlab, self.standin, self.kept = gitlab, standin, kept

    def read(self, collector: Collector[Any], given: ForgeData, *, fresh: bool = False) -> tuple[Found, list[str]]:
        """What a scan of ``given`` finds and asks; a ``fresh`` one knows nothing of those before."""
        self.standin.data = given
        before = len(self.standin.seen)
        kept = None if fresh else self.kept
        source = GitlabProjectSource(self.gitlab, "acme/api", Names(), LISTED, kept)
        (item,) = collector.collect(Ask(REPO, source, AS_OF))
        return item, self.standin.seen[before:]


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Forge]:
    with speaking(FULL, (), licensed=True) as (gitlab, standin), closing(Kept(tmp_path / "forge.db")) as kept:
        yield Forge(gitlab, standin, kept)


def later(records: tuple[Any, ...], number: int, **changes: object) -> tuple[Any, ...]:
    return tuple(replace(r, **changes) if r.number == number else r for r in records)


CHANGES = {
    "nothing": FULL,
    "one more": data(
        pulls=(*PULLS, PullRecord(900, "cy", ago(days=1))), issues=(*ISSUES, IssueRecord(900, "cy", ago(days=1)))
    ),
    "an old one changed": data(
        pulls=later(PULLS, 3, labels=("bug",), updated_at=ago(hours=5)),
        issues=later(ISSUES, 3, labels=("bug",), closed_at=ago(hours=5)),
    ),
    "one deleted": data(pulls=PULLS[:40] + PULLS[41:], issues=ISSUES[:40] + ISSUES[41:]),
    "the newest deleted": data(pulls=PULLS[:-1], issues=ISSUES[:-1]),
    "all deleted": data(pulls=(), issues=()),
}


@BOTH
@pytest.mark.parametrize("change", CHANGES)
def test_a_rescan_finds_what_a_first_scan_would(collector: Collector[Any], change: str, forge: Forge) -> None:
    forge.read(collector, FULL)
    again, _ = forge.read(collector, CHANGES[change])
    assert again == forge.read(collector, CHANGES[change], fresh=True)[0]


@BOTH
def test_a_first_scan_reads_pages_of_100_and_an_unchanged_rescan_none(collector: Collector[Any], forge: Forge) -> None:
    _, first = forge.read(collector, FULL)
    _, again = forge.read(collector, FULL)
    _, changed = forge.read(collector, CHANGES["an old one changed"])
    assert len(first) == 2 + (1 + 2) + (1 + 2), (
        "record and counts; a request and two queries for each page, of 100 and of 51"
    )
    assert again == [f"GET {PROJECT}", "POST /api/graphql Newest"]
    assert len(changed) == 2 + (1 + 2)


@BOTH
def test_an_interrupted_reading_goes_on_at_its_page(collector: Collector[Any], forge: Forge) -> None:
    whole = forge.standin.dialect
    lists: list[str] = []

    def breaking(given: ForgeData, asked: Asked) -> Reply:
        lists.extend([asked.path] if asked.path.endswith(("/merge_requests", "/issues")) else [])
        return whole.answer(given, asked) if len(lists) < 2 else Reply(500, {"message": "500"})

    forge.standin.dialect = replace(whole, answer=breaking)
    with pytest.raises(Unreadable):
        forge.read(collector, FULL)
    forge.standin.dialect = whole
    item, seen = forge.read(collector, FULL)
    assert item == forge.read(collector, FULL, fresh=True)[0]
    assert len(seen) == 2 + (1 + 2), "the second page alone"


@BOTH
@pytest.mark.parametrize("fault", [Fault.WRONG_LEAVES, Fault.TRUNCATED])
def test_a_page_that_cannot_be_understood_is_not_kept(collector: Collector[Any], fault: Fault, forge: Forge) -> None:
    forge.standin.faults = ((re.compile("/(merge_requests|issues)$"), fault),)
    with pytest.raises(Unreadable):
        forge.read(collector, FULL)
    forge.standin.faults = ()
    item, _ = forge.read(collector, FULL)
    assert item == forge.read(collector, FULL, fresh=True)[0]


@BOTH
def test_an_earlier_date_sees_what_was_there_then(collector: Collector[Any], forge: Forge) -> None:
    now, _ = forge.read(collector, FULL)
    earlier = AS_OF - timedelta(days=200)
    read = []
    for kept in (forge.kept, None):
        source = GitlabProjectSource(forge.gitlab, "acme/api", Names(), LISTED, kept)
        (item,) = collector.collect(Ask(REPO, source, earlier))
        read.append(item)
    assert read[0] == read[1]
    assert read[0] != now
