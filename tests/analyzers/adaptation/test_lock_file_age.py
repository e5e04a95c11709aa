from analyzers.adaptation.lock_file_age import lock_file_age
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import activity, dependencies, file_change, file_changes, measured

LOCKS = dependencies(
    ("a/uv.lock", "PyPI", "lock"), ("b/uv.lock", "PyPI", "lock"), ("a/pyproject.toml", "PyPI", "manifest")
)
HISTORY = file_changes(file_change("a/uv.lock", 100), file_change("b/uv.lock", 300), file_change("a/pyproject.toml", 5))


def test_the_median_lock_file_counts() -> None:
    assert measured(lock_file_age(LOCKS, HISTORY, activity())) == 200


def test_where_bots_commit_only_a_recent_change_is_certain() -> None:
    with_bot = activity(bot_commits_365_days=40)
    assert isinstance(lock_file_age(LOCKS, HISTORY, with_bot), Unknown)
    recent = file_changes(file_change("a/uv.lock", 20), file_change("b/uv.lock", 40))
    assert measured(lock_file_age(LOCKS, recent, with_bot)) == 30


def test_no_lock_and_no_history_differ() -> None:
    assert isinstance(lock_file_age(dependencies(("go.mod", "Go", "manifest")), HISTORY, activity()), NotApplicable)
    assert isinstance(lock_file_age(LOCKS, file_changes(), activity()), Unknown)
