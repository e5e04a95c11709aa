"""What a remembered scan is a function of: each of it, changed alone, must make the scan anew."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scanner.core.evidence import Evidence
from scanner.core.subjects import Kind, Subject
from scanner.facts.engagement import Moment
from scanner.pipeline.history import history_of
from scanner.pipeline.unchanged import Again, File, Inputs, Told, key_of, remember, remembered
from scanner.store.store import Scan, Store
from tests.builders_gitcode import GitRepo
from tests.builders_reports import bare

TOLD = Told(
    1,
    "Score 61 of 100 (40–80)",
    2,
    ("assay: warning: system 'Shop' matches nothing",),
    61.5,
    (("security", 3), ("process", None)),
    (("high", "new"),),
)
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
REPORT, PUBLISHED = b"<html>the report</html>", b'{"the": "assessment"}'


class Estate:
    """A folder of two repositories, the files a scan of it left, and what is sought."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.one, self.two = GitRepo(top / "repos" / "one"), GitRepo(top / "repos" / "two")
        for made in (self.one, self.two):
            made.commit(files={"README.md": "# Hello\n"})
        (top / "assay.toml").write_text("client = 'Acme'\n")
        (top / "osv").mkdir()
        (top / "osv" / "OSV-1.json").write_text("{}")
        self.database = top / "assay.db"
        self.scan = self.store("acme", date(2026, 6, 30)).id
        self.sought = Inputs(
            (str(top / "repos"),), date(2026, 6, 30), top / "assay.toml", top / "osv", f"sqlite:///{self.database}",
            top / "keys", top / "cache",
        )  # fmt: skip

    def remember(self, **contents: bytes) -> str:
        """As at the end of a scan; the key under which it is remembered. ``contents`` are reports by format."""
        key = key_of(self.sought)
        files = {}
        self.sought.reports.mkdir(parents=True, exist_ok=True)
        for name, content in (contents or {"html": REPORT}).items():
            kept = f"kept-{name}.{name}"
            (self.sought.reports / kept).write_bytes(content)
            files[name] = File(f"report.{name}", kept, hashlib.sha256(content).hexdigest())
        history = history_of(self.sought.database, self.scan)
        assert key
        assert history
        remember(self.sought, key, "acme", replace(TOLD, scan=self.scan), history, PUBLISHED, files)
        return key

    def again(self, *formats: str) -> Again | None:
        return remembered(self.sought, key_of(self.sought), formats or ("html",))

    def store(self, engagement: str, day: date, subjects: int = 2, *, whole: bool = True) -> Scan:
        """A scan as it ends in the database."""
        with closing(Store(f"sqlite:///{self.database}")) as store:
            scan = store.begin(engagement, "Acme", day, ("repos",), "1.0", NOW)
            for number in range(subjects):
                subject = Subject(Kind.REPO, f"r{number}")
                item = Evidence(subject, Moment, Moment(NOW), "", "assay", "1")
                store.record(scan, subject, f"key{number}", "read", [item], NOW)
            if whole:
                store.finish(scan, bare(), PUBLISHED, NOW)
            return scan

    @property
    def note(self) -> Path:
        (found,) = self.sought.folder.iterdir()
        return found


@pytest.fixture
def estate(tmp_path: Path) -> Estate:
    return Estate(tmp_path)


def test_what_a_scan_told_is_told_again(estate: Estate) -> None:
    assert estate.again() is None
    estate.remember()
    assert estate.again() == Again(TOLD, (("report.html", REPORT),))


def _packed(estate: Estate) -> None:
    estate.one.git("pack-refs", "--all")


def _shallow(estate: Estate) -> None:
    (estate.one.folder / ".git/shallow").write_text(estate.one.git("rev-parse", "HEAD") + "\n")


def _new_neighbour(estate: Estate) -> None:
    GitRepo(estate.top / "repos" / "three").commit()


def _advisory(estate: Estate) -> None:
    (estate.top / "osv" / "OSV-2.json").write_text("{}")


def _other_key(estate: Estate) -> None:
    for path in estate.sought.keys.iterdir():
        path.unlink()


def _sql(estate: Estate, statement: str) -> None:
    with closing(sqlite3.connect(estate.database)) as connection:
        connection.execute(statement)
        connection.commit()


def _judged_anew(estate: Estate) -> None:
    with closing(Store(estate.sought.database)) as store:
        (scan,) = (one for one in store.scans("acme") if one.id == estate.scan)
        store.finish(scan, bare(), PUBLISHED + b" ", NOW)


def _asked_again(estate: Estate) -> None:
    """An earlier scan's repository is stored anew, as no command does once a scan is finished."""
    with closing(Store(estate.sought.database)) as store:
        scan = store.scans("acme")[0]
        store.record(scan, Subject(Kind.REPO, "r0"), "other", "read", [], NOW)


