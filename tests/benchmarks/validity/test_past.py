from datetime import UTC, datetime
from pathlib import Path

from benchmarks.validity.past import Snapshot, januaries, snapshots
from tests.builders_gitcode import GitRepo

DAY = datetime(2024, 1, 1, tzinfo=UTC)
BODY = "\n".join(f"def f{i}(x):\n    return {i} if x else x\n" for i in range(5))


def taken(tmp_path: Path) -> Snapshot:
    repo = GitRepo(tmp_path)
    repo.commit(
        "Start", {"old.py": BODY, "calm.py": "X = 1\n", "tests/test_a.py": "A = 1\n"}, "2022-06-01T00:00:00+00:00"
    )
    repo.git("mv", "old.py", "new.py")
    repo.commit("Move", {}, "2023-06-01T00:00:00+00:00")
    repo.commit("Fix a leak", {"new.py": BODY + "Y = 1\n"}, "2023-12-22T00:00:00+00:00")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("fix: in time (#3)", {"calm.py": "X = 2\n"}, "2023-12-30T00:00:00+00:00")
    repo.git("checkout", "-q", "main")
    repo.git("mv", "new.py", "newest.py")
    repo.commit("Move on", {}, "2024-02-01T00:00:00+00:00")
    repo.commit("Fix it again", {"newest.py": BODY + "Y = 2\n"}, "2024-12-30T00:00:00+00:00")
    repo.git("merge", "-q", "--no-ff", "-m", "Fix by merge", "side", GIT_COMMITTER_DATE="2024-12-30T12:00:00+00:00")
    repo.commit("Fix too late", {"newest.py": BODY + "Y = 3\n"}, "2025-01-02T00:00:00+00:00")
    repo.commit("Add", {}, "2025-03-01T00:00:00+00:00")
    (one,) = snapshots("acme/api", repo.folder, (DAY,), tmp_path / "cache.db")
    return one


def test_the_tree_is_that_of_the_day_and_product_alone(tmp_path: Path) -> None:
    files = {f.path: f for f in taken(tmp_path).files}
    assert sorted(files) == ["calm.py", "new.py"]
    assert (files["new.py"].lines, files["new.py"].complexity) == (11, 10), "five functions of two lines and two paths"
    assert (files["calm.py"].lines, files["calm.py"].complexity) == (1, 0)


def test_nothing_of_the_year_after_is_in_the_scores(tmp_path: Path) -> None:
    files = {f.path: f for f in taken(tmp_path).files}
    assert files["new.py"].ages == (10, 214, 579), "the fix, the move, the start under the old name"
    assert files["new.py"].fix_ages == (10,)
    assert files["calm.py"].ages == (579,), "the side branch was not merged on the day"


def test_truth_is_the_fixes_of_the_year_after_renames_followed(tmp_path: Path) -> None:
    files = {f.path: f for f in taken(tmp_path).files}
    assert (files["new.py"].fixes, files["new.py"].narrow_fixes) == (1, 0), "under its new name; the late one is out"
    assert (files["calm.py"].fixes, files["calm.py"].narrow_fixes) == (1, 1), "landed in the year"


def test_a_year_of_history_stands_on_either_side_of_a_date(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Start", {}, "2019-06-01T00:00:00+00:00")
    repo.commit("End", {}, "2024-06-01T00:00:00+00:00")
    every = [datetime(year, 1, 1, tzinfo=UTC) for year in (2021, 2022, 2023)]
    assert januaries(repo.folder, 9, 1) == tuple(every)
    assert januaries(repo.folder, 2, 2) == (every[0], every[2])
