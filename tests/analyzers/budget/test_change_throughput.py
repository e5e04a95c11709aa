import pytest

from analyzers.budget.change_throughput import change_throughput
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequests
from tests.builders import AS_OF, change_request
from tests.builders_checks_a import across, ago, measured


def merged(*people: str) -> ChangeRequests:
    return ChangeRequests(AS_OF, 365, tuple(change_request(person=p, merged_at=ago(5)) for p in people), 0)


def test_one_person_in_two_repositories_is_one_person() -> None:
    outcome = measured(change_throughput(across(a=merged("ann", "ann", "bob"), b=merged("ann", "bob", "cid"))))
    assert outcome.value == pytest.approx(6 / 3 / 3)


def test_no_figure_of_single_people() -> None:
    assert isinstance(change_throughput(across(a=merged("ann", "bob", "ann", "bob"))), NotApplicable)
