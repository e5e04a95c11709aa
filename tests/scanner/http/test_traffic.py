"""Figures of a conversation equal what the other side saw."""

from __future__ import annotations

import json
import math
import time
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from scanner.cli import output
from scanner.core.evidence import Unreadable
from scanner.demo.standin import Budget, Fault, StandIn
from scanner.http.github.client import Github, GithubSettings
from scanner.http.limits import Limits
from scanner.http.secret import Secret
from scanner.http.traffic import GRAPHQL, REST, Left, Meter, Traffic
from tests.builders_github import DATA, TOKEN, client
from tests.builders_wire import Clock, talking, terms


def test_figures_equal_the_other_sides_log(tmp_path: Path) -> None:
    faults = (("/keys", Fault.GATEWAY), ("/site$", Fault.MOVED), ("/hooks", Fault.FORBIDDEN))
    clock = Clock()
    with StandIn(DATA, TOKEN, faults) as standin, talking(standin, terms(tmp_path), Limits(tries=3), clock) as talk:
        for path in ("", "", "/keys", "/hooks", "/collaborators", "/collaborators"):
            try:
                talk.get(f"/repos/acme/api{path}")
            except Unreadable:
                assert path in ("/keys", "/hooks")
        talk.get("/repos/acme/site")
        found = talk.calls.traffic
        statuses = [status for _, status in standin.answered]
        assert found.requests == len(standin.seen) == 2 + 3 + 1 + 2 + 2
        assert found.unchanged == statuses.count(304) == 2
        assert (found.retries, found.waited_seconds) == (2, 3.0)
        assert clock.waits == [1.0, 2.0]
        assert found.rest_left is not None
        assert found.rest_left.remaining == standin.budget.left["core"]
        assert found.graphql_left is None


def _left(remaining: str, reset: str, **more: str) -> dict[str, str]:
    return {"x-ratelimit-remaining": remaining, "x-ratelimit-reset": reset} | {
        k.replace("_", "-"): v for k, v in more.items()
    }


def test_each_limit_is_read_from_the_answers_that_count_against_it() -> None:
    meter = Meter()
    meter.answered(REST, 200, _left("40", "1000", x_ratelimit_resource="core"), b"", 0)
    meter.answered(REST, 200, _left("2", "1000", x_ratelimit_resource="dependency_sbom"), b"", 0)
    meter.answered(GRAPHQL, 200, _left("7", "1001"), b"", 0)
    meter.answered(REST, 200, {"ratelimit-remaining": "39", "ratelimit-reset": "1000"}, b"", 0)
    assert (meter.traffic.rest_left, meter.traffic.graphql_left) == (Left(1000, 39), Left(1001, 7))
    for odd in ("", "-1", "x", "1" * 40, "٣"):
        meter.answered(REST, 200, _left(odd, "1000"), b"", 0)
    assert meter.traffic.rest_left == Left(1000, 39)


def test_a_limit_used_up_says_for_how_long_by_the_servers_clock() -> None:
    meter = Meter()
    meter.answered(REST, 200, _left("0", "1230", date="Thu, 01 Jan 1970 00:20:00 GMT"), b"", 5.0)
    assert meter.left == {REST: (0, 31.0)}
    meter.answered(REST, 200, _left("3", "5000"), b"", 5.0)
    assert meter.left == {REST: (3, 4996.0)}


@pytest.mark.parametrize(
    ("body", "cost"),
    [
        (b'{"data": {"rateLimit": {"cost": 3, "remaining": 4}}}', 3),
        (b'{"data": {"title": "\\"rateLimit\\""}}', 0),
        (b'{"data": {"rateLimit": null}}', 0),
        (b'{"data": {"rateLimit": {"cost": "x"}}}', 0),
        (b'{"data": {"rateLimit": {"cost": -5}}}', 0),
        (b'"rateLimit"', 0),
        (b'["rateLimit"', 0),
    ],
)
def test_points_are_counted_where_the_answer_names_them(body: bytes, cost: int) -> None:
    meter = Meter()
    meter.answered(GRAPHQL, 200, {}, body, 0)
    assert meter.traffic.graphql_cost == cost


def test_the_sum_does_not_depend_on_the_order() -> None:
    parts = [
        Traffic(3, 1, 2, 1, 1.5, 1, 9, Left(1000, 5), None),
        Traffic(1, 0, 0, 0, 0.5, 0, 0, Left(1000, 4), Left(500, 1)),
        Traffic(0, 0, 1, 0, 0.0, 0, 1, Left(2000, 4999), Left(500, 0)),
        Traffic(),
    ]
    sums = {sum(order, Traffic()) for order in permutations(parts)}
    assert sums == {Traffic(4, 1, 3, 1, 2.0, 1, 10, Left(2000, 4999), Left(500, 0))}


