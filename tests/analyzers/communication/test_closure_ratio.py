from analyzers.communication.closure_ratio import closure_ratio
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequests
from tests.builders import AS_OF, change_request
from tests.builders_checks_a import ago, measured


def test_closed_without_merge_counts_as_decided() -> None:
    requests = (
        change_request(created_at=ago(10), merged_at=ago(5), closed_at=ago(5)),
        change_request(created_at=ago(10)),
        change_request(created_at=ago(200), closed_at=ago(5)),
        change_request(created_at=ago(300), closed_at=ago(91)),
        change_request(created_at=ago(10), closed_at=ago(5), bot=True),
        change_request(created_at=ago(80)),
        change_request(created_at=ago(80)),
    )
    outcome = measured(closure_ratio(ChangeRequests(AS_OF, 365, requests, 3)))
    assert (outcome.value, outcome.sample) == (50, 4)


def test_nothing_opened() -> None:
    old = (change_request(created_at=ago(200), closed_at=ago(5)),)
    assert isinstance(closure_ratio(ChangeRequests(AS_OF, 365, old, 0)), NotApplicable)
