from analyzers.team.review_load import review_load
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequests, Review
from tests.builders import AS_OF, change_request
from tests.builders_checks_a import across, ago, measured


def requested(author: str, *reviewers: str, bot: bool = False, days: int = 5) -> ChangeRequests:
    reviews = tuple(Review(r, bot, "approved", ago(days), 0) for r in reviewers)
    return ChangeRequests(AS_OF, 365, (change_request(person=author, reviews=reviews, created_at=ago(days)),), 0)


def test_authors_who_never_review_count_as_zero() -> None:
    facts = across(
        a=requested("ann", "dee", "dee", "ann"),
        b=requested("bob", "dee"),
        c=requested("cid", "dee"),
        d=requested("dee", "robot", bot=True),
        e=requested("old", "older", days=91),
    )
    outcome = measured(review_load(facts))
    assert (outcome.value, outcome.sample) == (0.75, 3)


def test_too_few_people_and_no_reviews() -> None:
    assert isinstance(review_load(across(a=requested("ann", "bob", "cid"))), NotApplicable)
    silent = across(a=requested("a"), b=requested("b"), c=requested("c"), d=requested("d"))
    assert isinstance(review_load(silent), NotApplicable)
