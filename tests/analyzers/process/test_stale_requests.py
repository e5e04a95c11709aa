from datetime import timedelta
from typing import Any

from analyzers.process.stale_requests import stale_requests
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequest, ChangeRequests
from tests.builders import AS_OF, change_request
from tests.builders_checks_b import measured


def opened(days_ago: float, **given: Any) -> ChangeRequest:
    return change_request(created_at=AS_OF - timedelta(days=days_ago), **given)


def test_requests_that_left_the_listing_are_stale_too() -> None:
    requests = (
        opened(30), opened(31), opened(2), opened(99, draft=True), opened(99, bot=True),
        opened(99, closed_at=AS_OF), opened(99, merged_at=AS_OF),
    )  # fmt: skip
    assert measured(stale_requests(ChangeRequests(AS_OF, 365, requests, open_total=5))).value == 100 / 3
    assert measured(stale_requests(ChangeRequests(AS_OF, 365, requests, open_total=6))).value == 50


def test_nothing_open() -> None:
    assert isinstance(stale_requests(ChangeRequests(AS_OF, 365, (), 0)), NotApplicable)
