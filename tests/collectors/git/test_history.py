from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from collectors.git.history import COLLECTOR
from scanner.core.evidence import Fact, Unknown, Why
from scanner.facts.history import (
    ChangeCoupling,
    CommitActivity,
    CommitMessages,
    Contributors,
    FileChanges,
    RepositoryProfile,
    Tags,
)
from tests.builders_gitcode import AS_OF, KEY, GitRepo, collected

DAY = timedelta(days=1)
BOB, BOT = "Bob Ray <bob@acme.io>", "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>"


def ago(**span: float) -> str:
    return (AS_OF - timedelta(**span)).isoformat()


def facts(repo: GitRepo) -> dict[type[Fact], Any]:
    return {kind: found.content for kind, found in collected(COLLECTOR, repo.open()).items()}


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return GitRepo(tmp_path)


def test_windows_include_their_first_second(repo: GitRepo) -> None:
    for span in ({"days": 365, "seconds": 1}, {"days": 365}, {"days": 90, "seconds": 1}, {"days": 90}, {"days": 0}):
        repo.commit(at=ago(**span))
    activity = facts(repo)[CommitActivity]
    assert (activity.commits_90_days, activity.commits_365_days, activity.commits_all) == (2, 4, 5)
    since = f"--since={int((AS_OF - 90 * DAY).timestamp())}"
    assert len(repo.git("log", since, "--format=%H").split()) == activity.commits_90_days


def test_merges_bots_and_agents_are_counted_apart(repo: GitRepo) -> None:
    repo.commit("Start the work here", {"a": "1"}, at=ago(days=9))
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Work on the side", {"b": "1"}, at=ago(days=8), by=BOB)
    repo.git("checkout", "-q", "main")
    repo.commit("Bump the things", {"c": "1"}, at=ago(days=7), by=BOT)
    repo.commit("Do it\n\nCo-Authored-By: Claude <noreply@anthropic.com>", {"d": "1"}, at=ago(days=6))
    merge_date = {"GIT_AUTHOR_DATE": ago(days=5), "GIT_COMMITTER_DATE": ago(days=5)}
    repo.git("merge", "-q", "--no-ff", "-m", "Merge it", "side", **merge_date)
    got = facts(repo)
    activity, people = got[CommitActivity], got[Contributors]
    assert got[RepositoryProfile].commits == 5 == int(repo.git("rev-list", "--count", "HEAD"))
    assert (activity.commits_all, activity.bot_commits_365_days, activity.merge_commits_365_days) == (3, 1, 1)
    assert activity.agent_commits_365_days == 1
    assert activity.mainline_days_90_days == 4  # without the day of the side branch
    assert activity.active_days_90_days == 3
    assert activity.people_90_days == 2
    assert {p.person: p.commits_all for p in people.people} == {
        KEY.of("mail:ann@acme.io"): 2,
        KEY.of("mail:bob@acme.io"): 1,
    }
    assert (people.bots, people.paired_commits_365_days) == (1, 0)
    assert "Ann" not in repr(got)
    assert "acme" not in repr(got)


def test_people_merge_by_mailmap_login_and_name(repo: GitRepo) -> None:
    repo.commit("One more change", {".mailmap": "Ann Lee <ann@acme.io> <al@old.org>\n"}, by="al <al@old.org>")
    repo.commit("One more change", by="Ann Lee <7+annlee@users.noreply.github.com>")
    repo.commit("One more change\n\nCo-authored-by: Bob Ray <bob@acme.io>", by="Ann Lee <ANN@acme.io>")
    (ann, bob) = sorted(facts(repo)[Contributors].people, key=lambda p: -p.commits_all)
    assert (ann.person, ann.commits_all) == (KEY.of("github:annlee"), 3)
    assert (bob.person, bob.commits_all) == (KEY.of("mail:bob@acme.io"), 1)
    assert facts(repo)[Contributors].paired_commits_365_days == 1


def test_the_tenth_commit_and_the_hours(repo: GitRepo) -> None:
    for day in range(1, 12):  # 1 June 2026 is a Monday
        repo.commit(at=f"2026-06-{day:02}T21:30:00+00:00" if day == 2 else f"2026-06-{day:02}T10:00:00-07:00")
    people = facts(repo)[Contributors]
    (ann,) = people.people
    assert ann.tenth_at == datetime(2026, 6, 10, 17, tzinfo=UTC)
    assert (ann.first_at, ann.last_at) == (datetime(2026, 6, 1, 17, tzinfo=UTC), datetime(2026, 6, 11, 17, tzinfo=UTC))
    assert (people.timed_commits_365_days, people.out_of_hours_commits_365_days) == (11, 3)  # the 2nd, 6th and 7th


