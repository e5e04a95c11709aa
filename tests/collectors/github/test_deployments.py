from datetime import timedelta

import pytest

from collectors.github.deployments import COLLECTOR, is_production
from scanner.demo.forge import DeploymentRecord
from scanner.facts.forge import Deployments
from tests.builders import AS_OF
from tests.builders_github import ago, collected, data

START = ago(days=1)
SOON = START + timedelta(minutes=5)
LATE = START + timedelta(hours=5)


@pytest.mark.parametrize(
    ("statuses", "state", "finished_at"),
    [
        ((), "pending", None),
        ((("QUEUED", START), ("IN_PROGRESS", SOON)), "pending", None),
        ((("SUCCESS", SOON),), "success", SOON),
        ((("SUCCESS", SOON), ("INACTIVE", LATE)), "success", SOON),
        ((("SUCCESS", SOON), ("FAILURE", LATE)), "failure", LATE),
        ((("ERROR", SOON), ("FAILURE", LATE)), "failure", SOON),
        ((("INACTIVE", SOON),), "inactive", SOON),
        ((("IN_PROGRESS", SOON), ("SUCCESS", AS_OF + timedelta(hours=1))), "pending", None),
    ],
)
def test_the_last_verdict_counts_and_being_replaced_is_none(statuses: tuple, state: str, finished_at: object) -> None:
    record = DeploymentRecord("production", START, "c" * 40, statuses)
    found = collected(COLLECTOR, data(deployments=(record,)))["Deployments"].content
    assert isinstance(found, Deployments)
    (deployment,) = found.deployments
    assert (deployment.state, deployment.finished_at) == (state, finished_at)
    assert (deployment.production, deployment.commit) == (True, "c" * 40)


def test_the_window_is_a_year_before_the_scan() -> None:
    records = tuple(DeploymentRecord(f"e{d}", ago(days=d)) for d in (366, 364, -1))
    found = collected(COLLECTOR, data(deployments=records))["Deployments"].content
    assert isinstance(found, Deployments)
    assert [d.environment for d in found.deployments] == ["e364"]


@pytest.mark.parametrize(
    ("name", "is_it"),
    [
        ("production", True), ("Production (eu)", True), ("prod-eu-1", True), ("aws/live", True), ("prd", True),
        ("staging", False), ("github-pages", False), ("product-review", False), ("preproduction", False), ("", False),
    ],
)  # fmt: skip
def test_production_is_told_by_a_whole_word(name: str, is_it: bool) -> None:
    assert is_production(name) is is_it


@pytest.mark.parametrize(
    ("statuses", "state", "finished_at", "failed_at"),
    [
        ((("QUEUED", START), ("FAILURE", SOON), ("QUEUED", SOON), ("SUCCESS", LATE)), "success", LATE, SOON),
        ((("FAILURE", SOON), ("IN_PROGRESS", LATE)), "failure", SOON, SOON),
        ((("SUCCESS", START), ("ERROR", SOON), ("SUCCESS", LATE), ("INACTIVE", AS_OF)), "success", LATE, SOON),
        ((("SUCCESS", SOON), ("INACTIVE", LATE)), "success", SOON, None),
        ((("SUCCESS", SOON), ("FAILURE", AS_OF + timedelta(hours=1))), "success", SOON, None),
    ],
)
def test_a_failure_that_a_later_try_completed_is_not_lost(
    statuses: tuple, state: str, finished_at: object, failed_at: object
) -> None:
    record = DeploymentRecord("production", START, "c" * 40, statuses)
    found = collected(COLLECTOR, data(deployments=(record,)))["Deployments"].content
    assert isinstance(found, Deployments)
    (deployment,) = found.deployments
    assert (deployment.state, deployment.finished_at, deployment.failed_at) == (state, finished_at, failed_at)


def test_more_states_than_are_read_are_told() -> None:
    flapping = tuple(("IN_PROGRESS", START + timedelta(minutes=n)) for n in range(20))
    records = (
        DeploymentRecord("production", START, "c" * 40, (*flapping, ("SUCCESS", LATE))),
        DeploymentRecord("staging", START, "c" * 40, flapping),
    )
    found = collected(COLLECTOR, data(deployments=records))["Deployments"]
    assert found.caveat == "1 with more than 20 states: only 20 of each"
