"""Who is who, as the command tells it: on the terminal and in the user's own file."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.demo.forge import ForgeData, OrganisationRecord, PullRecord, RepositoryRecord
from scanner.demo.standin import StandIn
from tests.builders_gitcode import GitRepo
from tests.builders_hostile import assay

SIGNED = ("Ann <ann.lee@acme.io>", "A. L. <ann.lee@home.org>", "Bob Ray <bob@acme.io>", "Bob Ray <bob@acme.io>")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    made = GitRepo(tmp_path / "repo")
    for by in SIGNED:
        made.commit(by=by)
    return made.folder


def test_everybody_is_told_with_what_speaks_for_and_against(repo: Path, tmp_path: Path) -> None:
    done = assay(tmp_path / "home", "people", str(repo), "--json", "--offline")
    assert done.code == 0, done.stderr
    told = json.loads(done.stdout)
    assert [p["commits"] for p in told] == [1, 1, 2]
    assert {tuple(p["identities"]) for p in told[:2]} == {("mail:ann.lee@acme.io",), ("mail:ann.lee@home.org",)}
    assert all("the same mailbox as p-" in p["doubts"][0] for p in told[:2])
    one = assay(tmp_path / "home", "people", str(repo), "--json", "--offline", "--who", told[2]["pseudonym"])
    assert [p["names"] for p in json.loads(one.stdout)] == [["Bob Ray"]]
    assert assay(tmp_path / "home", "people", str(repo), "--offline", "--who", "p-000000000000").code == 3


def test_a_corrected_file_merges_people_in_a_scan_and_leaves_no_name_behind(repo: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    draft = tmp_path / "people.toml"
    assert assay(home, "people", str(repo), "--offline", "--write", str(draft)).code == 0
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert assay(home, "people", str(repo), "--offline", "--write", str(draft)).code == 2, "never written over"
    draft.write_text('[[person]]\nidentities = ["mail:ann.lee@acme.io", "mail:ann.lee@home.org"]\n')
    people = []
    for more in ([], ["--people", str(draft)]):
        done = assay(
            home, "scan", str(repo), "--offline", "--as-of", "2026-06-30", "--format", "json", "--out", str(home / "out"), *more
        )  # fmt: skip
        assert done.code == 0, done.stderr
        figures = {row["label"]: row["value"] for row in done.assessment["estate"]}
        people.append(figures.get("People who committed in the last 365 days"))
    assert people == ["3", "2"]
    kept = b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())
    assert b"home.org" not in kept
    assert b"Bob Ray" not in kept


def test_a_wrong_file_ends_in_a_sentence(repo: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[[person]]\nidentities = ["ann"]\n')
    done = assay(tmp_path / "home", "scan", str(repo), "--offline", "--people", str(wrong))
    assert done.code == 2
    assert "person.0.identities.0" in done.stderr


def test_what_the_forge_knows_of_an_address_is_proposed(tmp_path: Path) -> None:
    made = GitRepo(tmp_path / "repo")
    made.commit(by="Ann <annlee@acme.dev>")
    at = datetime(2026, 6, 1, tzinfo=UTC)
    pulls = (PullRecord(1, "annlee", at, merged_at=at), PullRecord(2, "", at, merged_at=at))
    data = ForgeData(
        OrganisationRecord("acme"), (RepositoryRecord("api", f"file://{made.folder}", pushed_at=at, pulls=pulls),)
    )
    with StandIn(data, token="t" * 20) as standin:
        done = assay(
            tmp_path / "home", "people", "github:acme", "--json", ASSAY_GITHUB_URL=standin.url, ASSAY_GITHUB_TOKEN="t" * 20
        )  # fmt: skip
    assert done.code == 0, done.stderr
    (ann,) = json.loads(done.stdout)
    assert ann["identities"] == ["github:annlee", "mail:annlee@acme.dev"]
    assert ann["doubts"] == ["the forge says that it is github:annlee"]
