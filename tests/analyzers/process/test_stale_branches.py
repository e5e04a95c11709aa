from analyzers.process.stale_branches import stale_branches
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import CommitActivity, RepositoryProfile
from tests.builders_checks_b import measured, plain


def test_number_of_resting_branches() -> None:
    active = plain(CommitActivity, commits_90_days=1)
    assert measured(stale_branches(plain(RepositoryProfile, branches=12, stale_branches=9), active)).value == 9
    assert measured(stale_branches(plain(RepositoryProfile), active)).value == 0


def test_a_resting_repository_has_no_stale_branches() -> None:
    assert isinstance(stale_branches(plain(RepositoryProfile, stale_branches=9), plain(CommitActivity)), NotApplicable)
