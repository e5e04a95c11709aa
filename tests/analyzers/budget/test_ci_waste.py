import pytest

from analyzers.budget.ci_waste import ci_waste
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Runs
from tests.builders import AS_OF
from tests.builders_checks_a import measured, run


def test_time_in_the_queue_and_odd_clocks_are_left_out() -> None:
    runs = (run(30, "success"), run(15, "failure"), run(5, "cancelled"), run(10, "other"), run(-40, "failure"))
    outcome = measured(ci_waste(Runs(AS_OF, 90, "main", runs)))
    assert outcome.value == pytest.approx(100 * 20 / 60)
    assert outcome.sample == 4


def test_no_runs() -> None:
    assert isinstance(ci_waste(Runs(AS_OF, 90, "main", ())), NotApplicable)
