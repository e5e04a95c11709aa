"""Which repositories of an organisation are looked at and how closely, through every layer and in worker processes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scanner.core.evidence import Unknown, Why
from scanner.core.subjects import Kind, Subject
from scanner.demo.forge import ForgeData, OrganisationRecord, PullRecord, RepositoryRecord
from scanner.demo.standin import Fault, StandIn
from scanner.facts.forge import ChangeRequests, ForgeRepository
from scanner.facts.history import RepositoryProfile
from scanner.http.github.client import GithubSettings
from scanner.http.limits import Limits
from scanner.http.secret import Secret
from scanner.mirrors import STATE
from scanner.pipeline.choice import Choice
from scanner.pipeline.disk import kept_clones
from scanner.pipeline.events import Silent
from scanner.pipeline.scan import Outcome, Request, run_scan
from scanner.places import Places
from scanner.store.store import Store
from tests.builders_hostile import WHEN, Target, git

TOKEN = "sample-token"
AS_OF = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


class Interrupted(Exception):
    """The scan's process dies."""


class Dying(Silent):
    """Dies when the scan comes to ``at``."""

    def __init__(self, at: str) -> None:
        self.at = at

    def step(self, name: str) -> None:
        if name == self.at:
            raise Interrupted


def _repository(folder: Path, name: str, days_ago: int = 10, **given: object) -> RepositoryRecord:
    """A record whose clone is a real repository below ``folder``."""
    made = Target(folder / f"{name}.git")
    made.ref(made.commit(made.files({b"app.py": b"x = 1\n", b"name": name.encode()}), [], at=WHEN))
    pull = PullRecord(1, "ann", NOON - timedelta(days=20), merged_at=NOON - timedelta(days=19))
    record = RepositoryRecord(name, made.path.as_uri(), pushed_at=NOON - timedelta(days=days_ago), pulls=(pull,))
    return replace(record, **given)


@pytest.fixture
def forge(tmp_path: Path) -> StandIn:
    srv = tmp_path / "srv"
    repositories = (
        _repository(srv, "api", 1, topics=("core",)), _repository(srv, "web", 2), _repository(srv, "old", archived=True),
        _repository(srv, "copy", fork=True), _repository(srv, "sleepy", 400),
    )  # fmt: skip
    return StandIn(ForgeData(OrganisationRecord("acme"), repositories), TOKEN)


def _request(forge: StandIn, home: Path, choice: Choice) -> Request:
    places = Places(home / "data", home / "cache")
    settings = GithubSettings(forge.url, Secret(TOKEN), Limits(tries=1, wait_seconds=1))
    return Request(("github:acme",), AS_OF, places, places.database_url, github=settings, workers=1, choice=choice)


def _scan(forge: StandIn, home: Path, choice: Choice | None = None) -> Outcome:
    forge.seen.clear()
    return run_scan(_request(forge, home, choice or Choice()), Silent(), lambda: NOON)


def _clones(home: Path) -> int:
    return len(kept_clones(home / "cache" / "mirrors"))


def _classes(outcome: Outcome) -> dict[str, str]:
    return {p.subject.name.removeprefix("acme/"): p.repo_class for p in outcome.assessment.profiles}


def _ended(outcome: Outcome) -> dict[str, str]:
    return {subject.name.removeprefix("acme/"): ending for subject, ending, _ in outcome.endings}


def _told(outcome: Outcome, home: Path, name: str, fact: type) -> object:
    store = Store(Places(home / "data", home / "cache").database_url)
    try:
        item = store.ledger(outcome.scan.id).get(Subject(Kind.REPO, f"acme/{name}"), fact)
        return item.content if item is not None else None
    finally:
        store.close()


def test_archived_ones_and_forks_are_listed_and_not_cloned(forge: StandIn, tmp_path: Path) -> None:
    with forge:
        outcome = _scan(forge, tmp_path)
        assert _classes(outcome) == {
            "api": "active",
            "copy": "fork",
            "old": "archived",
            "sleepy": "active",
            "web": "active",
        }
        assert _clones(tmp_path) == 3
        assert set(_ended(outcome).values()) == {"read"}
        assert {p.weight for p in outcome.assessment.profiles if p.repo_class in ("fork", "archived")} == {0.0}
        assert isinstance(_told(outcome, tmp_path, "old", ForgeRepository), ForgeRepository)
        hole = _told(outcome, tmp_path, "old", RepositoryProfile)
        assert isinstance(hole, Unknown)
        assert (hole.why, hole.closes) == (Why.NOT_REQUESTED, "scan with --archived")
        assert [name for name in forge.seen if "/acme/old" in name] == ["GET /repos/acme/old/community/profile"]
        _scan(forge, tmp_path, Choice(archived=True, forks=True))
        assert _clones(tmp_path) == 5


