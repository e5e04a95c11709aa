from analyzers.experience.reopen_rate import reopen_rate
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import issue, issues


def test_reopened_and_still_open_issues_count() -> None:
    each = (
        issue(50, 10), issue(50, 10, reopened=True), issue(50, None, reopened=True), issue(50, 20),
        issue(50), issue(50, 10, bot=True, reopened=True),
    )  # fmt: skip
    outcome = reopen_rate(issues(*each))
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (50, 4)


def test_nothing_closed_is_not_judged() -> None:
    assert isinstance(reopen_rate(issues(issue(50))), NotApplicable)
    assert isinstance(reopen_rate(issues(issue(50, 1), enabled=False)), NotApplicable)
