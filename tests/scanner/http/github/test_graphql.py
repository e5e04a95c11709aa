import json

import pytest

from scanner.core.evidence import Why
from scanner.http.github.graphql import Query, graphql_url, judge, request
from scanner.http.github.permissions import ISSUES
from scanner.http.wire import Answer

QUERY = Query("Issues", "query Issues($owner: String!) { viewer { login } }", ISSUES)


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://api.github.com", "https://api.github.com/graphql"),
        ("https://git.example/api/v3", "https://git.example/api/graphql"),
        ("https://git.example/api/v3/", "https://git.example/api/graphql"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/graphql"),
    ],
)
def test_the_graphql_address_follows_from_the_rest_address(base: str, url: str) -> None:
    assert graphql_url(base) == url


@pytest.mark.parametrize(
    "text",
    [
        "mutation Issues($x: Int) { x }",
        "query Other($x: Int) { x }",
        "query Issues($x: Int) { x } mutation M { deleteIssue }",
        "{ viewer { login } }",
        "subscription Issues($x: Int) { x }",
    ],
)
def test_only_one_named_query_can_be_declared(text: str) -> None:
    with pytest.raises(ValueError, match="not a single named query"):
        Query("Issues", text, ISSUES)


def test_later_attempts_ask_for_smaller_pages() -> None:
    sizes = []
    for attempt in range(5):
        body = request("https://x/graphql", QUERY, {"size": 100}, "acme/api", attempt).body
        assert body is not None
        sizes.append(json.loads(body)["variables"]["size"])
    assert sizes == [100, 50, 25, 25, 25]


@pytest.mark.parametrize(
    ("error", "why"),
    [
        ({"type": "RATE_LIMITED", "message": "API rate limit exceeded"}, Why.RATE_LIMITED),
        ({"message": "You have exceeded a secondary rate limit"}, Why.RATE_LIMITED),
        ({"type": "FORBIDDEN", "message": "Resource not accessible"}, Why.FORBIDDEN),
        ({"type": "INSUFFICIENT_SCOPES", "message": "x"}, Why.FORBIDDEN),
        ({"type": "NOT_FOUND", "message": "Could not resolve"}, Why.AMBIGUOUS_404),
        ({"message": "no such field", "extensions": {"code": "undefinedField"}}, Why.UNSUPPORTED),
        ({"message": "Something went wrong while executing your query."}, Why.UNREACHABLE),
        ({}, Why.UNREACHABLE),
        ({"message": 7}, Why.UNPARSABLE),
    ],
)
def test_errors_that_come_with_200_are_holes_even_beside_data(error: dict[str, object], why: Why) -> None:
    body = json.dumps({"data": {"repository": {"issues": {"nodes": []}}}, "errors": [error]}).encode()
    asked = request("https://x/graphql", QUERY, {}, "acme/api", 0)
    refused = judge(Answer(200, {}, body), asked, ISSUES, 0)
    assert refused is not None
    assert refused.hole.why is why
    assert "acme/api" in refused.hole.detail


def test_data_without_errors_is_good() -> None:
    asked = request("https://x/graphql", QUERY, {}, "acme/api", 0)
    for body in (
        b'{"data": {}}',
        b'{"data": {"title": "errors"}}',
        b'{"data": {}, "errors": []}',
        b'{"data": {}, "errors": null}',
    ):
        assert judge(Answer(200, {}, body), asked, ISSUES, 0) is None
