from datetime import timedelta

from analyzers.process.batch_size import batch_size
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequests
from tests.builders import AS_OF, change_request
from tests.builders_checks_b import measured

MERGED = AS_OF - timedelta(days=2)


def test_bots_do_not_make_the_batches_small() -> None:
    requests = (
        change_request(merged_at=MERGED, additions=100, deletions=50),
        change_request(merged_at=MERGED, additions=10, deletions=0),
        change_request(merged_at=MERGED, additions=9000, deletions=1),
        *(change_request(merged_at=MERGED, bot=True, additions=1, deletions=1) for _ in range(9)),
    )
    assert measured(batch_size(ChangeRequests(AS_OF, 365, requests, 0))).value == 150


def test_nothing_merged() -> None:
    assert isinstance(batch_size(ChangeRequests(AS_OF, 365, (change_request(),), 1)), NotApplicable)
