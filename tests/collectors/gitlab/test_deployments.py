from datetime import timedelta

import pytest

from collectors.gitlab.deployments import COLLECTOR, parse
from scanner.facts.forge import Deployment, Deployments
from tests.builders import AS_OF
from tests.builders_gitlab import ago, asking, iso, node


def test_deployments_newest_first_with_their_verdict() -> None:
    with asking() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert item.content == Deployments(
        AS_OF,
        (
            Deployment("staging", False, ago(days=2), ago(days=1), "failure", "d" * 40),
            Deployment("eu-west", True, ago(days=6), ago(days=5), "success", "c" * 40),
            Deployment("prod-us", True, ago(days=7), None, "pending", "c" * 40),
        ),
    )


@pytest.mark.parametrize("status", ["created", "running", "blocked", "canceled", "skipped"])
def test_what_came_to_no_verdict_is_neither_success_nor_failure(status: str) -> None:
    one = node(
        id=1, created_at=iso(days=1), updated_at=iso(days=1), status=status, sha="a", environment={"name": "production"}
    )
    assert parse([one], AS_OF).deployments[0].state == "pending"


def test_only_the_year_counts_and_a_later_verdict_is_not_known_yet() -> None:
    given = [
        node(id=1, created_at=iso(days=366), updated_at=iso(days=1), status="success", sha="a", environment={"name": "production"}),
        node(id=2, created_at=iso(days=-1), updated_at=iso(days=-1), status="success", sha="b", environment={"name": "production"}),
        node(id=3, created_at=iso(hours=1), updated_at=iso(hours=-1), status="success", sha="c", environment={"name": "production"}),
    ]  # fmt: skip
    read = parse(given, AS_OF).deployments
    assert [(d.commit, d.state, d.finished_at, AS_OF - d.at) for d in read] == [
        ("c", "pending", None, timedelta(hours=1))
    ]
