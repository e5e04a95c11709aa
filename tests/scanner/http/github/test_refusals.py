import pytest

from scanner.core.evidence import Why
from scanner.facts import forge
from scanner.http.github.permissions import ADMINISTRATION, PERMISSIONS
from scanner.http.github.refusals import GithubDenied, refusal
from scanner.http.wire import Answer


def refused(status: int, message: str = "no", now: float = 1000.0, **headers: str):
    named = {k.replace("_", "-"): v for k, v in headers.items()}
    return refusal(Answer(status, named, b'{"message": "%s"}' % message.encode()), "GET /x", ADMINISTRATION, now)


@pytest.mark.parametrize("status", [200, 204])
def test_good_answers_leave_no_hole(status: int) -> None:
    assert refused(status) is None


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, Why.FORBIDDEN), (403, Why.FORBIDDEN), (451, Why.FORBIDDEN), (404, Why.AMBIGUOUS_404), (410, Why.AMBIGUOUS_404),
        (429, Why.RATE_LIMITED), (500, Why.UNREACHABLE), (503, Why.UNREACHABLE), (202, Why.UNREACHABLE), (302, Why.UNREACHABLE),
        (422, Why.UNSUPPORTED),
    ],
)  # fmt: skip
def test_each_status_has_its_reason(status: int, why: Why) -> None:
    found = refused(status)
    assert found is not None
    assert found.hole.why is why
    assert found.hole.detail == f"GET /x answered {status}: no"
    assert isinstance(found, GithubDenied) is (status == 401)


def test_a_refusal_names_the_permission_that_would_close_it() -> None:
    for status in (403, 404):
        found = refused(status)
        assert found is not None
        assert "Administration: read" in found.hole.closes


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry_after": "7"}, 7.0),
        ({"retry_after": "0"}, 1.0),
        ({"retry_after": "soon"}, 60.0),
        ({"retry_after": "-5"}, 60.0),
        ({"retry_after": "9" * 40}, 999_999_999.0),
        # 1970-01-01 00:20:00 is 1200 by the server's clock, whatever ours says; without its clock ours says 1000
        ({"retry_after": "Thu, 01 Jan 1970 00:20:45 GMT", "date": "Thu, 01 Jan 1970 00:20:00 GMT"}, 45.0),
        ({"retry_after": "Thu, 01 Jan 1970 00:16:50 GMT"}, 10.0),
        ({"retry_after": "Thu, 01 Jan 1970 00:00:01 GMT"}, 1.0),
        ({"retry_after": "Wed, 31 Feb 2099 00:00:00 GMT"}, 60.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "1030"}, 31.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "10"}, 1.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "x"}, 60.0),
        # the server's clock says 1970-01-01 00:20:00 = 1200, whatever ours says
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "1230", "date": "Thu, 01 Jan 1970 00:20:00 GMT"}, 31.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "1030", "date": "yesterday"}, 31.0),
    ],
)
def test_the_wait_is_what_the_server_asks_by_its_own_clock(headers: dict[str, str], wait: float) -> None:
    found = refused(403, **headers)
    assert found is not None
    assert found.hole.why is Why.RATE_LIMITED
    assert found.wait_seconds == wait


def test_single_sign_on_is_named_where_it_is_what_is_missing() -> None:
    for found in (
        refused(403, x_github_sso="required; url=https://github.com/orgs/acme/sso"),
        refused(403, "Resource protected by organization SAML enforcement. You must grant your token access."),
    ):
        assert found is not None
        assert found.hole.why is Why.FORBIDDEN
        assert "authorise the token" in found.hole.closes
        assert "single sign-on" in found.hole.closes


def test_an_empty_repository_has_nothing_of_the_kind() -> None:
    empty, other = refused(409, "Git Repository is empty."), refused(409, "Conflict")
    assert empty is not None
    assert empty.hole.why is Why.NO_SUCH_NOTION
    assert other is not None
    assert other.hole.why is Why.UNSUPPORTED


@pytest.mark.parametrize(
    "message",
    ["You have exceeded a secondary rate limit", "API rate limit exceeded for 1.2.3.4", "abuse detection mechanism"],
)
def test_a_403_that_speaks_of_limits_is_one(message: str) -> None:
    found = refused(403, message)
    assert found is not None
    assert found.hole.why is Why.RATE_LIMITED


def test_a_403_with_budget_left_is_no_limit() -> None:
    found = refused(403, x_ratelimit_remaining="4999", x_ratelimit_reset="99999999")
    assert found is not None
    assert found.hole.why is Why.FORBIDDEN


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"message": 3}', b"[" * 90_000])
def test_an_odd_error_body_is_no_matter(body: bytes) -> None:
    found = refusal(Answer(403, {}, body), "GET /x", ADMINISTRATION, 0)
    assert found is not None
    assert found.hole.detail == "GET /x answered 403"


def test_the_table_of_permissions_names_facts_that_exist() -> None:
    assert all(hasattr(forge, fact) for fact, _ in PERMISSIONS)
