from analyzers.learning.pairing_share import pairing_share
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import activity, contributors, measured


def test_share_of_commits() -> None:
    assert measured(pairing_share(contributors(paired=5), activity(commits_365_days=200))) == 2.5


def test_one_person_cannot_pair_and_quiet_code_is_left_alone() -> None:
    assert isinstance(pairing_share(contributors(), activity(people_365_days=1)), NotApplicable)
    assert isinstance(pairing_share(contributors(), activity(commits_365_days=0)), NotApplicable)
