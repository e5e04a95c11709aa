from analyzers.goals.traced_commits import traced_commits
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import measured, messages


def test_share_of_commits() -> None:
    outcome = measured(traced_commits(messages(40, with_reference=12, window_days=90)))
    assert (outcome.value, outcome.sample, outcome.window_days) == (30, 40, 90)


def test_no_commits_is_not_a_share() -> None:
    assert isinstance(traced_commits(messages(0)), NotApplicable)
