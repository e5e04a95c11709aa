"""A GitHub App's tokens: for reading only, got with one POST, renewed in time, and never written down anywhere."""

from __future__ import annotations

import json
import pickle
import time
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.demo.forge import ForgeData
from scanner.demo.standin import StandIn
from scanner.http.conversation import Conversation
from scanner.http.github.app import AppInstallation, Installation
from scanner.http.github.client import Github, GithubSettings
from scanner.http.github.permissions import METADATA, PERMISSIONS
from scanner.pipeline.choice import Choice
from scanner.pipeline.events import Silent
from scanner.pipeline.scan import Request, run_scan
from scanner.places import Places
from tests.builders_app import APP, GRANTED, INSTALLATION, AppServer, app_server, pem
from tests.builders_github import ACME, API, TOKEN

OPENAPI = Path(__file__).parents[4] / ".npm/node_modules/@octokit/openapi/generated/api.github.com.json"
FIND_AND_GET = ["GET /orgs/acme/installation", "POST /app/installations/42/access_tokens"]


@dataclass
class Clock:
    now: float

    def time(self) -> float:
        return self.now


def installed(
    server: AppServer, account: str = "acme", number: int | None = None, clock: Clock | None = None
) -> AppInstallation:
    return AppInstallation(server.url, APP, pem(), account, number, now=clock.time if clock else time.time)


def test_a_token_is_asked_for_once_to_read_only_what_assay_reads_and_the_app_may() -> None:
    with app_server() as server:
        app = installed(server)
        assert app.reveal() == app.reveal() == server.token
        assert server.seen == FIND_AND_GET
        assert server.bodies == [
            {"permissions": {"administration": "read", "contents": "read", "members": "read", "metadata": "read"}}
        ]
        found = app.installation()
        assert (found.number, found.app, found.account, found.writes) == (
            42,
            "assay-reader",
            "acme",
            ("contents", "workflows"),
        )


def test_the_app_is_found_by_number_by_organisation_by_person_or_because_it_is_the_only_one() -> None:
    with app_server() as server:
        installed(server, "", INSTALLATION).reveal()
        assert server.seen[0] == "GET /app/installations/42"
    with app_server(account="ann") as server:
        installed(server, "ann").reveal()
        assert server.seen[:2] == ["GET /orgs/ann/installation", "GET /users/ann/installation"]
    with app_server() as server:
        installed(server, "").reveal()
        assert server.seen[0] == "GET /app/installations"


def test_a_token_is_renewed_ten_minutes_before_its_end() -> None:
    clock = Clock(1_000_000.0)
    with app_server() as server:
        app = installed(server, clock=clock)
        first = app.reveal()
        clock.now += 3600 - 600 - 5
        assert app.reveal() == first
        clock.now += 10
        second = app.reveal()
        assert first != second
        assert server.seen == [*FIND_AND_GET, FIND_AND_GET[1]]


def test_a_conversation_goes_on_with_the_new_token_and_under_one_name_in_the_cache(tmp_path: Path) -> None:
    clock = Clock(1_000_000.0)
    with app_server() as server:
        app = installed(server, clock=clock)
        terms = Conversation(folder=tmp_path / "http", key=b"k" * 32)
        with closing(Github(GithubSettings(server.url, app, conversation=terms))) as github:
            github.get("/repos/acme/api", METADATA)
            clock.now += 3600
            github.get("/repos/acme/api", METADATA)
            assert (server.refused, len(server.bodies)) == (0, 2)
            assert github.traffic.requests == 2
            assert app.identity == installed(server).identity


@pytest.mark.parametrize(
    ("changes", "account", "why", "words"),
    [
        ({}, "other", Why.AMBIGUOUS_404, "GET /users/other/installation answered 404"),
        ({"installations": 2}, "", Why.FORBIDDEN, "several installations"),
        ({"installations": 0}, "", Why.FORBIDDEN, "no installation"),
        ({"suspended": True}, "acme", Why.FORBIDDEN, "suspended"),
        ({"status": 422}, "acme", Why.UNSUPPORTED, "not granted to this installation"),
    ],
)
def test_what_is_wrong_is_said_and_not_asked_again(changes: dict[str, int], account: str, why: Why, words: str) -> None:
    with app_server(**changes) as server:
        app = installed(server, account)
        for _ in range(2):
            with pytest.raises(Unreadable, match=words) as refused:
                app.reveal()
            assert refused.value.hole.why is why
            assert refused.value.hole.closes
        asked = len(server.seen)
        with pytest.raises(Unreadable):
            app.reveal()
        assert len(server.seen) == asked