def test_odd_dates_are_counted_and_date_nothing(repo: GitRepo) -> None:
    repo.commit(at="1970-01-01T00:00:01+00:00")
    repo.commit(at="2026-05-01T10:00:00+00:00")
    repo.commit(at="2099-01-01T00:00:00+00:00", committed="2026-06-01T10:00:00+00:00")
    got = facts(repo)
    profile, activity = got[RepositoryProfile], got[CommitActivity]
    assert (profile.commits, profile.commits_odd_date) == (3, 2)
    assert profile.first_commit_at == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert [(m.month, m.human_commits) for m in activity.months] == [("2026-05", 1), ("2026-06", 1)]
    assert got[Contributors].people[0].commits_all == 3
    assert got[Contributors].timed_commits_365_days == 1


def test_commits_after_as_of_are_left_out(repo: GitRepo) -> None:
    repo.commit(at=ago(days=1))
    repo.commit(at=(AS_OF + DAY).isoformat())
    profile = facts(repo)[RepositoryProfile]
    assert (profile.commits, profile.commits_after_as_of) == (1, 1)


def test_files_of_head_only_with_odd_names(repo: GitRepo) -> None:
    repo.commit("Add some files", {"gone.py": "1", "käse.py": "1"}, at=ago(days=9))
    (repo.folder / "gone.py").unlink()
    raw = repo.folder / "link"
    raw.symlink_to("käse.py")
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"x")
    repo.git("update-index", "--index-info", stdin=f"100644 {blob}\t".encode() + b"latin-\xe9.py\n")
    repo.git("rm", "-q", "--cached", "gone.py")
    repo.git("add", "link")
    repo.git("commit", "-q", "-m", "Change some files", GIT_COMMITTER_DATE=ago(days=8), GIT_AUTHOR_DATE=ago(days=8))
    files = {f.path: f.revisions_all for f in facts(repo)[FileChanges].files}
    assert files == {"käse.py": 1, "link": 1, "latin-\\xe9.py": 1}


def test_file_counts_and_percentiles(repo: GitRepo) -> None:
    repo.commit("Add one file", {"a": "1"}, at=ago(days=3))
    repo.commit("Add three files", {"b": "1", "c": "1", "d": "1"}, at=ago(days=2))
    repo.commit("Add many files", {f"m{i}": "1" for i in range(31)}, at=ago(days=1))
    activity = facts(repo)[CommitActivity]
    assert activity.files_per_commit_median == 3
    assert activity.files_per_commit_p90 == pytest.approx(3 + 0.8 * 28)  # R type 7 at 0.9 × 2 = 1.8
    assert activity.commits_over_30_files_365_days == 1


def test_messages_by_hand(repo: GitRepo) -> None:
    repo.commit("feat: add paging to the lists (#12)", at=ago(days=5))
    repo.commit("wip", at=ago(days=4))
    repo.commit('Revert "Add the thing"\n\nThis reverts commit abc.', at=ago(days=3))
    repo.commit("Old and out of window", at=ago(days=400))
    repo.commit("Latin-1 subject é".encode("latin-1").decode("latin-1"), at=ago(days=2))
    messages = facts(repo)[CommitMessages]
    assert (messages.commits, messages.with_reference, messages.conventional) == (4, 1, 1)
    assert (messages.with_body, messages.poor_subject, messages.reverts) == (1, 1, 1)
    assert dict(messages.kinds) == {"feature": 1}


def test_names_that_are_not_utf_8_do_not_stop_the_pass(repo: GitRepo) -> None:
    tree = repo.git("write-tree")
    raw = f"tree {tree}\nauthor ".encode() + b"J\xf6rg \x01X <j\xf6rg@acme.io> 1780300800 +0200\n"
    raw += b"committer x <x@y.z> 1780300800 +9999\n\nsubject \xff\n"
    oid = repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw)
    repo.git("update-ref", "refs/heads/main", oid)
    got = facts(repo)
    assert got[CommitActivity].commits_all == 1
    assert len(got[Contributors].people) == 1


def test_coupling_and_tags_from_a_real_history(repo: GitRepo) -> None:
    for number in range(6):
        repo.commit("Change both files", {"a": str(number), "b": str(number)}, at=ago(days=20 - number))
    repo.git("tag", "v1.0.0", "HEAD~3")
    repo.git("tag", "-a", "-m", "annotated", "nightly", "HEAD")
    got = facts(repo)
    assert [(p.a, p.b, p.shared, p.degree) for p in got[ChangeCoupling].pairs] == [("a", "b", 6, 1.0)]
    assert [(t.name, t.semantic, t.at) for t in got[Tags].tags] == [
        ("v1.0.0", True, AS_OF - 18 * DAY),
        ("nightly", False, AS_OF - 15 * DAY),
    ]
    assert got[RepositoryProfile].tags == 2


