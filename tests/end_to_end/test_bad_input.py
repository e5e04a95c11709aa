"""One scan over everything that is wrong with repositories in the field: nothing fails, nothing is silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders_hostile import WHEN, Scan, Target, assay, git, scan

pytestmark = pytest.mark.xdist_group("bad_input")  # what they all read is made once, by one worker

APP = b"def f(x):\n    return x + 1\n"
FILES = {b"app.py": APP, b"README.md": b"# Api\n\nWhat it is.\n", b"requirements.txt": b"flask==2.0.0\n"}
DAY = 86_400

GAPS = {
    "unborn": "HEAD names no existing branch; other was analysed",
    "detached": "HEAD is detached: the commit it names was analysed",
    "headless": "HEAD names no existing branch; main was analysed",
    "shallow": "shallow clone: history before its boundary is not here",
    "damaged": "1 objects are missing or damaged",
    "headgone": "the newest commit of branch main is missing or damaged",
    "historygone": "git log stopped early: error: Could not read " + "b" * 40,
    "empty": "no branch has a commit",
    "nothing": "no branch has a commit",
    "latin": "1 file could not be analysed",
    "big": "2 files over 1 MB are listed but not read",
    "linkout": "2 symbolic links lead out of the tree and were not followed",
    "dates": "1 commits dated after the assessment's date were left out; 1 commits claim a date before 1990 or after the assessment's date",
    "leadsout": "its git directory lies outside the target",
    "borrower": "it borrows objects from another repository (objects/info/alternates)",
}  # fmt: skip
UNREAD = {"headgone", "leadsout", "borrower"}
"""Of these not even the head can be read; of ``historygone`` the tree can, and is."""


def _ordinary(folder: Path) -> tuple[Target, str, str]:
    made = Target(folder)
    first = made.commit(made.files({**FILES, b"app.py": b"x = 1\n"}), at=WHEN - DAY)
    second = made.commit(made.files(FILES), [first])
    made.ref(second)
    return made, first, second


def _build(repos: Path, aside: Path) -> None:
    _ordinary(repos / "good.git")
    Target(repos / "empty")
    made, _, second = _ordinary(repos / "unborn")
    (made.path / "refs/heads/main").unlink()
    made.ref(second, "refs/heads/other")
    made, first, _ = _ordinary(repos / "detached")
    made.head(f"{first}\n")
    made, _, _ = _ordinary(aside / "headless")
    (repos / "headless").mkdir()
    (made.path / "HEAD").unlink()
    made.path.rename(repos / "headless" / ".git")
    made, _, _ = _ordinary(aside / "source")
    git(repos, "clone", "-q", "--bare", "--depth=1", f"file://{made.path}", "shallow")
    made, _, _ = _ordinary(repos / "damaged")
    made.plant(made.blob(APP), b"garbage")
    made, _, _ = _ordinary(repos / "headgone")
    made.ref("a" * 40)
    made = Target(repos / "historygone")
    made.ref(made.commit(made.files(FILES), ["b" * 40]))
    (repos / "plain").mkdir()
    (repos / "plain" / "notes.txt").write_text("no repository")
    (repos / "link").symlink_to(aside / "source")
    made = Target(repos / "nothing")
    made.head("ref: refs/heads/trunk\n")
    made = Target(repos / "latin")
    names = {b"caf\xe9.py": b"# caf\xe9\nx = 1\n", b"utf16.py": "x = 1\n".encode("utf-16"), b"a.py": b"x = 1\n"}
    made.ref(made.commit(made.files(names), message=b"caf\xe9", author=b"Ren\xe9 <r\xe9@x>"))
    made = Target(repos / "big")
    made.ref(
        made.commit(made.files({b"big.py": b"\0" * (100 << 20), b"long.py": b"x = 1\n" * 200_000, b"a.py": b"x = 1\n"}))
    )
    made = Target(repos / "linkout")
    links = ((b"out.py", b"../../../etc/passwd"), (b"abs", b"/etc/passwd"), (b"in.py", b"./a.py"))
    made.ref(
        made.commit(made.tree(*(("120000", n, made.blob(to)) for n, to in links), ("100644", b"a.py", made.blob(APP))))
    )
    made = Target(repos / "dates")
    oldest = made.commit(made.files(FILES), at=0)
    honest = made.commit(made.files(FILES), [oldest])
    made.ref(made.commit(made.files(FILES), [honest], at=4_102_444_800))
    (repos / "leadsout").mkdir()
    (repos / "leadsout" / ".git").write_text(f"gitdir: {aside}/source\n")
    made, _, _ = _ordinary(repos / "borrower")
    (made.path / "objects/info").mkdir(exist_ok=True)
    (made.path / "objects/info/alternates").write_text(f"{aside}/source/objects\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("bad")
    (top / "repos").mkdir()
    _build(top / "repos", top / "aside")
    return top


@pytest.fixture(scope="module")
def mixed(folder: Path) -> Scan:
    return scan(folder / "home", folder / "repos")


def test_the_scan_ends_as_documented_when_some_could_not_be_read(mixed: Scan) -> None:
    assert mixed.code == 1
    assert "Traceback" not in mixed.stderr
    for name in UNREAD:
        assert f"{name}: not read: {GAPS[name]}" in " ".join(mixed.stderr.split())


@pytest.mark.parametrize("name", sorted(GAPS))
def test_each_says_in_plain_words_what_is_missing(mixed: Scan, name: str) -> None:
    assert any(detail.startswith(GAPS[name]) for detail in mixed.gaps_of(name)), mixed.gaps_of(name)
    (subject,) = [s for s in mixed.assessment["subjects"] if s["subject"] == f"repo:{name}"]
    expected = "unread" if name in {*UNREAD, "historygone"} else "empty" if name in ("empty", "nothing") else "active"
    assert subject["class"] == expected


def test_no_collector_crashed(mixed: Scan) -> None:
    assert [g for g in mixed.assessment["gaps"] if g["why"] == "crashed"] == []


def test_folders_that_are_no_repositories_are_named(mixed: Scan) -> None:
    details = [g["detail"] for g in mixed.assessment["gaps"]]
    assert "2 folders hold no git repository, or are symbolic links, and were passed over: link, plain" in details
    assert not any(s["subject"] in ("repo:plain", "repo:link") for s in mixed.assessment["subjects"])


def test_the_good_one_measures_the_same_alone(mixed: Scan, folder: Path) -> None:
    alone = scan(folder / "home-alone", folder / "repos" / "good.git")
    assert alone.code == 0
    assert len(alone.indicators_of("good")) > 50
    assert _comparable(alone) == _comparable(mixed)
    assert alone.gaps_of("good") == mixed.gaps_of("good")


def _comparable(of: Scan) -> list[Any]:
    return [{k: v for k, v in i.items() if k != "evidence"} for i in of.indicators_of("good")]


def test_wrong_usage_and_nothing_to_read_have_their_exit_codes(tmp_path: Path) -> None:
    wrong = assay(tmp_path / "home", "scan", "x", "--as-of", "soon")
    assert (wrong.code, wrong.stderr) == (2, "assay: --as-of takes a date such as 2026-06-30, not 'soon'\n")
    nothing = assay(tmp_path / "home", "scan", "nothing-here", "--offline", "--format", "json", COLUMNS="200")
    assert nothing.code == 3
    assert "nothing could be scanned: nothing-here: there is no nothing-here" in nothing.stderr
    assert "Traceback" not in nothing.stderr
    assert not (tmp_path / "home" / "assay-report").exists()


def test_a_met_condition_is_exit_code_4(folder: Path) -> None:
    ended = assay(
        folder / "home-four", "scan", str(folder / "repos" / "good.git"), "--offline", "--as-of", "2026-06-30", "--format", "json", "--fail-on", "score<101"
    )  # fmt: skip
    assert ended.code == 4
    assert "--fail-on met: score<101" in ended.stderr
