from analyzers.communication.commit_messages import commit_messages
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import measured, messages


def test_share_of_telling_subjects() -> None:
    assert measured(commit_messages(messages(40, poor_subject=4))).value == 90


def test_no_commits() -> None:
    assert isinstance(commit_messages(messages(0)), NotApplicable)
