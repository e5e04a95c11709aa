"""Scans and rescans of small repositories: what is read again, what is one engagement, who may look."""

from __future__ import annotations

import json
import shutil
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scanner.core.subjects import Kind, Subject
from scanner.facts.history import RepositoryProfile
from scanner.pipeline.events import Silent
from scanner.pipeline.scan import Outcome, Request, run_scan
from scanner.places import Places
from scanner.store.store import Store
from tests.builders_gitcode import GitRepo

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)


class Interrupted(Exception):
    """The scan's process dies before it judges."""


class Dying(Silent):
    def step(self, name: str) -> None:
        if name == "judge":
            raise Interrupted


def _repository(folder: Path) -> GitRepo:
    """A repository at ``folder``/target."""
    made = GitRepo(folder)
    made.commit(files={"README.md": "# Hello\n"})
    return made


def _request(home: Path, *targets: Path, as_of: date = JUNE, advisories: Path | None = None) -> Request:
    places = Places(home / "data", home / "cache")
    return Request(
        tuple(map(str, targets)), as_of, places, places.database_url, offline=True, advisories=advisories, workers=1
    )


def _scan(home: Path, *targets: Path, as_of: date = JUNE, advisories: Path | None = None) -> Outcome:
    request = _request(home, *targets, as_of=as_of, advisories=advisories)
    return run_scan(request, Silent(), lambda: datetime(2026, 7, 1, tzinfo=UTC))


def _interrupt(home: Path, *targets: Path, advisories: Path | None = None) -> None:
    with pytest.raises(Interrupted):
        run_scan(_request(home, *targets, advisories=advisories), Dying(), lambda: datetime(2026, 7, 1, tzinfo=UTC))


def _ended(outcome: Outcome) -> dict[str, str]:
    return {subject.name: ending for subject, ending, _ in outcome.endings}


def _advisory(folder: Path, identifier: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    affected = [{"package": {"ecosystem": "PyPI", "name": "left"}, "versions": ["1.0"]}]
    (folder / f"{identifier}.json").write_text(json.dumps({"id": identifier, "affected": affected}))


def test_folders_of_one_name_are_two_engagements_that_publish_the_same_bytes(tmp_path: Path) -> None:
    _repository(tmp_path / "one" / "repos")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    one = _scan(tmp_path / "home", tmp_path / "one" / "repos")
    two = _scan(tmp_path / "home", tmp_path / "two" / "repos", as_of=JULY)
    assert one.scan.engagement != two.scan.engagement
    assert two.assessment.trend is None, "the other client's scan became this one's past"
    assert (one.assessment.engagement, one.assessment.title) == ("repos", "repos")
    assert len(list((tmp_path / "home/data/keys").iterdir())) == 2
    again = _scan(tmp_path / "other home", tmp_path / "two" / "repos")
    assert again.published == one.published


def test_the_same_folder_is_the_same_engagement_however_it_is_written(tmp_path: Path) -> None:
    _repository(tmp_path / "repos")
    first = _scan(tmp_path / "home", tmp_path / "repos")
    second = _scan(tmp_path / "home", tmp_path / "repos" / ".." / "repos", as_of=JULY)
    assert first.scan.engagement == second.scan.engagement
    assert second.assessment.trend is not None


def test_advisories_added_in_a_subfolder_are_looked_at(tmp_path: Path) -> None:
    _repository(tmp_path / "repos")
    _advisory(tmp_path / "osv" / "pypi", "OSV-1")
    arguments = (tmp_path / "home", tmp_path / "repos")
    assert _ended(_scan(*arguments, advisories=tmp_path / "osv")) == {"target": "read"}
    assert _ended(_scan(*arguments, advisories=tmp_path / "osv")) == {"target": "reused"}
    _advisory(tmp_path / "osv" / "pypi", "OSV-2")
    assert _ended(_scan(*arguments, advisories=tmp_path / "osv")) == {"target": "read"}


def test_a_resumed_scan_reads_again_what_changed_meanwhile(tmp_path: Path) -> None:
    steady, busy = _repository(tmp_path / "repos" / "a"), _repository(tmp_path / "repos" / "b")
    _repository(tmp_path / "repos" / "gone")
    home, repos = tmp_path / "home", tmp_path / "repos"
    _interrupt(home, repos)
    shutil.rmtree(repos / "gone")
    head = busy.commit("Another change of it", {"more.md": "# More\n"})
    outcome = _scan(home, repos)
    assert outcome.scan.id == 1
    assert _ended(outcome) == {"a/target": "resumed", "b/target": "read"}
    heads = {p.subject.name: p.head for p in outcome.assessment.profiles}
    assert heads == {"a/target": steady.git("rev-parse", "HEAD"), "b/target": head}


def test_a_resumed_scan_minds_changed_options(tmp_path: Path) -> None:
    _repository(tmp_path / "repos")
    _advisory(tmp_path / "osv", "OSV-1")
    _interrupt(tmp_path / "home", tmp_path / "repos")
    assert _ended(_scan(tmp_path / "home", tmp_path / "repos", advisories=tmp_path / "osv")) == {"target": "read"}


def test_a_resumed_repository_that_cannot_be_read_any_more_is_said_to_be_unread(tmp_path: Path) -> None:
    made = _repository(tmp_path / "repos")
    _interrupt(tmp_path / "home", tmp_path / "repos")
    shutil.rmtree(made.folder / ".git" / "objects")
    outcome = _scan(tmp_path / "home", tmp_path / "repos")
    assert _ended(outcome) == {"target": "failed"}
    store = Store(_request(tmp_path / "home").database)
    try:
        assert store.ledger(outcome.scan.id).fact(Subject(Kind.REPO, "target"), RepositoryProfile) is None
    finally:
        store.close()


def test_a_scan_that_read_nothing_is_no_baseline(tmp_path: Path) -> None:
    made = _repository(tmp_path / "repos")
    (made.folder / ".git").rename(tmp_path / "aside")
    assert _scan(tmp_path / "home", tmp_path / "repos").nothing_read
    (tmp_path / "aside").rename(made.folder / ".git")
    assert _scan(tmp_path / "home", tmp_path / "repos", as_of=JULY).assessment.trend is None


def test_folders_with_clones_are_the_users_alone(tmp_path: Path) -> None:
    _repository(tmp_path / "repos")
    (tmp_path / "home" / "cache").mkdir(parents=True, mode=0o755)
    _scan(tmp_path / "home", tmp_path / "repos")
    modes = {name: stat.S_IMODE((tmp_path / "home" / name).stat().st_mode) for name in ("cache", "data")}
    assert modes == {"cache": 0o700, "data": 0o700}


def test_an_empty_target_is_not_the_present_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _repository(tmp_path / "repos")
    monkeypatch.chdir(made.folder)
    request = _request(tmp_path / "home")
    outcome = run_scan(
        Request(("", " "), JUNE, request.places, request.database, offline=True),
        Silent(),
        lambda: datetime(2026, 7, 1, tzinfo=UTC),
    )
    assert outcome.nothing_read
    needed = "name a folder, a bundle, a list, a git URL, github:ORG or gitlab:GROUP"
    assert [detail for _, detail in outcome.failed] == [f"it is empty; needed: {needed}"]
