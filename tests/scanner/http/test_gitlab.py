import base64
import logging
from typing import Any

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.http.gitlab import VISITOR, Gitlab, GitlabQuery, GitlabSettings, refusal
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.refused import Denied, Refused
from scanner.http.secret import Secret
from scanner.http.wire import Answer
from tests.builders_gitlab import PROJECT, PROJECT_RECORD, TOKEN, Fault, Names, StandIn, client, node


def test_a_group_is_listed_with_its_subgroups_over_all_pages() -> None:
    listing = [PROJECT_RECORD | {"path_with_namespace": f"acme/p{n:03}"} for n in reversed(range(250))]
    with StandIn(routes={"/groups/acme/projects": listing}) as standin, client(standin) as gitlab:
        found = gitlab.repositories("acme")
        assert [r.full_name for r in found] == [f"acme/p{n:03}" for n in range(250)]
        assert standin.seen == ["GET /groups/acme/projects"] * 3
    assert found[0].clone_url == "https://gitlab.example.com/acme/web/api.git"
    assert found[0].private
    assert not found[0].fork


def test_a_path_is_a_project_else_a_subgroup() -> None:
    with StandIn(routes={"/groups/acme%2Fweb/projects": [PROJECT_RECORD]}) as standin, client(standin) as gitlab:
        assert [r.full_name for r in gitlab.repositories("acme/web/api")] == ["acme/web/api"]
        assert [r.full_name for r in gitlab.repositories("acme/web")] == ["acme/web/api"]
        assert standin.seen == [f"GET {PROJECT}", "GET /projects/acme%2Fweb", "GET /groups/acme%2Fweb/projects"]


def test_a_name_without_group_is_a_user() -> None:
    with StandIn(routes={"/users/ann/projects": []}) as standin, client(standin) as gitlab:
        assert gitlab.repositories("ann") == ()


def test_nothing_of_that_name_is_a_hole_not_an_empty_estate() -> None:
    with StandIn() as standin, client(standin) as gitlab, pytest.raises(Unreadable) as caught:
        gitlab.repositories("nobody")
    assert caught.value.hole.why is Why.AMBIGUOUS_404
    assert "read_api" in caught.value.hole.closes


CASES = {
    Fault.DENIED: (Why.FORBIDDEN, 1),
    Fault.FORBIDDEN: (Why.FORBIDDEN, 1),
    Fault.ECHO: (Why.FORBIDDEN, 1),
    Fault.HIDDEN: (Why.AMBIGUOUS_404, 1),
    Fault.LIMITED: (Why.RATE_LIMITED, 2),
    Fault.BROKEN: (Why.UNREACHABLE, 3),
    Fault.SLOW: (Why.UNREACHABLE, 3),
    Fault.AWAY: (Why.UNREACHABLE, 3),
    Fault.TRUNCATED: (Why.UNPARSABLE, 1),
    Fault.HTML: (Why.UNPARSABLE, 1),
    Fault.WRONG_TYPE: (Why.UNPARSABLE, 1),
    Fault.HUGE: (Why.TOO_LARGE, 1),
    Fault.CIRCLE: (Why.UNPARSABLE, 1),
    Fault.ENDLESS: (Why.TOO_LARGE, 20),
}


@pytest.mark.parametrize(("fault", "expected"), CASES.items())
def test_a_fault_is_a_hole_in_bounded_requests_without_the_token(
    fault: Fault, expected: tuple[Why, int], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with StandIn([("GET", fault)]) as standin, client(standin) as gitlab:
        with pytest.raises(Unreadable) as caught:
            gitlab.everything("/groups/acme/projects", VISITOR)
        assert (caught.value.hole.why, len(standin.seen)) == expected
    text = f"{caught.value!r}{caught.value.hole!r}{caught.value.__context__!r}{caught.value.__cause__!r}{caplog.text}"
    assert TOKEN not in text
    assert caught.value.hole.detail


def test_after_a_denied_token_nothing_more_is_asked() -> None:
    with StandIn([("GET", Fault.DENIED)]) as standin, client(standin) as gitlab:
        for _ in range(3):
            with pytest.raises(Denied):
                gitlab.get("/groups/acme", VISITOR)
        assert len(standin.seen) == gitlab.requests == 1


def test_without_a_token_a_401_closes_only_what_asks_for_one() -> None:
    refused = refusal(Answer(401, {}, b"{}"), "GET /x", VISITOR, 0.0, with_token=False)
    assert isinstance(refused, Refused)
    assert not isinstance(refused, Denied)
    assert refused.hole.why is Why.FORBIDDEN


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"retry-after": "7"}, 7.0), ({"ratelimit-reset": "1030"}, 31.0), ({}, 60.0), ({"retry-after": "soon"}, 60.0)],
)
def test_a_limit_says_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    refused = refusal(Answer(429, headers, b""), "GET /x", VISITOR, 1000.0, with_token=True)
    assert refused is not None
    assert refused.wait_seconds == seconds


