from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from collectors.git.form import Form
from collectors.git.history import COLLECTOR
from scanner.facts.history import CommitActivity, CommitMessages, Contributors, FileChanges, RepositoryProfile
from scanner.facts.knowledge import HistoryForm
from tests.builders import AS_OF
from tests.builders_gitcode import GitRepo, collected
from tests.builders_people import Pass


def test_a_repetition_has_the_same_author_time_subject_and_paths() -> None:
    told = Pass("a.py", "b.py")
    form = Form(AS_OF)
    first = told.seen(1, "ann", "a.py")
    assert not form.repeats(first)
    for other in (
        told.seen(1, "bob", "a.py"),
        told.seen(2, "ann", "a.py"),
        told.seen(1, "ann", "b.py"),
        told.seen(1, "ann", "a.py", subject="Change something else"),
        told.seen(1, "ann"),
        told.seen(1, "ann"),
        told.seen(1, "ann", "a.py", merge=True),
    ):
        assert not form.repeats(other)
    assert form.repeats(told.seen(1, "ann", "a.py", body="(cherry picked from commit 1234567)"))
    assert form.result() == HistoryForm(1, 0, 0)


def test_squashed_changes_are_one_however_many_signed() -> None:
    told = Pass("a.py")
    form = Form(AS_OF)
    both = "Co-authored-by: bob <bob@acme.io>\nCo-authored-by: zoe <zoe@acme.io>"
    form.add(told.seen(1, "ann", "a.py", subject="Add paging (#12)", body=both))
    form.add(told.seen(2, "ann", "a.py", subject="Add paging (#13)"))
    form.add(told.seen(3, "ann", "a.py", subject="Add paging, see (#14) there"))
    form.add(told.seen(366, "ann", "a.py", subject="Add paging (#15)"))
    form.add(told.seen(4, "dependabot[bot]", "a.py", subject="Bump (#16)"))
    assert form.result() == HistoryForm(0, 2, 1)


def test_a_cherry_pick_that_comes_back_by_a_merge_counts_once(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)

    def ago(days: int) -> str:
        return (AS_OF - timedelta(days=days)).isoformat()

    repo.commit("Start the work here", {"a.py": "1"}, at=ago(9))
    repo.git("checkout", "-q", "-b", "release")
    picked = repo.commit("Mend the lists in here", {"b.py": "1"}, at=ago(8))
    repo.git("checkout", "-q", "main")
    repo.commit("Go on with the work", {"c.py": "1"}, at=ago(7))
    repo.git("cherry-pick", "-x", picked, GIT_COMMITTER_DATE=ago(6))
    dates = {"GIT_AUTHOR_DATE": ago(5), "GIT_COMMITTER_DATE": ago(5)}
    repo.git("merge", "-q", "--no-ff", "-m", "Merge it", "release", **dates)
    got = {kind: found.content for kind, found in collected(COLLECTOR, repo.open(AS_OF)).items()}
    assert got[HistoryForm] == HistoryForm(1, 0, 0)
    profile, activity = got[RepositoryProfile], got[CommitActivity]
    assert isinstance(profile, RepositoryProfile)
    assert isinstance(activity, CommitActivity)
    assert (profile.commits, activity.commits_all, activity.merge_commits_365_days) == (5, 3, 1)
    people, messages, files = got[Contributors], got[CommitMessages], got[FileChanges]
    assert isinstance(people, Contributors)
    assert isinstance(messages, CommitMessages)
    assert isinstance(files, FileChanges)
    assert (people.people[0].commits_all, messages.commits) == (3, 3)
    assert {f.path: f.revisions_all for f in files.files} == {"a.py": 1, "b.py": 1, "c.py": 1}
