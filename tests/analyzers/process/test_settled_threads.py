from datetime import timedelta

from analyzers.process.settled_threads import settled_threads
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequest, ChangeRequests
from tests.builders import AS_OF, change_request
from tests.builders_checks_b import measured


def merged(days: float, threads: int, resolved: int, **given: object) -> ChangeRequest:
    at = AS_OF - timedelta(days=days)
    return change_request(merged_at=at, threads=threads, threads_resolved=resolved, **given)


def test_threads_count_not_changes_and_only_of_people_and_of_the_window() -> None:
    requests = (merged(2, 7, 7), merged(3, 1, 0), merged(4, 0, 0), merged(91, 50, 0), merged(5, 50, 0, bot=True))
    outcome = measured(settled_threads(ChangeRequests(AS_OF, 365, requests, 0)))
    assert (outcome.value, outcome.sample) == (87.5, 8)


def test_without_threads_there_is_nothing_to_settle() -> None:
    assert isinstance(settled_threads(ChangeRequests(AS_OF, 365, (merged(2, 0, 0),), 0)), NotApplicable)
    assert isinstance(settled_threads(ChangeRequests(AS_OF, 365, (), 0)), NotApplicable)
