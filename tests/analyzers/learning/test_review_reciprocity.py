from datetime import timedelta

from analyzers.learning.review_reciprocity import review_reciprocity
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequest, ChangeRequests, Review
from tests.builders import AS_OF, change_request
from tests.builders_checks_a import measured

MERGED = AS_OF - timedelta(days=3)


def by(person: str, *reviewers: str, bot: bool = False, days: int = 3) -> ChangeRequest:
    reviews = tuple(Review(name, bot, "commented", MERGED, 1) for name in reviewers)
    return change_request(person=person, merged_at=AS_OF - timedelta(days=days), reviews=reviews)


def test_pairs_of_authors_in_both_directions() -> None:
    requests = (
        by("ann", "bob", "cleo", "ann", "lead"),  # the lead has no change merged, and nobody reviews oneself
        by("bob", "ann"),
        by("cleo", "bob"),
        by("dan", "cleo"),
        by("cleo", "dan", bot=True),
        by("cleo", "dan", days=366),
    )
    outcome = measured(review_reciprocity(ChangeRequests(AS_OF, 365, requests, 0)))
    assert (outcome.value, outcome.sample) == (25, 4)  # ann with bob, of ann-bob, ann-cleo, bob-cleo and cleo-dan


def test_two_pairs_are_too_few() -> None:
    requests = (by("ann", "bob"), by("bob", "ann"), by("cleo", "ann"))
    assert isinstance(review_reciprocity(ChangeRequests(AS_OF, 365, requests, 0)), NotApplicable)