def test_an_empty_repository_is_known_to_be_empty(repo: GitRepo) -> None:
    got = facts(repo)
    assert set(got) == set(COLLECTOR.provides)
    assert (got[RepositoryProfile].head, got[RepositoryProfile].commits) == ("", 0)
    assert (got[CommitActivity].commits_all, got[CommitActivity].months) == (0, ())
    assert got[Contributors].people == got[FileChanges].files == got[Tags].tags == ()


def shallow(repo: GitRepo, folder: Path, depth: int) -> GitRepo:
    clone = GitRepo(folder)
    clone.git("fetch", "-q", f"--depth={depth}", f"file://{repo.folder}", "main:refs/heads/other")
    clone.git("symbolic-ref", "HEAD", "refs/heads/other")
    return clone


def test_a_shallow_clone_that_hides_part_of_the_year_tells_no_counts(repo: GitRepo, tmp_path: Path) -> None:
    for day in (500, 3, 2, 1):
        repo.commit(files={"a.py": str(day)}, at=ago(days=day))
    found = collected(COLLECTOR, shallow(repo, tmp_path / "clone", 2).open())
    assert set(found) == set(COLLECTOR.provides)
    begins = f"shallow clone: its history begins {AS_OF - 2 * DAY:%Y-%m-%d}"
    for kind in (CommitActivity, Contributors, CommitMessages, ChangeCoupling):
        assert found[kind].content == Unknown(Why.UNSUPPORTED, begins, "git fetch --unshallow")
    assert found[FileChanges].content == FileChanges(AS_OF, 365, ())
    assert begins in found[FileChanges].caveat
    profile = found[RepositoryProfile].content
    assert isinstance(profile, RepositoryProfile)
    assert (profile.shallow, profile.commits) == (True, 2)
    assert "shallow" in found[RepositoryProfile].caveat
    assert isinstance(found[Tags].content, Tags)


def test_a_shallow_clone_that_reaches_past_the_year_counts_and_says_so(repo: GitRepo, tmp_path: Path) -> None:
    for day in (500, 365, 1):
        repo.commit(at=ago(days=day))
    found = collected(COLLECTOR, shallow(repo, tmp_path / "clone", 2).open())[CommitActivity]
    assert isinstance(found.content, CommitActivity)
    assert (found.content.commits_365_days, found.content.commits_all) == (2, 2)
    assert "shallow" in found.caveat


def test_a_merge_that_refers_to_a_change_request_vouches_for_what_it_brought_in(repo: GitRepo) -> None:
    """A release branch without a reference carries a change request of its own into main."""

    def merge(into: str, branch: str, message: str, days: float) -> None:
        repo.git("checkout", "-q", into)
        repo.git(
            "merge",
            "-q",
            "--no-ff",
            "-m",
            message,
            branch,
            GIT_AUTHOR_DATE=ago(days=days),
            GIT_COMMITTER_DATE=ago(days=days),
        )

    repo.commit("Start the work here", {"a": "1"}, at=ago(days=9))
    repo.git("checkout", "-q", "-b", "stable")
    repo.commit("Work on the release", {"b": "1"}, at=ago(days=8))
    repo.git("checkout", "-q", "-b", "change")
    repo.commit("Work on the side", {"c": "1"}, at=ago(days=7))
    repo.commit("More of the same work", {"c": "2"}, at=ago(days=6))
    merge("stable", "change", "Merge pull request #7 from acme/change", 5)
    merge("main", "stable", "Merge branch stable", 4)
    repo.commit("End the work here", {"a": "2"}, at=ago(days=1))
    messages = facts(repo)[CommitMessages]
    brought = repo.git("rev-list", "--no-merges", "stable^1..stable^2").split()
    assert (messages.commits, messages.with_reference) == (5, len(brought)) == (5, 2)


def test_figures_agree_with_plain_git(repo: GitRepo) -> None:
    for number in range(12):
        by = BOB if number % 3 == 0 else BOT if number % 5 == 0 else "Ann Lee <ann@acme.io>"
        files = {"a": str(number), **({"b": str(number)} if number % 2 else {})}
        issue = f" (#{number})" if number % 4 else ""
        repo.commit(f"Change number {number}{issue}", files, at=ago(days=40 * (11 - number), hours=1), by=by)
    got = facts(repo)

    def authors(*more: str) -> list[str]:
        shown = repo.git("log", "--no-merges", f"--since={ago(days=365)}", "--format=%an", *more).split("\n")
        return [name for name in shown if name and "[bot]" not in name]

    assert got[CommitActivity].commits_365_days == len(authors()) == 8
    people = sorted(p.commits_365_days for p in got[Contributors].people)
    assert people == sorted([authors().count("Ann Lee"), authors().count("Bob Ray")]) == [3, 5]
    assert got[CommitMessages].with_reference == len(authors("--grep=#[0-9]")) == 6
    revisions = {f.path: f.revisions_365_days for f in got[FileChanges].files}
    assert revisions == {path: len(authors("--", path)) for path in ("a", "b")}
