from datetime import timedelta
from typing import Any

from analyzers.process.rubber_stamps import rubber_stamps
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequest, ChangeRequests, Review
from tests.builders import AS_OF, change_request
from tests.builders_checks_b import measured

OPENED = AS_OF - timedelta(days=9)


def request(minutes: float, *, review_comments: int = 0, bot: bool = False, **given: Any) -> ChangeRequest:
    review = Review("bob", bot, "approved", OPENED + timedelta(minutes=minutes), review_comments)
    defaults = {"created_at": OPENED, "merged_at": AS_OF - timedelta(days=8), "additions": 400, "deletions": 101}
    return change_request(**(defaults | {"reviews": (review,)} | given))


def test_only_large_quick_and_silent_approvals_are_stamps() -> None:
    requests = (
        request(5, number=7, merge_commit="abc"),
        request(6),
        request(1, review_comments=2),
        request(1, comments=1),
        request(1, additions=399),
        request(1, bot=True),
    )
    outcome = measured(rubber_stamps(ChangeRequests(AS_OF, 365, requests, 0)))
    assert outcome.value == 25, "one of the first four; the last two are small or not approved by a person"
    assert [(p.commit, p.anchor) for p in outcome.places] == [("abc", "change request 7")]
    assert "bob" not in outcome.places[0].message


def test_no_large_change() -> None:
    assert isinstance(rubber_stamps(ChangeRequests(AS_OF, 365, (request(1, additions=1),), 0)), NotApplicable)
