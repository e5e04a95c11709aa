import base64
import logging
import pickle
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.demo.forge import ForgeData, RepositoryRecord
from scanner.demo.standin import Fault, StandIn
from scanner.http.github.client import Github, GithubSettings
from scanner.http.github.permissions import ADMINISTRATION, METADATA
from scanner.http.github.refusals import GithubDenied
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.limits import Limits
from scanner.http.secret import Secret
from scanner.http.shape import Node
from tests.builders_github import ACME, DATA, TOKEN, Names, client


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every client that a test opens is closed after it."""
    opened: list[Github] = []
    plain = Github.__init__

    def remembering(self: Github, *given: Any, **named: Any) -> None:
        opened.append(self)
        plain(self, *given, **named)

    monkeypatch.setattr(Github, "__init__", remembering)
    yield
    for github in opened:
        if hasattr(github, "_wire"):
            github.close()


def many(count: int) -> ForgeData:
    return ForgeData(ACME, tuple(RepositoryRecord(f"r{n:03}") for n in range(count)))


NO_GRAPHQL = ("POST /graphql", Fault.HIDDEN)
"""A server that answers REST only."""


def test_without_graphql_rest_lists_an_organisation_whole_and_in_order() -> None:
    with StandIn(many(205), TOKEN, (NO_GRAPHQL,)) as standin:
        listed = client(standin).repositories("acme")
        assert [r.full_name for r in listed] == [f"acme/r{n:03}" for n in range(205)]
        assert {r.record for r in listed} == {None}
        assert listed[7].node_id == "R_r007"
        assert standin.seen == ["POST /graphql Listing"] + ["GET /orgs/acme/repos"] * 3


def test_without_a_token_only_rest_is_asked() -> None:
    with StandIn(DATA) as standin:
        assert [r.full_name for r in client(standin, token=False).repositories("acme")] == ["acme/api", "acme/site"]
        assert standin.seen == ["GET /orgs/acme/repos"]


def test_a_personal_account_is_listed_as_well() -> None:
    with StandIn(DATA, TOKEN, (NO_GRAPHQL, ("/orgs/", Fault.HIDDEN))) as standin:
        assert [r.full_name for r in client(standin).repositories("ann")] == ["acme/api", "acme/site"]
        assert standin.seen[1:] == ["GET /orgs/ann/repos", "GET /users/ann/repos"]


def test_a_listing_that_fails_otherwise_is_not_taken_for_a_person() -> None:
    with StandIn(DATA, TOKEN, (NO_GRAPHQL, ("/orgs/", Fault.FORBIDDEN))) as standin:
        with pytest.raises(Unreadable):
            client(standin).repositories("acme")
        assert standin.seen[1:] == ["GET /orgs/acme/repos"]


def test_a_listing_without_end_is_refused_rather_than_cut() -> None:
    with StandIn(DATA, TOKEN, (NO_GRAPHQL, ("/orgs/", Fault.ENDLESS))) as standin:
        with pytest.raises(Unreadable) as caught:
            client(standin).repositories("acme")
        assert caught.value.hole.why is Why.TOO_LARGE
        assert len(standin.seen) == 21


def test_one_repository_is_one_request() -> None:
    for fault, seen in (
        ((), ["POST /graphql Repository"]),
        ((NO_GRAPHQL,), ["POST /graphql Repository", "GET /repos/acme/api"]),
    ):
        with StandIn(DATA, TOKEN, fault) as standin:
            (one,) = client(standin).repositories("acme/api")
            assert (one.full_name, one.private, one.fork, one.default_branch) == ("acme/api", True, False, "main")
            assert (one.clone_url, one.node_id) == ("https://github.example/acme/api.git", "R_api")
            assert standin.seen == seen


@pytest.mark.parametrize("target", ["", "/", "acme/", "/api", "a/b/c"])
def test_a_target_is_an_account_or_a_repository(target: str) -> None:
    with StandIn(DATA) as standin, pytest.raises(ValueError, match="ORG"):
        client(standin).repositories(target)


def test_odd_names_stay_within_their_path() -> None:
    with StandIn(DATA, TOKEN) as standin:
        with pytest.raises(Unreadable):
            client(standin).repositories("acme/..%2F..%2Fuser?x=#y")
        assert standin.seen[1:] == ["GET /repos/acme/..%252F..%252Fuser%3Fx%3D%23y"]


def test_after_a_401_nothing_more_is_sent() -> None:
    with StandIn(DATA, "another") as standin:
        github = client(standin)
        for _ in range(3):
            with pytest.raises(GithubDenied, match="401") as caught:
                github.get("/repos/acme/api", METADATA)
            assert "ASSAY_GITHUB_TOKEN" in caught.value.hole.closes
        with pytest.raises(GithubDenied):
            github.preflight()
        assert len(standin.seen) == 1


def test_a_long_limit_is_not_waited_for_and_not_tried_again_before_its_end() -> None:
    clock, slept = [1000.0], []
    with StandIn(DATA, TOKEN, ((".", Fault.BUSY),)) as standin:
        github = Github(
            GithubSettings(standin.url, Secret(TOKEN), Limits(wait_seconds=5)), slept.append, lambda: clock[0]
        )
        for _ in range(3):
            with pytest.raises(Unreadable) as caught:
                github.get("/user", METADATA)
            assert caught.value.hole.why is Why.RATE_LIMITED
        assert (len(standin.seen), slept) == (1, [])
        standin.faults = ()
        clock[0] += 7
        assert Node(github.get("/user", METADATA), "x").text("login") == "auditor"


def test_a_short_limit_is_waited_for_as_told() -> None:
    with StandIn(DATA, TOKEN, ((".", Fault.BUSY),)) as standin:
        slept = []

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            standin.faults = ()

        github = Github(GithubSettings(standin.url, Secret(TOKEN)), sleep)
        assert Node(github.get("/user", METADATA), "x").text("login") == "auditor"
        assert slept == [7.0]


def test_a_server_that_stays_broken_is_tried_five_times_with_growing_waits() -> None:
    with StandIn(DATA, TOKEN, ((".", Fault.GATEWAY),)) as standin:
        slept: list[float] = []
        github = Github(GithubSettings(standin.url, Secret(TOKEN)), slept.append)
        with pytest.raises(Unreadable):
            github.get("/user", METADATA)
        assert len(standin.seen) == github.requests == 5
        assert slept == [1.0, 2.0, 4.0, 8.0]


def test_a_call_ends_within_its_time() -> None:
    with StandIn(DATA, TOKEN, ((".", Fault.BUSY),)) as standin:
        slept: list[float] = []
        limits = Limits(call_seconds=15)
        with pytest.raises(Unreadable):
            Github(GithubSettings(standin.url, Secret(TOKEN), limits), slept.append).get("/user", METADATA)
        assert slept == [7.0]


def test_a_count_is_one_request() -> None:
    with StandIn(DATA, TOKEN) as standin:
        github = client(standin)
        assert github.count("/orgs/acme/members", METADATA) == 3
        assert github.count("/orgs/acme/members", METADATA, role="admin") == 1
        assert github.count("/orgs/acme/repos", METADATA) == 2
        assert len(standin.seen) == 3
    with StandIn(ForgeData(replace(ACME, teams=(), team_records=())), TOKEN) as standin:
        assert client(standin).count("/orgs/acme/teams", METADATA) == 0


def test_preflight_tells_who_and_how_much() -> None:
    with StandIn(DATA, TOKEN) as standin:
        found = client(standin).preflight()
        assert (found.login, found.scopes) == ("auditor", ("repo", "read:org"))
        assert (found.rate_remaining, found.rate_limit, found.graphql_remaining) == (4990, 5000, 4990)
        assert TOKEN not in repr(found)
    with StandIn(DATA) as standin:
        found = client(standin, token=False).preflight()
        assert (found.login, found.scopes) == ("", None)
        assert standin.seen == ["GET /rate_limit"]


def test_preflight_lives_without_rate_limits_and_without_a_user() -> None:
    with StandIn(DATA, TOKEN, (("rate_limit", Fault.HIDDEN), ("user", Fault.FORBIDDEN))) as standin:
        found = client(standin).preflight()
        assert (found.login, found.rate_limit, found.graphql_remaining) == ("", None, None)


@pytest.mark.parametrize(
    ("base", "host"),
    [
        ("https://api.github.com", "https://github.com/"),
        ("https://git.example/api/v3", "https://git.example/"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/"),
    ],
)
def test_the_clone_header_belongs_to_the_clone_host(base: str, host: str) -> None:
    github = Github(GithubSettings(base, Secret("ghp_abc")))
    header = github.clone_header()
    assert header is not None
    assert header[0] == host
    assert repr(header[1]) == "***"
    name, _, value = header[1].reveal().partition(": Basic ")
    assert (name, base64.b64decode(value)) == ("Authorization", b"x-access-token:ghp_abc")
    assert Github(GithubSettings(base)).clone_header() is None


def test_settings_travel_but_never_show_the_token() -> None:
    settings = GithubSettings(token=Secret(TOKEN))
    assert TOKEN not in f"{settings!r}{Github(settings)!r}{vars(Github(settings))!r}"
    copied = pickle.loads(pickle.dumps(settings)).token
    assert copied is not None
    assert copied.reveal() == TOKEN
    with pytest.raises(ValueError, match="without credentials"):
        GithubSettings(f"https://x:{TOKEN}@git.example")


def test_debug_logs_hold_no_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with StandIn(DATA, TOKEN) as standin:
        github = client(standin)
        github.preflight()
        github.repositories("acme")
    assert caplog.text
    assert TOKEN not in caplog.text


def test_only_get_can_be_sent_through_pygithub() -> None:
    with StandIn(DATA, TOKEN) as standin:
        github = client(standin)
        for verb in ("POST", "PUT", "PATCH", "DELETE"):
            with pytest.raises(ValueError, match="only reads"):
                github._requester.requestJsonAndCheck(verb, "/user")
        assert standin.seen == []


def test_a_source_asks_once_and_remembers_failures() -> None:
    with StandIn(DATA, TOKEN, (("/keys", Fault.FORBIDDEN),)) as standin:
        source = GithubRepositorySource(client(standin), "acme/api", Names())
        assert source.record().text("name") == source.record().text("name") == "api"
        for _ in range(2):
            with pytest.raises(Unreadable):
                source.once("/keys", ADMINISTRATION)
        assert standin.seen == ["GET /repos/acme/api", "GET /repos/acme/api/keys"]


@pytest.mark.parametrize(
    ("actor", "person", "bot"),
    [
        ({"__typename": "User", "login": "Ann"}, "<github:ann>", False),
        ({"__typename": "Bot", "login": "some-app"}, "<github:some-app>", True),
        ({"__typename": "User", "login": "release[bot]"}, "<github:release>", True),
        ({"__typename": "User", "login": "Renovate"}, "<github:renovate>", True),
        (None, "<github:ghost>", False),
    ],
)
def test_people_become_pseudonyms_and_machines_are_told_apart(
    actor: dict[str, str] | None, person: str, bot: bool
) -> None:
    source = GithubRepositorySource(Github(GithubSettings()), "acme/api", Names())
    assert source.who(None if actor is None else Node(actor, "x")) == (person, bot)
