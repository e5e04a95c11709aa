from analyzers.process.broad_commits import broad_commits
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import CommitActivity
from tests.builders_checks_b import measured, plain


def test_share_of_the_years_commits() -> None:
    activity = plain(CommitActivity, commits_365_days=80, commits_over_30_files_365_days=4, commits_all=1000)
    outcome = measured(broad_commits(activity))
    assert (outcome.value, outcome.sample, outcome.window_days) == (5, 80, 365)


def test_no_commits() -> None:
    assert isinstance(broad_commits(plain(CommitActivity, commits_all=5)), NotApplicable)
