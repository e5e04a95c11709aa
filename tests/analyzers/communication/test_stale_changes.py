from analyzers.communication.stale_changes import stale_changes
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequests
from tests.builders import AS_OF, change_request
from tests.builders_checks_a import ago, measured


def test_requests_too_old_to_be_listed_are_stale() -> None:
    requests = (
        change_request(created_at=ago(10)),
        change_request(created_at=ago(10), bot=True),
        change_request(created_at=ago(10), closed_at=ago(2)),
        change_request(created_at=ago(100)),
    )
    assert measured(stale_changes(ChangeRequests(AS_OF, 365, requests, 8))).value == 75


def test_none_open() -> None:
    assert isinstance(stale_changes(ChangeRequests(AS_OF, 365, (), 0)), NotApplicable)