def test_what_was_left_out_stands_in_the_report(forge: StandIn, tmp_path: Path) -> None:
    with forge:
        outcome = _scan(forge, tmp_path, Choice(exclude=("copy",), archived=False, sample=1))
        assert _classes(outcome) == {"api": "active"}
        words = "1 of 5 repositories were looked at, by choice; left out: 1 archived; 1 fitting --exclude copy; 2 not among the 1 most recently pushed"
        assert words in {gap.detail for gap in outcome.assessment.gaps if gap.why is Why.PARTIAL}
        assert dict(outcome.assessment.estate)["Repositories found"] == "5"
        assert dict(outcome.assessment.estate)["of which left out by choice"] == "4"
        assert words in outcome.published.decode()
        whole = _scan(forge, tmp_path)
        assert "of which left out by choice" not in dict(whole.assessment.estate)
        assert not any("by choice" in gap.detail for gap in whole.assessment.gaps)


def test_with_the_forge_alone_nothing_is_cloned_and_the_forge_says_what_counts(forge: StandIn, tmp_path: Path) -> None:
    with forge:
        outcome = _scan(forge, tmp_path, Choice(forge_only=True))
    assert not (tmp_path / "cache" / "mirrors").exists()
    assert _classes(outcome) == {
        "api": "active",
        "copy": "fork",
        "old": "archived",
        "sleepy": "dormant",
        "web": "active",
    }
    assert set(_ended(outcome).values()) == {"read"}
    assert outcome.failed == ()
    assert isinstance(_told(outcome, tmp_path, "api", ChangeRequests), ChangeRequests)
    hole = _told(outcome, tmp_path, "api", RepositoryProfile)
    assert isinstance(hole, Unknown)
    assert hole.why is Why.NOT_REQUESTED
    weights = {p.subject.name: p.weight for p in outcome.assessment.profiles}
    assert weights["acme/api"] > weights["acme/sleepy"] > 0
    (read,) = [
        c for s in outcome.assessment.stages for p in s.practices for c in p.checks if c.check == "STA-001"
    ]  # fmt: skip
    assert "2 of 5" in read.because, "what was not cloned passes for read"


@pytest.mark.parametrize("choice", [Choice(), Choice(forge_only=True)])
def test_an_interrupted_scan_asks_nothing_twice(forge: StandIn, tmp_path: Path, choice: Choice) -> None:
    with forge:
        with pytest.raises(Interrupted):
            run_scan(_request(forge, tmp_path, choice), Dying("judge"), lambda: NOON)
        assert any(
            "ChangeRequests(acme/api)" in name or "pulls" in name or "ChangeRequests" in name for name in forge.seen
        )
        outcome = _scan(forge, tmp_path, choice)
        assert set(_ended(outcome).values()) == {"resumed"}
        assert [name for name in forge.seen if "/repos/" in name or "ChangeRequests" in name] == []
        undisturbed = _scan(forge, tmp_path / "other", choice)
    assert _classes(outcome) == _classes(undisturbed)
    assert outcome.assessment.overall == undisturbed.assessment.overall


def test_what_a_limit_left_unknown_is_asked_for_again(forge: StandIn, tmp_path: Path) -> None:
    forge.faults = ((r"ChangeRequests", Fault.BUSY),)
    with forge:
        with pytest.raises(Interrupted):
            run_scan(_request(forge, tmp_path, Choice()), Dying("judge"), lambda: NOON)
        forge.faults = ()
        shutil.rmtree(tmp_path / "cache" / "http", ignore_errors=True)
        outcome = _scan(forge, tmp_path)
        assert isinstance(_told(outcome, tmp_path, "api", ChangeRequests), ChangeRequests)