def test_the_line_says_what_was_asked_and_what_is_left() -> None:
    # 2026-06-30 14:05:00 UTC
    left = Left(1_782_828_300, 4120)
    assert Traffic(812, 790, 41, graphql_left=left).told("GitHub") == (
        "asked GitHub: 812 REST (790 unchanged), 41 GraphQL; 4,120 points left until 14:05 UTC"
    )
    assert Traffic(2, rest_left=left, secondary_limits=1, waited_seconds=61).told("GitLab") == (
        "asked GitLab: 2 REST (0 unchanged), 0 GraphQL; 1 secondary limits; waited 61 s; 4,120 requests left until 14:05 UTC"
    )


def test_a_reset_beyond_every_calendar_ends_no_scan() -> None:
    meter = Meter()
    headers = {"x-ratelimit-remaining": "5", "x-ratelimit-reset": "999999999999"}
    meter.answered(REST, 200, headers, b"{}", 0.0)
    assert meter.traffic.told("GitHub").endswith("5 requests left until 23:59 UTC")


def test_a_sum_with_an_unknown_part_is_a_lower_bound_and_says_so() -> None:
    known, lost = Traffic(rest=812, unchanged=790, graphql=41), Traffic(at_least=True)
    for whole in (known + lost, lost + known, known + lost + known):
        assert whole.at_least
        assert "at least" in whole.told("GitHub")
        assert "not counted" in whole.told("GitHub")
    assert (known + lost).told("GitHub").startswith("asked GitHub: at least 812 REST (790 unchanged), 41 GraphQL")
    assert not (known + known).at_least
    assert "at least" not in (known + known).told("GitHub")


def test_traffic_of_which_nothing_is_known_is_told_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    output.tell_traffic(output.JsonLines(), "GitHub", Traffic(at_least=True))
    output.tell_traffic(output.JsonLines(), "GitLab", Traffic())
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["at_least"] is True


def test_the_answer_to_a_query_tells_the_limit_where_its_headers_do_not() -> None:
    body = b'{"data": {"rateLimit": {"cost": 7, "remaining": 40, "resetAt": "1970-01-01T00:20:00Z"}}}'
    meter = Meter()
    meter.answered(GRAPHQL, 200, {}, body, 1000.0)
    assert (meter.traffic.graphql_left, meter.left) == (Left(1200, 40), {GRAPHQL: (40, 201.0)})
    meter.answered(GRAPHQL, 200, _left("39", "1300"), body, 1000.0)
    assert meter.traffic.graphql_left == Left(1300, 39), "headers come with every answer and count first"
    assert (meter.traffic.graphql_cost, meter.dearest) == (14, {REST: 1, GRAPHQL: 7})
    for odd in (
        b'"cost": 1, "remaining": -1',
        b'"cost": 1, "remaining": 3, "resetAt": "1970-01-01T00:20:00"',
        b'"cost": 1',
    ):
        meter = Meter()
        meter.answered(GRAPHQL, 200, {}, b'{"data": {"rateLimit": {' + odd + b"}}}", 0)
        assert (meter.traffic.graphql_cost, meter.left) == (1, {})


def test_a_claimed_cost_does_not_stop_a_scan() -> None:
    meter = Meter()
    meter.answered(GRAPHQL, 200, {}, b'{"data": {"rateLimit": {"cost": 999999999}}}', 0)
    assert (meter.traffic.graphql_cost, meter.dearest[GRAPHQL]) == (5000, 100)


def test_points_spent_are_those_that_the_other_side_took() -> None:
    """A page of the listing is (1 + 50 x 13) / 100 = 7 points, two change requests with 5 spare (2 + 8 x 7) / 100 = 1."""
    with StandIn(DATA, TOKEN) as standin, closing(client(standin)) as github:
        github.repositories("acme")
        assert github.traffic.graphql_cost == 7
        spent = standin.budget.limit["graphql"] - standin.budget.left["graphql"]
        assert spent == 7
        assert github.traffic.graphql_left == Left(math.ceil(standin.budget.reset), 5000 - 7)
        assert "1 GraphQL (7 points); 4,993 points left" in github.traffic.told("GitHub")


def test_points_are_kept_for_what_other_workers_ask_at_the_same_time(tmp_path: Path) -> None:
    """With four at a time and 7 points a query 28 are kept: at 27 left nothing more is sent until the reset."""
    for left, sent in ((28 + 7, 2), (27 + 7, 1)):
        with StandIn(DATA, TOKEN) as standin:
            standin.budget = Budget(graphql=left)
            clock = Clock(time.time())
            shared = terms(tmp_path / str(left), concurrency=4)
            settings = GithubSettings(standin.url, Secret(TOKEN), Limits(wait_seconds=1), shared)
            with closing(Github(settings, clock.sleep, clock.time)) as github:
                github.repositories("acme")
                github.repositories("acme")
            assert standin.seen.count("POST /graphql Listing") == sent
