from analyzers.communication.first_response import first_response
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Issues
from tests.builders import AS_OF
from tests.builders_checks_a import ago, issue, measured


def test_answers_and_closings_within_three_days_count() -> None:
    issues = (
        issue(first_response_at=ago(7)),
        issue(first_response_at=ago(6.9)),
        issue(closed_at=ago(9)),
        issue(),
        issue(created_at=ago(2)),
        issue(created_at=ago(90), first_response_at=ago(89)),
        issue(created_at=ago(91), first_response_at=ago(90.5)),
        issue(bot=True, first_response_at=ago(9)),
    )
    outcome = measured(first_response(Issues(AS_OF, 365, issues, 4, enabled=True)))
    assert (outcome.value, outcome.sample) == (50, 4)


def test_none_opened_or_switched_off() -> None:
    assert isinstance(first_response(Issues(AS_OF, 365, (), 0, enabled=True)), NotApplicable)
    assert isinstance(first_response(Issues(AS_OF, 365, (issue(),), 1, enabled=False)), NotApplicable)
