"""A rescan of an organisation asks the forge for what has changed, through every layer and in worker processes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from scanner.core.subjects import Subject
from scanner.demo.forge import ForgeData, IssueRecord, OrganisationRecord, PullRecord, RepositoryRecord
from scanner.demo.standin import StandIn
from scanner.facts.forge import ChangeRequests, ForgeRepository, Planning
from scanner.http.github.client import GithubSettings
from scanner.http.secret import Secret
from scanner.pipeline.events import Silent
from scanner.pipeline.scan import Outcome, Request, run_scan
from scanner.places import Places
from scanner.store.store import Store
from tests.builders import AS_OF

TOKEN = "sample-token"
MOMENT = AS_OF - timedelta(days=2)


def scan(standin: StandIn, folder: Path, later_days: int = 0) -> tuple[Outcome, list[str]]:
    """A scan of the organisation, and the GraphQL queries that it took."""
    standin.seen.clear()
    places = Places(folder / "data", folder / "cache")
    as_of = AS_OF.date() + timedelta(days=later_days)
    request = Request(
        ("github:acme",),
        as_of,
        places,
        places.database_url,
        github=GithubSettings(standin.url, Secret(TOKEN)),
        workers=2,
    )
    outcome = run_scan(request, Silent(), lambda: datetime.combine(as_of, time(12), UTC))
    asked = [name.removeprefix("POST /graphql ") for name in standin.seen if name.startswith("POST")]
    return outcome, [name for name in asked if name != "Teams"]


def facts(outcome: Outcome, folder: Path) -> dict[tuple[Subject, str], object]:
    """What the scan stored about repositories from the forge."""
    store = Store(Places(folder / "data", folder / "cache").database_url)
    try:
        wanted = (ChangeRequests, ForgeRepository, Planning)
        return {
            (e.subject, e.fact_type.__name__): e.content for e in store.ledger(outcome.scan.id) if e.fact_type in wanted
        }
    finally:
        store.close()


def test_only_what_changed_is_asked_for_again(tmp_path: Path) -> None:
    gone = (tmp_path / "no clone").as_uri()
    quiet = [
        RepositoryRecord(
            f"r{n:02}", clone_url=gone, has_discussions=True, discussions=n,
            pulls=tuple(PullRecord(k, "ann", MOMENT - timedelta(days=k)) for k in range(1, 4)),
            issues=(IssueRecord(9, "bob", MOMENT),),
        )
        for n in range(6)
    ]  # fmt: skip
    with StandIn(ForgeData(OrganisationRecord("acme"), tuple(quiet)), TOKEN) as standin:
        _, first = scan(standin, tmp_path / "one")
        assert sorted(first) == ["ChangeRequests"] * 6 + ["Issues"] * 6 + ["Listing"]
        assert (tmp_path / "one" / "cache" / "forge.db").stat().st_mode & 0o777 == 0o600
        _, second = scan(standin, tmp_path / "one", 1)
        assert second == ["Listing"]
        busy = replace(quiet[3], pulls=(PullRecord(4, "cy", AS_OF), *quiet[3].pulls))
        standin.data = ForgeData(OrganisationRecord("acme"), (*quiet[:3], busy, *quiet[4:]))
        third, asked = scan(standin, tmp_path / "one", 2)
        assert asked == ["Listing", "ChangeRequests"]
        alone, _ = scan(standin, tmp_path / "other", 2)
        assert len(facts(third, tmp_path / "one")) == 18
        known = {key: content for key, content in facts(third, tmp_path / "one").items() if key[1] != "ChangeRequests"}
        assert known == {k: v for k, v in facts(alone, tmp_path / "other").items() if k[1] != "ChangeRequests"}
