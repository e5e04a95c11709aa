from analyzers.budget.classified_effort import classified_effort
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, measured, messages


def test_large_repositories_weigh_more() -> None:
    facts = across(big=messages(90, {"feature": 30, "fix": 15}), small=messages(10, {"fix": 10}))
    assert measured(classified_effort(facts)).value == 55


def test_no_commits_is_no_share() -> None:
    assert isinstance(classified_effort(across(a=messages(0))), NotApplicable)
