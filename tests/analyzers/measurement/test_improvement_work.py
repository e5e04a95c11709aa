from analyzers.measurement.improvement_work import improvement_work
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import measured, messages


def test_share_of_the_commits_that_can_be_told() -> None:
    outcome = improvement_work(messages(100, feature=30, fix=20, maintenance=10, test=15, security=5))
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (37.5, 80)


def test_untold_messages_are_unknown_and_none_are_not_judged() -> None:
    assert isinstance(improvement_work(messages(100, feature=49)), Unknown)
    assert measured(improvement_work(messages(100, feature=50))) == 0
    assert isinstance(improvement_work(messages(0)), NotApplicable)