def test_a_repository_deleted_after_the_listing_is_one_hole(forge: StandIn, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "srv" / "web.git")
    with forge:
        outcome = _scan(forge, tmp_path)
    assert _ended(outcome) == {"api": "read", "copy": "read", "old": "read", "sleepy": "read", "web": "failed"}
    hole = _told(outcome, tmp_path, "web", RepositoryProfile)
    assert isinstance(hole, Unknown)
    assert hole.why is Why.UNREACHABLE
    assert isinstance(_told(outcome, tmp_path, "api", RepositoryProfile), RepositoryProfile)


def test_a_renamed_repository_is_not_cloned_again(forge: StandIn, tmp_path: Path) -> None:
    with forge:
        _scan(forge, tmp_path, Choice(include=("api",)))
        (before,) = kept_clones(tmp_path / "cache" / "mirrors")
        pack = {p.name: p.stat().st_ino for p in before.folder.rglob("*.pack")}
        (tmp_path / "srv" / "api.git").rename(tmp_path / "srv" / "gateway.git")
        api = forge.data.repositories[0]
        renamed = replace(
            api, name="gateway", clone_url=(tmp_path / "srv" / "gateway.git").as_uri(), node_id=_node_id(forge, api)
        )
        forge.data = replace(forge.data, repositories=(renamed, *forge.data.repositories[1:]))
        _scan(forge, tmp_path, Choice(include=("gateway",)))
        (after,) = kept_clones(tmp_path / "cache" / "mirrors")
    assert {p.name: p.stat().st_ino for p in after.folder.rglob("*.pack")} == pack != {}


def _node_id(forge: StandIn, record: RepositoryRecord) -> str:
    """The lasting id under which the stand-in lists ``record``."""
    from scanner.http.github.client import Github

    with Github(GithubSettings(forge.url, Secret(TOKEN))) as client:
        return next(r.node_id for r in client.repositories("acme") if r.full_name == f"acme/{record.name}")


def test_damage_that_only_reading_finds_costs_a_new_clone_and_no_hole(tmp_path: Path) -> None:
    made = Target(tmp_path / "srv" / "api.git")
    made.ref(made.commit(made.files({b"noise.py": b"x = 1\n" * 500, b"README.md": b"# Hello\n"}), [], at=WHEN))
    places = Places(tmp_path / "data", tmp_path / "cache")
    request = Request((made.path.as_uri(),), AS_OF, places, places.database_url, workers=1, advisories=None)
    run_scan(request, Silent(), lambda: NOON)
    (clone,) = kept_clones(tmp_path / "cache" / "mirrors")
    (pack,) = clone.folder.rglob("*.pack")
    pack.chmod(0o644)
    content = bytearray(pack.read_bytes())
    content[12:-20] = bytes(len(content) - 32)
    pack.write_bytes(content)
    assert (clone.folder / STATE).is_file()
    moved = made.commit(made.files({b"README.md": b"# Hello\n", b"new.py": b"y = 2\n"}), [], at=WHEN + 60)
    made.ref(moved)
    outcome = run_scan(replace(request, as_of=AS_OF + timedelta(days=1)), Silent(), lambda: NOON)
    assert outcome.failed == ()
    git(clone.folder, "fsck", "--full")
    assert not [gap for gap in outcome.assessment.gaps if gap.why is Why.CORRUPT]


def test_a_bundle_and_a_list_are_scanned_like_the_repository(tmp_path: Path) -> None:
    made = Target(tmp_path / "srv" / "api.git")
    made.ref(made.commit(made.files({b"app.py": b"x = 1\n"}), [], at=WHEN))
    git(made.path, "bundle", "create", "-q", str(tmp_path / "api.bundle"), "--all")
    (tmp_path / "all.txt").write_text("# the client's\napi.bundle\nmissing\n")
    places = Places(tmp_path / "data", tmp_path / "cache")
    request = Request((str(tmp_path / "all.txt"),), AS_OF, places, places.database_url, workers=1, offline=True)
    outcome = run_scan(request, Silent(), lambda: NOON)
    endings = {subject.name.rpartition("/")[2]: ending for subject, ending, _ in outcome.endings}
    assert endings == {"api": "read", "missing": "failed"}
    heads = {p.subject.name: p.head for p in outcome.assessment.profiles}
    assert heads["api"] == git(made.path, "rev-parse", "main").decode().strip()
    again = run_scan(replace(request, targets=(str(tmp_path / "api.bundle"),)), Silent(), lambda: NOON)
    assert [ending for _, ending, _ in again.endings] == ["read"]
