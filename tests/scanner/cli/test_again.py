"""The same scan again: nothing is read, nothing is stored, and what the user gets is the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scanner.cli.app import app
from scanner.pipeline import pool
from scanner.places import default_database
from scanner.store.store import Store
from tests.builders_hostile import WHEN, Target

RUN = CliRunner()
UNCHANGED = "nothing has changed since scan 1: its report is written again"
BROKEN = b"tree " + b"12" * 20 + b"\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nx\n"


def _settle(patch: pytest.MonkeyPatch, home: Path) -> None:
    patch.setenv("XDG_DATA_HOME", str(home / "data"))
    patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    for name in ("ASSAY_DB", "ASSAY_GITHUB_TOKEN", "ASSAY_GITHUB_URL"):
        patch.delenv(name, raising=False)


def _target(top: Path) -> Target:
    made = Target(top / "api.git")
    first = made.commit(made.files({b"app.py": b"x = 1\n"}), at=WHEN - 40 * 86_400)
    made.ref(made.commit(made.files({b"app.py": b"x = 2\n", b"README.md": b"# Api\n"}), [first]))
    return made


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which one scan of a repository was made, with an engagement file that names what is not there."""
    top = tmp_path_factory.mktemp("again")
    _target(top)
    (top / "assay.toml").write_text("client = 'x'\n[[systems]]\nname = 'Shop'\nrepos = ['shop-*']\n")
    with pytest.MonkeyPatch.context() as patch:
        _settle(patch, top)
        code, said, errors = _scan(top)
        assert code == 0, errors
        assert len(said.split()) == 2
    return top


