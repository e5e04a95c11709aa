from datetime import timedelta
from typing import Any

from analyzers.process.self_merges import self_merges
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequest, ChangeRequests, Review
from scanner.facts.history import CommitActivity
from tests.builders import AS_OF, change_request
from tests.builders_checks_b import measured, plain

MERGED = AS_OF - timedelta(days=2)
TEAM = plain(CommitActivity, people_365_days=3)


def request(merged_by: str, *reviewers: tuple[str, bool], **given: Any) -> ChangeRequest:
    reviews = tuple(Review(who, bot, "commented", MERGED, 1) for who, bot in reviewers)
    return change_request(**({"merged_at": MERGED, "merged_by": merged_by, "reviews": reviews} | given))


def changes(*requests: ChangeRequest) -> ChangeRequests:
    return ChangeRequests(AS_OF, 365, requests, 0)


def test_merging_ones_own_reviewed_change_is_normal() -> None:
    requests = changes(
        request("ann"), request("ann", ("ann", False)), request("ann", ("robot", True)),
        request("ann", ("bob", False)), request("ann", ("bob", False)), request("bob"), request("", bot=True),
    )  # fmt: skip
    assert measured(self_merges(requests, TEAM)).value == 50


def test_unknown_mergers_and_lone_authors() -> None:
    assert isinstance(self_merges(changes(request(""), request(""), request("ann")), TEAM), Unknown)
    assert isinstance(self_merges(changes(request("ann")), plain(CommitActivity, people_365_days=1)), NotApplicable)
    assert isinstance(self_merges(changes(), TEAM), NotApplicable)
