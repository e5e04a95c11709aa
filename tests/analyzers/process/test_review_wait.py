from datetime import timedelta

from analyzers.process.review_wait import review_wait
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequest, ChangeRequests, Review
from tests.builders import AS_OF, change_request
from tests.builders_checks_b import measured

OPENED = AS_OF - timedelta(days=5)


def request(*reviews: tuple[str, float, bool], days_ago: float = 5) -> ChangeRequest:
    opened = AS_OF - timedelta(days=days_ago)
    made = tuple(Review(who, bot, "commented", opened + timedelta(hours=h), 0) for who, h, bot in reviews)
    return change_request(person="ann", created_at=opened, reviews=made)


def test_bots_and_the_author_give_no_first_look() -> None:
    requests = (
        request(("bob", 30, False), ("ann", 1, False), ("robot", 0.1, True), ("cid", 10, False)),
        request(("bob", 2, False)),
        request(("robot", 0.1, True)),
        request(("bob", 500, False), days_ago=91),
    )
    outcome = measured(review_wait(ChangeRequests(AS_OF, 365, requests, 0)))
    assert outcome.value == 6, "median of 10 and 2"
    assert outcome.because.endswith("1 had no review")


def test_unreviewed_changes_do_not_wait_zero_hours() -> None:
    assert isinstance(review_wait(ChangeRequests(AS_OF, 365, (request(),), 1)), NotApplicable)