@pytest.fixture
def home(scanned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same home, its database told anew of by a scan that read everything: paths and inodes are others."""
    shutil.copytree(scanned, tmp_path / "home", symlinks=True)
    _settle(monkeypatch, tmp_path / "home")
    monkeypatch.setenv("ASSAY_DB", f"sqlite:///{tmp_path / 'home' / 'new.db'}")
    assert _scan(tmp_path / "home")[0] == 0
    return tmp_path / "home"


def _scan(top: Path, *options: str, out: str = "out", day: str = "2026-06-30") -> tuple[int, str, str]:
    words = ["scan", str(top / "api.git"), "--offline", "--as-of", day, "--workers", "1"]
    told = ["--engagement", str(top / "assay.toml"), "--out", str(top / out)]
    ended = RUN.invoke(app, [*words, *told, *options])
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    return ended.exit_code, ended.stdout, ended.stderr


def _scans() -> int:
    store = Store(default_database())
    try:
        return len(store.scans())
    finally:
        store.close()


def test_the_same_files_the_same_summary_and_no_other_scan(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a repository was read")

    monkeypatch.setattr(pool, "read_all", never)
    monkeypatch.setattr("scanner.pipeline.scan.read_all", never)
    code, said, errors = _scan(home, out="second")
    assert (code, said.splitlines()) == (
        0, [str(home / "second" / "report.html"), str(home / "second" / "assessment.json")],
    )  # fmt: skip
    assert UNCHANGED in errors
    assert "repositories: 1 reused · scan 1 · blobs analysed: 0 · commits analysed: 0" in errors
    assert "assay: warning: system 'Shop' of the engagement file matches no repository: shop-*" in errors
    for name in ("report.html", "assessment.json"):
        assert (home / "second" / name).read_bytes() == (home / "out" / name).read_bytes()
    assert _scans() == 1


def test_a_scan_that_reads_everything_says_and_writes_the_same(home: Path) -> None:
    code, _, told = _scan(home, out="second")
    everything, _, read = _scan(home, "--again", out="third")
    assert code == everything == 0
    assert UNCHANGED not in read
    assert _scans() == 2
    words = [line.replace("scan 2", "scan 1") for line in read.splitlines()]
    assert words == [line for line in told.splitlines() if UNCHANGED not in line]
    for name in ("report.html", "assessment.json"):
        assert (home / "third" / name).read_bytes() == (home / "second" / name).read_bytes()
    assert "nothing has changed since scan 2" in _scan(home)[2]


def test_programs_are_told_in_json(home: Path) -> None:
    events = [json.loads(line) for line in _scan(home, "--json-logs")[2].splitlines()]
    assert [event["event"] for event in events] == ["step", "unchanged", "summary", "warning"]
    assert events[1]["message"].endswith(UNCHANGED)


@pytest.mark.parametrize(
    "options",
    [("--again",), ("--format", "md"), ("--format", "html,md"), ("--on-limit", "stop")],
    ids=" ".join,
)
def test_what_was_not_asked_then_is_answered_by_a_scan(home: Path, options: tuple[str, ...]) -> None:
    code, _, errors = _scan(home, *options)
    assert UNCHANGED not in errors
    assert "repositories: 1 reused · scan 2" in errors
    assert code == 0


def test_a_later_day_and_a_later_commit_are_read(home: Path) -> None:
    assert "scan 2" in _scan(home, day="2026-07-01")[2]
    made = Target.__new__(Target)
    made.path = home / "api.git"
    made.ref(
        made.commit(made.files({b"app.py": b"x = 3\n"}), [made.path.joinpath("refs/heads/main").read_text().strip()])
    )
    _, _, errors = _scan(home)
    assert "repositories: 1 read · scan 3" in errors


def test_a_format_that_does_not_exist_is_refused_all_the_same(home: Path) -> None:
    code, said, errors = _scan(home, "--format", "html,nope")
    assert (code, said) == (2, "")
    assert "there is no format 'nope'" in errors


def test_a_folder_that_cannot_be_written_is_a_sentence(home: Path) -> None:
    (home / "file").write_text("")
    code, said, errors = _scan(home, out="file/x")
    assert (code, said) == (2, "")
    assert "no report can be written to" in errors


def test_what_could_not_be_read_whole_is_never_remembered(home: Path) -> None:
    made = Target(home / "broken.git")
    made.ref(made.write("commit", BROKEN))  # its tree is not there
    for number in (2, 3):
        ended = RUN.invoke(
            app, ["scan", str(made.path), "--offline", "--as-of", "2026-06-30", "--out", str(home / "b")]
        )
        assert f"scan {number}" in ended.stderr
        assert "nothing has changed" not in ended.stderr


def test_conditions_are_answered_without_a_scan_as_by_one(home: Path) -> None:
    conditions = ("score<101", "score<0", "low", "new:critical", "security<6", "scalability<1")
    known = {one: _scan(home, "--fail-on", one) for one in conditions}
    assert all(UNCHANGED in told for _, _, told in known.values())
    met = [one for one in conditions if known[one][0] == 4]
    assert {known[one][0] for one in conditions if one not in met} == {0}
    assert {"score<101", "score<0"} <= set(met), "so little is known that there is no score: unknown is never a pass"
    assert "score<0 (not assessable)" in known["score<0"][2]
    assert "new:critical" not in met, "two commits without a secret hold nothing critical"
    code, _, read = _scan(home, "--again", *(word for one in conditions for word in ("--fail-on", one)))
    assert code == 4
    assert UNCHANGED not in read
    (line,) = (line for line in read.splitlines() if "--fail-on met: " in line)
    words = line.partition("--fail-on met: ")[2].split(", ")
    assert words == [known[one][2].partition("--fail-on met: ")[2].splitlines()[0] for one in met]


def test_scans_that_it_is_not_compared_with_change_nothing(home: Path) -> None:
    _scan(home, day="2026-07-30")
    words = ["scan", str(home / "api.git"), "--offline", "--as-of", "2026-05-30", "--out", str(home / "o")]
    assert RUN.invoke(app, words).exit_code == 0  # without the engagement file it is another engagement
    assert _scans() == 3
    assert UNCHANGED in _scan(home)[2]


def test_another_scan_in_the_same_database_is_noticed(home: Path) -> None:
    """It may be of the same engagement, and so change what this one is compared with."""
    _scan(home, day="2026-05-30")
    _, _, errors = _scan(home)
    assert "nothing has changed" not in errors
    assert "scan 3" in errors