def _damaged_database(estate: Estate) -> None:
    content = bytearray(estate.database.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    estate.database.write_bytes(content)


def _damaged_report(estate: Estate) -> None:
    (estate.sought.reports / "kept-html.html").write_bytes(REPORT[:-1])


def _lost_report(estate: Estate) -> None:
    (estate.sought.reports / "kept-html.html").unlink()


def _cut_note(estate: Estate) -> None:
    estate.note.write_bytes(estate.note.read_bytes()[:-20])


def _deep_note(estate: Estate) -> None:
    estate.note.write_text("[" * 200_000)


def _other_form(estate: Estate) -> None:
    estate.note.write_text(json.dumps(json.loads(estate.note.read_text()) | {"form": 1}))


def _leading_out(estate: Estate) -> None:
    read = json.loads(estate.note.read_text())
    read["files"]["html"]["name"] = "../report.html"
    estate.note.write_text(json.dumps(read))


CHANGES: dict[str, Callable[[Estate], object]] = {
    "a commit": lambda e: e.two.commit("More", {"more.md": "# More\n"}),
    "a branch": lambda e: e.one.git("branch", "other"),
    "a tag": lambda e: e.one.git("tag", "v1"),
    "another branch is head": lambda e: e.one.git("symbolic-ref", "HEAD", "refs/heads/other"),
    "a branch below a folder": lambda e: e.one.git("branch", "feature/deep/er"),
    "refs are packed": _packed,
    "objects are packed": lambda e: e.one.git("repack", "-adq"),
    "the history is cut": _shallow,
    "objects are borrowed": lambda e: (e.one.folder / ".git/objects/info/alternates").write_text("/elsewhere\n"),
    "refs in a reftable": lambda e: (e.one.folder / ".git/reftable").mkdir(),
    "a repository more": _new_neighbour,
    "a repository less": lambda e: (e.two.folder / ".git").rename(e.top / "aside"),
    "a folder without a repository": lambda e: (e.top / "repos" / "notes").mkdir(),
    "a link to a repository": lambda e: (e.top / "repos" / "link").symlink_to(e.one.folder),
    "a git directory elsewhere": lambda e: (e.one.folder / ".git").rename(e.one.folder / "aside"),
    "the engagement file": lambda e: (e.top / "assay.toml").write_text("client = 'Bolt'\n"),
    "no engagement file": lambda e: (e.top / "assay.toml").unlink(),
    "an advisory": _advisory,
    "the key of pseudonyms": _other_key,
    "an earlier scan of the engagement": lambda e: e.store("acme", date(2026, 5, 30)),
    "an earlier scan is gone": lambda e: _sql(e, "DELETE FROM scan WHERE as_of = '2026-04-30'"),
    "an earlier scan is stored anew": _asked_again,
    "the scan is gone": lambda e: _sql(e, f"DELETE FROM scan WHERE id = {e.scan}"),
    "the scan is unfinished": lambda e: _sql(e, f"UPDATE scan SET state = 'running' WHERE id = {e.scan}"),
    "the scan was judged anew": _judged_anew,
    "its evidence is gone": lambda e: _sql(e, f"DELETE FROM evidence WHERE scan_id = {e.scan}"),
    "a damaged database": _damaged_database,
    "a database of something else": lambda e: e.database.write_bytes(b"hello"),
    "no database": lambda e: e.database.unlink(),
    "a damaged report": _damaged_report,
    "a lost report": _lost_report,
    "a note cut short": _cut_note,
    "a note that is nested too deeply": _deep_note,
    "a note of another form": _other_form,
    "a note that leads out of the folder": _leading_out,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_makes_the_scan_anew(estate: Estate, change: Callable[[Estate], object]) -> None:
    if change is CHANGES["another branch is head"]:
        estate.one.git("branch", "other")
    estate.store("acme", date(2026, 4, 30))
    estate.remember()
    assert estate.again() is not None
    change(estate)
    assert estate.again() is None


def _unfinished_neighbour(estate: Estate) -> None:
    estate.store("acme", date(2026, 5, 30), whole=False)


def _copied_database(estate: Estate) -> None:
    copy = estate.top / "copy"
    copy.write_bytes(estate.database.read_bytes())
    copy.replace(estate.database)


NO_CHANGES: dict[str, Callable[[Estate], object]] = {
    "a scan of another engagement": lambda e: e.store("bolt", date(2026, 5, 30)),
    "a later scan of the engagement": lambda e: e.store("acme", date(2026, 7, 30)),
    "an unfinished scan": _unfinished_neighbour,
    "the same database in another file": _copied_database,
    "room is made in the database": lambda e: _sql(e, "VACUUM"),
    "what nobody reads lies beside it": lambda e: e.database.with_name("assay.db-journal").write_bytes(b""),
}


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
def test_what_a_scan_does_not_read_changes_nothing(estate: Estate, change: Callable[[Estate], object]) -> None:
    estate.remember()
    change(estate)
    assert estate.again() is not None


def test_a_database_that_is_being_written_is_waited_for_or_given_up(estate: Estate) -> None:
    estate.remember()
    with closing(sqlite3.connect(estate.database, isolation_level=None)) as writing:
        writing.execute("BEGIN EXCLUSIVE")
        started = time.monotonic()
        estate.again()
        assert time.monotonic() - started < 10
        writing.execute("ROLLBACK")
    assert estate.again() is not None


def test_another_command_is_another_scan(estate: Estate) -> None:
    estate.remember()
    sought = estate.sought
    others = [
        replace(sought, as_of=date(2026, 7, 1)),
        replace(sought, targets=(str(estate.one.folder),)),
        replace(sought, targets=(*sought.targets, str(estate.one.folder))),
        replace(sought, engagement=None),
        replace(sought, advisories=None),
        replace(sought, database=f"sqlite:///{estate.top / 'other.db'}"),
        replace(sought, options={"exclude": ("*-old",)}),
        replace(sought, options={"sample": 3}),
        replace(sought, options={"people": estate.top / "assay.toml"}),
    ]
    keys = [key_of(other) for other in (sought, *others)]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    assert [remembered(other, key_of(other), ["html"]) for other in others] == [None] * len(others)


def test_the_same_folder_is_the_same_scan_however_it_is_written(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    estate.remember()
    monkeypatch.chdir(estate.top)
    other = replace(estate.sought, targets=("repos/../repos",))
    assert remembered(other, key_of(other), ["html"]) is not None


@pytest.mark.parametrize("targets", [("",), (" ",), ("gone",), ("github:acme",), ("https://example.com/a/b.git",)])
def test_what_is_no_folder_is_never_remembered(
    estate: Estate, targets: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(estate.one.folder)
    assert key_of(replace(estate.sought, targets=targets)) == ""
    assert remembered(estate.sought, "", ["html"]) is None


def test_a_worktree_is_in_doubt(estate: Estate) -> None:
    estate.one.git("worktree", "add", "-q", str(estate.top / "repos" / "tree"))
    assert key_of(estate.sought) == ""


def test_only_plain_sqlite_files_are_known_to_be_unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    number = Estate(tmp_path / "there").scan
    for name in ("x.db", "x.db?mode=ro", ":memory:"):
        shutil.copy(tmp_path / "there" / "assay.db", name)
    urls = (
        "sqlite:///x.db",
        "sqlite:///x.db?mode=ro",
        "sqlite:///:memory:",
        "sqlite://",
        "sqlite:///",
        "postgresql://h/x.db",
        "x.db",
    )
    assert [bool(history_of(url, number)) for url in urls] == [True] + [False] * 6


def test_every_format_must_be_remembered(estate: Estate) -> None:
    estate.remember(html=REPORT)
    assert estate.again("html", "pdf") is None
    assert estate.again("nonsense") is None
    assert remembered(estate.sought, key_of(estate.sought), []) is None
    estate.remember(pdf=b"%PDF")  # a later scan published the same: its predecessor's reports are its own
    assert estate.again("pdf", "html") == Again(TOLD, (("report.pdf", b"%PDF"), ("report.html", REPORT)))


def test_what_is_kept_is_the_users_alone_and_bounded(estate: Estate) -> None:
    key = estate.remember()
    assert stat.S_IMODE(estate.note.stat().st_mode) == 0o600
    assert estate.note.name == f"{key}.json"
    for number in range(70):
        (estate.sought.folder / f"old{number}.json").write_text("{}")
        os.utime(estate.sought.folder / f"old{number}.json", (number, number))
    estate.remember()
    left = {path.name for path in estate.sought.folder.iterdir()}
    assert len(left) == 64
    assert {f"{key}.json", "old69.json"} <= left
    assert "old0.json" not in left


def test_what_cannot_be_kept_is_no_failure(estate: Estate) -> None:
    estate.sought.cache.mkdir()
    estate.sought.folder.write_text("in the way")
    estate.remember()
    assert estate.again() is None


def test_it_needs_no_database_layer_no_check_no_collector() -> None:
    heavy = {"sqlmodel", "sqlalchemy", "httpx", "analyzers", "scoring", "collectors", "reports"}
    code = "import sys, scanner.pipeline.unchanged; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert heavy & set(loaded) == set()
