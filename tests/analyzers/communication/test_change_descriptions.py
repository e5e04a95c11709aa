from analyzers.communication.change_descriptions import change_descriptions
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequests
from tests.builders import AS_OF, change_request
from tests.builders_checks_a import ago, measured


def test_ten_words_and_only_peoples_recent_merges() -> None:
    requests = (
        change_request(merged_at=ago(3), description_words=10),
        change_request(merged_at=ago(3), description_words=9),
        change_request(merged_at=ago(3), description_words=0),
        change_request(merged_at=ago(3), description_words=50, bot=True),
        change_request(merged_at=ago(95), description_words=50),
        change_request(merged_at=ago(3), description_words=0),
    )
    outcome = measured(change_descriptions(ChangeRequests(AS_OF, 365, requests, 0)))
    assert (outcome.value, outcome.sample) == (25, 4)


def test_nothing_merged() -> None:
    assert isinstance(change_descriptions(ChangeRequests(AS_OF, 365, (change_request(),), 1)), NotApplicable)