def test_a_failing_server_is_tried_again() -> None:
    with app_server(status=502) as server:
        app = installed(server)
        with pytest.raises(Unreadable) as refused:
            app.reveal()
        assert refused.value.hole.why is Why.UNREACHABLE
        server.status = 201
        assert app.reveal() == server.token


@pytest.mark.parametrize(
    "key", ["nonsense", "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----\n"]
)
def test_a_bad_key_is_refused_and_not_repeated(key: str) -> None:
    app = AppInstallation("http://127.0.0.1:9", APP, key, "acme")
    with pytest.raises(Unreadable) as refused:
        app.reveal()
    assert refused.value.hole.detail == "the App's private key is no RSA key in PEM form"
    assert refused.value.__cause__ is None


def test_neither_key_nor_token_shows_and_workers_share_what_is_held() -> None:
    with app_server() as server:
        app = installed(server)
        app.reveal()
        settings = GithubSettings(server.url, app)
        for text in (repr(app), str(app), repr(settings), f"{settings}"):
            assert "PRIVATE KEY" not in text
            assert "ghs_" not in text
        assert pickle.loads(pickle.dumps(settings)).token.reveal() == server.token
        assert len(server.bodies) == 1


def test_an_app_speaks_over_https_only() -> None:
    with pytest.raises(ValueError, match="https"):
        AppInstallation("http://github.example.com/api/v3", APP, pem())


def test_a_scan_as_an_app_posts_once_beside_its_queries_and_keeps_no_token(tmp_path: Path) -> None:
    repositories = (API, replace(API, name="site"))
    with StandIn(ForgeData(ACME, repositories), TOKEN) as standin:
        address = urlsplit(standin.url)
        with app_server(behind=(address.hostname, address.port), behind_token=TOKEN) as server:
            places = Places(tmp_path / "data", tmp_path / "cache")
            request = Request(
                ("github:acme",), date(2026, 6, 30), places, places.database_url, workers=2, choice=Choice(forge_only=True),
                github=GithubSettings(server.url, installed(server)),
            )  # fmt: skip
            outcome = run_scan(request, Silent(), lambda: datetime(2026, 8, 1, tzinfo=UTC))
        assert [ending for _, ending, _ in outcome.endings] == ["read", "read"]
        assert server.seen == FIND_AND_GET
        assert set(server.others) >= {"GET /orgs/acme", "POST /graphql"}
        assert all(name.startswith("GET ") or name == "POST /graphql" for name in server.others)
        assert outcome.traffic["github"].requests == len(server.others) == len(standin.seen)
    written = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert written
    for path in written:
        assert server.token.encode() not in path.read_bytes(), path
        assert b"PRIVATE KEY" not in path.read_bytes(), path
    assert server.token.encode() not in outcome.published


def test_every_right_has_the_name_that_the_api_gives_it() -> None:
    if not OPENAPI.is_file():
        pytest.skip("the descriptions are not installed (make setup)")
    described = json.loads(OPENAPI.read_bytes())
    known = described["components"]["schemas"]["app-permissions"]["properties"]
    named = {name for _, permission in PERMISSIONS for name in permission.app}
    assert named <= set(known)
    assert all("read" in known[name]["enum"] for name in named)
    assert all(permission.app for _, permission in PERMISSIONS)
    paths = described["paths"]
    assert "post" in paths["/app/installations/{installation_id}/access_tokens"]
    assert "get" in paths["/orgs/{org}/installation"]
    assert "get" in paths["/users/{username}/installation"]


def test_only_what_is_granted_is_asked_for() -> None:
    assert Installation(1, "x", "acme", {"metadata": "read", "pages": "read"}).asked == {"metadata": "read"}
    assert set(Installation(1, "x", "acme", GRANTED).asked.values()) == {"read"}
