from datetime import UTC, datetime, timedelta

from analyzers.process.review_coverage import review_coverage
from scanner.core.outcomes import Measured, NotApplicable
from scanner.facts.forge import ChangeRequest, ChangeRequests, Review
from tests.builders import AS_OF, change_request


def test_own_and_late_and_bot_approvals_do_not_count() -> None:
    merged = AS_OF - timedelta(days=3)
    before, after = merged - timedelta(hours=1), merged + timedelta(hours=1)

    def with_review(person: str, at: datetime, *, bot: bool = False) -> ChangeRequest:
        return change_request(person="ann", merged_at=merged, reviews=(Review(person, bot, "approved", at, 0),))

    requests = (
        with_review("bob", before),
        with_review("ann", before),
        with_review("bob", after),
        with_review("bot", before, bot=True),
    )
    outcome = review_coverage(ChangeRequests(AS_OF, 365, requests, 0))
    assert isinstance(outcome, Measured)
    assert outcome.value == 25
    assert outcome.sample == 4


def test_old_bot_and_side_branch_merges_are_left_out() -> None:
    requests = (
        change_request(merged_at=AS_OF - timedelta(days=91)),
        change_request(merged_at=AS_OF - timedelta(days=1), bot=True),
        change_request(merged_at=AS_OF - timedelta(days=1), to_default=False),
        change_request(merged_at=datetime(2100, 1, 1, tzinfo=UTC)),
    )
    assert isinstance(review_coverage(ChangeRequests(AS_OF, 365, requests, 0)), NotApplicable)
