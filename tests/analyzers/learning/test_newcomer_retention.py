import pytest

from analyzers.learning.newcomer_retention import newcomer_retention
from scanner.core.outcomes import Measured, NotApplicable
from scanner.facts.history import PersonActivity
from tests.builders_checks_c import across, ago, contributors, person


def joiner(name: str, first: float, last: float, commits: int = 5) -> PersonActivity:
    return person(name, first_at=ago(first), last_at=ago(last), commits_all=commits)


def test_activity_anywhere_in_the_estate_counts() -> None:
    api = contributors(
        joiner("stays", 300, 120), joiner("leaves", 300, 121), joiner("moves", 400, 390, 3), joiner("guest", 300, 299, 4),
        joiner("veteran", 546, 1), joiner("fresh", 179, 1),
    )  # fmt: skip
    web = contributors(joiner("moves", 380, 10, 2))
    outcome = newcomer_retention(across(api=api, web=web))
    assert isinstance(outcome, Measured)
    assert outcome.value == pytest.approx(200 / 3)
    assert outcome.sample == 3


def test_no_joiners_is_not_a_failure() -> None:
    assert isinstance(newcomer_retention(across(api=contributors(joiner("veteran", 900, 1)))), NotApplicable)
