from analyzers.goals.linked_changes import linked_changes
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequests
from tests.builders import AS_OF, change_request
from tests.builders_checks_a import ago, measured


def test_only_peoples_recent_merges_count() -> None:
    requests = (
        change_request(merged_at=ago(3), linked_issues=2),
        change_request(merged_at=ago(3)),
        change_request(merged_at=ago(91), linked_issues=1),
        change_request(merged_at=ago(3), linked_issues=1, bot=True),
        change_request(linked_issues=1),
    )
    outcome = measured(linked_changes(ChangeRequests(AS_OF, 365, requests, 1)))
    assert (outcome.value, outcome.sample) == (50, 2)


def test_nothing_merged() -> None:
    assert isinstance(linked_changes(ChangeRequests(AS_OF, 365, (), 0)), NotApplicable)
