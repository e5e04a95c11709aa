"""What a scan is said to cost, against what the stand-ins were really asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scanner.demo.forge import ForgeData, IssueRecord, PullRecord, RepositoryRecord, SettingsRecord
from scanner.demo.gitlab_routes import dialect
from scanner.demo.standin import GITHUB, Dialect, StandIn
from scanner.doctor.budget import of_github, of_gitlab
from scanner.doctor.preflight import Cost, Left, cost_lines, told_time
from scanner.http.forge import ListedRepository
from scanner.http.github.client import Github, GithubSettings
from scanner.http.gitlab import Gitlab, GitlabSettings
from scanner.http.secret import Secret
from scanner.pipeline.choice import Choice
from scanner.pipeline.events import Silent
from scanner.pipeline.scan import Request, run_scan
from scanner.places import Places
from tests.builders import AS_OF
from tests.builders_github import ACME, API, TOKEN

GITLAB = dialect(licensed=True)
TYPICAL = replace(
    API, rulesets=(), secrets=API.secrets[:1], settings=SettingsRecord(vulnerability_alerts=True), alerts=()
)
"""Private, with protected branch, pipelines and environments; without the security products that are paid for."""
BUSY = replace(
    TYPICAL, name="busy",
    pulls=tuple(PullRecord(n, "ann", AS_OF - timedelta(hours=n + 1), AS_OF - timedelta(hours=n)) for n in range(1, 251)),
    issues=tuple(IssueRecord(1000 + n, "ann", AS_OF - timedelta(hours=n)) for n in range(1, 31)),
)  # fmt: skip
ACCOUNT = ForgeData(
    ACME, (TYPICAL, BUSY, replace(TYPICAL, name="old", archived=True), RepositoryRecord("copy", fork=True))
)


def scanned(target: str, standin: StandIn, home: Path, **settings: GithubSettings | GitlabSettings) -> tuple[int, int]:
    """REST requests and queries that a scan takes."""
    places = Places(home / "data", home / "cache")
    request = Request(
        (target,), date(2026, 6, 30), places, places.database_url, workers=1, choice=Choice(forge_only=True), **settings
    )  # fmt: skip
    run_scan(request, Silent(), lambda: datetime(2026, 8, 1, tzinfo=UTC))
    rest = sum(name.startswith("GET ") for name in standin.seen)
    return rest, len(standin.seen) - rest


def test_github_is_asked_what_was_reckoned(tmp_path: Path) -> None:
    with StandIn(ACCOUNT, TOKEN, (), GITHUB) as standin:
        settings = GithubSettings(standin.url, Secret(TOKEN))
        with Github(settings) as client:
            cost = of_github(client.repositories("acme"), organisation=True)
        standin.seen.clear()
        asked = scanned("github:acme", standin, tmp_path, github=settings)
    assert (cost.repositories, cost.read) == (4, 2)
    assert (cost.rest, cost.queries) == asked == (2 * 17 + 2 * 1 + 16, 1 + (1 + 1 + 1) + (3 + 1 + 1) + 1)


def test_everything_at_once_stays_within_the_most(tmp_path: Path) -> None:
    with StandIn(ForgeData(ACME, (replace(API, private=False),)), TOKEN) as standin:
        settings = GithubSettings(standin.url, Secret(TOKEN))
        with Github(settings) as client:
            cost = of_github(client.repositories("acme"), organisation=True)
        standin.seen.clear()
        rest, _ = scanned("github:acme", standin, tmp_path, github=settings)
    assert cost.rest < rest == cost.rest_most


def test_gitlab_is_asked_what_was_reckoned(tmp_path: Path) -> None:
    given = ForgeData(ACME, (TYPICAL, replace(TYPICAL, name="web"), *ACCOUNT.repositories[2:]))
    secret: Dialect = GITLAB
    with StandIn(given, "glpat-S3cr3tS3cr3tS3cr3t", (), secret) as standin:
        settings = GitlabSettings(standin.url, Secret("glpat-S3cr3tS3cr3tS3cr3t"))
        with Gitlab(settings) as client:
            cost = of_gitlab(client.repositories("acme"), group=True)
        standin.seen.clear()
        asked = scanned("gitlab:acme", standin, tmp_path, gitlab=settings)
    assert (cost.rest, cost.queries) == asked


def listed(count: int, record: Mapping[str, object] | None = None) -> list[ListedRepository]:
    return [
        ListedRepository(f"acme/r{n}", "", "main", False, False, True, 1, None, record=record) for n in range(count)
    ]


def test_a_thousand_repositories_by_hand() -> None:
    """20 pages of 50; 250 pull requests are 3 pages of 7 points, 40 issues one of 3, 5 releases one of 6."""
    record = {"pullRequests": {"totalCount": 250}, "issues": {"totalCount": 40}, "releases": {"totalCount": 5}}
    cost = of_github(listed(1000, record), organisation=True)
    assert (cost.rest, cost.queries, cost.points) == (17_016, 20 + 5000 + 1, 140 + 30_000 + 1)
    assert of_github(listed(1), organisation=False).queries == 1 + 4
    longest = of_github(listed(1, {"pullRequests": {"totalCount": 99_999}}), organisation=False)
    assert longest.queries == 1 + 10
    assert of_github([], organisation=False).rest == 0


@pytest.mark.parametrize(
    ("rest", "remaining", "seconds"),
    [
        (4000, 5000, 4000 * 0.2 / 8),
        (5000, 5000, 125.0),
        (5001, 5000, 600.0),
        (17_015, 5000, 600.0 + 2 * 3600),
        (17_015, 0, 600.0 + 3 * 3600),
    ],
)
def test_time_is_work_or_the_wait_for_limits(rest: int, remaining: int, seconds: float) -> None:
    """5,000 an hour, the next in ten minutes: 17,015 with 5,000 left need 12,015 more, three resets."""
    cost = Cost(1, 1, rest, rest, 0, 0, rest_left=Left(remaining, 5000, 1600))
    assert cost.seconds(1000.0) == seconds
    assert cost.fits is (rest <= remaining)
    first = next(iter(cost_lines(cost, "points", 1000.0)))
    assert first[1] == ("ok" if cost.fits else "problem")


def test_times_are_told_rounded_up() -> None:
    assert [told_time(s) for s in (0, 89.2, 90, 3600, 7199, 7201)] == [
        "1 s",
        "90 s",
        "2 min",
        "60 min",
        "2 h 0 min",
        "2 h 1 min",
    ]
