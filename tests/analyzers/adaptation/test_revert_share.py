from analyzers.adaptation.revert_share import revert_share
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import measured, messages


def test_share_of_commits() -> None:
    assert measured(revert_share(messages(80, reverts=2))) == 2.5
    assert measured(revert_share(messages(80))) == 0


def test_finished_code_is_not_judged() -> None:
    assert isinstance(revert_share(messages(0)), NotApplicable)
