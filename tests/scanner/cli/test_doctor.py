"""`assay doctor TARGET` as a user meets it: tables, JSON, exit codes, and no token in any of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from scanner.cli.app import app
from scanner.demo.standin import Fault, StandIn
from tests.builders_app import APP, app_server, pem
from tests.builders_github import DATA, TOKEN


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credential of whoever runs the tests."""
    for name in ("ASSAY_GITHUB_TOKEN", "ASSAY_GITLAB_TOKEN", "GH_TOKEN", "GITHUB_TOKEN", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GH_CONFIG_DIR", str(tmp_path / "no-gh"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")


def ran(*words: str) -> Result:
    ended = CliRunner().invoke(app, ["doctor", *words])
    assert TOKEN not in ended.output
    assert "PRIVATE KEY" not in ended.output
    return ended


def test_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    with StandIn(DATA, TOKEN) as standin:
        monkeypatch.setenv("ASSAY_GITHUB_URL", standin.url)
        monkeypatch.setenv("ASSAY_GITHUB_TOKEN", TOKEN)
        ended = ran("github:acme")
        told = json.loads(ran("github:acme", "--json").stdout)
    assert ended.exit_code == 0
    assert "auditor: a classic token" in ended.output
    assert "Everything that could be tried is readable." in ended.output
    assert (told["forge"], told["target"], told["cost"]["fits"]) == ("GitHub", "acme", True)
    assert told["cost"]["rest"] == 17 + 1 + 16
    assert {right["state"] for right in told["rights"]} == {"readable"}


def test_what_is_missing_is_named_with_what_to_ask_for_and_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    with StandIn(DATA, TOKEN, (("/orgs/acme/hooks", Fault.FORBIDDEN),)) as standin:
        monkeypatch.setenv("ASSAY_GITHUB_URL", standin.url)
        monkeypatch.setenv("ASSAY_GITHUB_TOKEN", TOKEN)
        ended = ran("github:acme")
    assert ended.exit_code == 1
    assert "Not readable, in whole or in part: Organisation." in ended.output
    assert "“Organization webhooks: read”" in ended.output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("acme",), 2, "is no account"),
        (("github:",), 2, "is no account"),
        (("github:a/b/c",), 2, "is no account"),
        (("gitlab:acme", "--offline"), 2, "asks no forge"),
        (("github:acme",), 3, "needed: a valid token"),
        (("github:acme/none",), 3, "needed: "),
    ],
)
def test_wrong_words_and_refused_tokens(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
) -> None:
    with StandIn(DATA, TOKEN) as standin:
        monkeypatch.setenv("ASSAY_GITHUB_URL", standin.url)
        monkeypatch.setenv("ASSAY_GITHUB_TOKEN", TOKEN if words == ("github:acme/none",) else "ghp_other")
        ended = ran(*words)
    assert (ended.exit_code, said in ended.output) == (code, True), ended.output


def test_an_app_is_named_aloud(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = tmp_path / "app.pem"
    key.write_text(pem())
    key.chmod(0o600)
    with app_server(status=422) as server:
        monkeypatch.setenv("ASSAY_GITHUB_URL", server.url)
        monkeypatch.setenv("ASSAY_GITHUB_APP_ID", APP)
        monkeypatch.setenv("ASSAY_GITHUB_APP_KEY_FILE", str(key))
        ended = ran("github:acme")
        assert server.seen[0] == "GET /orgs/acme/installation"
    assert ended.exit_code == 3
    assert f"reading as the GitHub App {APP}" in ended.output
    assert "not granted to this installation" in ended.output


def test_several_accounts_need_several_scans_of_an_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = tmp_path / "app.pem"
    key.write_text(pem())
    key.chmod(0o600)
    monkeypatch.setenv("ASSAY_GITHUB_APP_ID", APP)
    monkeypatch.setenv("ASSAY_GITHUB_APP_KEY_FILE", str(key))
    ended = CliRunner().invoke(app, ["scan", "github:acme", "github:beta/api", "--out", str(tmp_path / "out")])
    assert (ended.exit_code, "scan acme, beta one by one" in ended.output) == (2, True), ended.output
    local = CliRunner().invoke(app, ["scan", str(tmp_path / "no"), "--out", str(tmp_path / "out")])
    assert "GitHub App" not in local.output