def test_a_list_without_paging_headers_that_fills_its_page_is_not_taken_for_whole(monkeypatch: Any) -> None:
    with StandIn(routes={"/groups/acme/projects": {"not": "used"}}) as standin, client(standin) as gitlab:
        items = [{"iid": n} for n in range(100)]
        monkeypatch.setattr(gitlab, "_get", lambda *_: ({}, items))
        with pytest.raises(Unreadable) as caught:
            gitlab.everything("/x", VISITOR)
    assert caught.value.hole.why is Why.TOO_LARGE


def test_a_next_page_on_another_host_is_never_followed() -> None:
    with StandIn() as standin, client(standin) as gitlab:
        with pytest.raises(Unreadable) as caught:
            gitlab._fetch("http://elsewhere.invalid/api/v4/projects")
        assert caught.value.hole.why is Why.UNREACHABLE
        assert standin.seen == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Query has complexity of 300, which exceeds max complexity of 250", Why.TOO_LARGE),
        ("Field 'x' doesn't exist on type 'Project'", Why.UNSUPPORTED),
        ("The resource that you are attempting to access does not exist", Why.AMBIGUOUS_404),
        ("Timeout on MergeRequest.notes", Why.UNREACHABLE),
    ],
)
def test_a_graphql_error_is_refused_though_data_came(said: str, why: Why) -> None:
    query = GitlabQuery("Runs", "query Runs($path: ID!) { project(fullPath: $path) { id } }", VISITOR)
    answer = {"data": {"project": {}}, "errors": [{"message": said}]}
    with StandIn(queries={"Runs": answer}) as standin, client(standin) as gitlab, pytest.raises(Unreadable) as caught:
        gitlab.query(query, "acme/api", {"path": "acme/api"})
    assert caught.value.hole.why is why


@pytest.mark.parametrize(
    "text", ["mutation Runs { x }", "query Other { x }", "query Runs($a: ID!) { x } mutation Y { z }"]
)
def test_only_a_single_named_query_is_ever_sent(text: str) -> None:
    with pytest.raises(ValueError, match="not a single named query"):
        GitlabQuery("Runs", text, VISITOR)


def test_clones_are_opened_for_the_configured_host_alone() -> None:
    with Gitlab(GitlabSettings("https://gitlab.example.com/sub", Secret(TOKEN))) as gitlab:
        header = gitlab.clone_header()
    assert header is not None
    assert header[0] == "https://gitlab.example.com/"
    kind, _, value = header[1].reveal().removeprefix("Authorization: ").partition(" ")
    assert (kind, base64.b64decode(value).decode()) == ("Basic", f"oauth2:{TOKEN}")
    assert TOKEN not in repr(header)
    with Gitlab(GitlabSettings()) as gitlab:
        assert gitlab.clone_header() is None


@pytest.mark.parametrize("url", ["ftp://gitlab.example.com", "gitlab.example.com", "https://a:b@gitlab.example.com"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="http"):
        GitlabSettings(url)


def test_a_token_is_never_sent_in_the_clear_to_another_machine() -> None:
    with pytest.raises(ValueError, match="https only"):
        GitlabSettings("http://gitlab.example.com", Secret(TOKEN))


def test_neither_settings_nor_client_show_the_token() -> None:
    settings = GitlabSettings("https://gitlab.example.com", Secret(TOKEN))
    gitlab = Gitlab(settings)
    assert TOKEN not in f"{settings!r}{gitlab!r}{vars(gitlab._library)}{gitlab._library.headers}"


@pytest.mark.parametrize(
    ("name", "machine"),
    [
        ("ann", False),
        ("talbot", False),
        ("project_3_bot_5f2e", True),
        ("group_12_bot", True),
        ("renovate-bot", True),
        ("dependabot", True),
    ],
)
def test_machines_are_told_from_people(name: str, machine: bool) -> None:
    source = GitlabProjectSource(Gitlab(GitlabSettings()), "acme/api", Names())
    assert source.who(node(username=name)) == (f"<gitlab:{name}>", machine)


def test_a_deleted_account_has_a_pseudonym() -> None:
    source = GitlabProjectSource(Gitlab(GitlabSettings()), "acme/api", Names())
    assert source.who(None) == ("<gitlab:ghost>", False)
