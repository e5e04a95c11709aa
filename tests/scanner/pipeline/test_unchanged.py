"""What a remembered scan is a function of: each of it, changed alone, must make the scan anew."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scanner.pipeline.unchanged import Again, File, Inputs, Told, database_of, key_of, remember, remembered
from tests.builders_gitcode import GitRepo

TOLD = Told(3, "Score 61 of 100 (40–80)", 2, ("assay: warning: system 'Shop' matches nothing",))
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
        with sqlite3.connect(self.database) as connection:
            connection.execute("CREATE TABLE scan (id INTEGER)")
        connection.close()
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
        database = database_of(self.sought.database)
        assert key
        assert database is not None
        remember(self.sought, key, "acme", TOLD, database, PUBLISHED, files)
        return key

    def again(self, *formats: str) -> Again | None:
        return remembered(self.sought, key_of(self.sought), formats or ("html",))

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


def _write_database(estate: Estate) -> None:
    connection = sqlite3.connect(estate.database)
    connection.execute("INSERT INTO scan VALUES (1)")
    connection.commit()
    connection.close()
    # some file systems count time in steps longer than this test
    found = estate.database.stat()
    os.utime(estate.database, ns=(found.st_atime_ns, found.st_mtime_ns + 1))


def _waiting_writes(estate: Estate) -> None:
    estate.database.with_name("assay.db-wal").write_bytes(b"writes that are not in the file yet")


def _other_database(estate: Estate) -> None:
    copy = estate.top / "copy"
    copy.write_bytes(estate.database.read_bytes())
    copy.replace(estate.database)


def _damaged_report(estate: Estate) -> None:
    (estate.sought.reports / "kept-html.html").write_bytes(REPORT[:-1])


def _lost_report(estate: Estate) -> None:
    (estate.sought.reports / "kept-html.html").unlink()


def _cut_note(estate: Estate) -> None:
    estate.note.write_bytes(estate.note.read_bytes()[:-20])


def _deep_note(estate: Estate) -> None:
    estate.note.write_text("[" * 200_000)


def _other_form(estate: Estate) -> None:
    estate.note.write_text(json.dumps(json.loads(estate.note.read_text()) | {"form": 2}))


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
    "a write to the database": _write_database,
    "a write beside the database": _waiting_writes,
    "another database in its place": _other_database,
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
    estate.remember()
    assert estate.again() is not None
    change(estate)
    assert estate.again() is None


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
    for name in ("x.db", "x.db?mode=ro", ":memory:"):
        Path(name).write_bytes(b"x")
    urls = (
        "sqlite:///x.db",
        "sqlite:///x.db?mode=ro",
        "sqlite:///:memory:",
        "sqlite://",
        "sqlite:///",
        "postgresql://h/x.db",
        "x.db",
    )
    assert [database_of(url) is not None for url in urls] == [True] + [False] * 6


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
