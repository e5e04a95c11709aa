"""A forge that is not there, and one that counts more than it shows, through every layer."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scanner.cli import load_commands
from scanner.cli.app import app
from scanner.core.evidence import Why
from scanner.demo.forge import ForgeData
from scanner.demo.routes import Reply, answer_query
from scanner.demo.standin import GITHUB, StandIn
from scanner.http.github.client import GithubSettings
from scanner.http.secret import Secret
from scanner.pipeline.choice import Choice
from scanner.pipeline.events import Silent
from scanner.pipeline.scan import Outcome, Request, run_scan
from scanner.places import Places
from tests.builders_github import DATA, TOKEN


def _short(data: ForgeData, name: str, variables: Mapping[str, object]) -> Reply:
    reply = answer_query(data, name, variables)
    if name.startswith("Listing") and isinstance(reply.payload, dict):
        page = reply.payload["data"]["repositoryOwner"]["repositories"]
        page["nodes"] = page["nodes"][:1]
    return reply


def _scan(home: Path) -> Outcome:
    places = Places(home / "data", home / "cache")
    with StandIn(DATA, TOKEN, (), replace(GITHUB, answer_query=_short)) as standin:
        request = Request(
            ("github:acme",), date(2026, 6, 30), places, places.database_url, workers=1,
            github=GithubSettings(standin.url, Secret(TOKEN)), choice=Choice(forge_only=True),
        )  # fmt: skip
        return run_scan(request, Silent(), lambda: datetime(2026, 8, 1, tzinfo=UTC))


def test_repositories_that_are_counted_and_not_shown_are_named_on_the_organisation(tmp_path: Path) -> None:
    outcome = _scan(tmp_path)
    said = "GitHub counts 1 more repository of acme than it listed"
    assert [(s.name, d) for s, d in outcome.failed] == [
        (
            "acme (repositories not listed)",
            f"{said}; needed: scan again; if it stays, the right to see all repositories",
        )
    ]
    gaps = [g for g in outcome.assessment.gaps if said in g.detail]
    assert Why.PARTIAL in {g.why for g in gaps}


@pytest.mark.parametrize("command", ["scan", "doctor"])
@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_a_forge_that_is_not_there_ends_with_3_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, forge: str
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv(f"ASSAY_{forge.upper()}_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv(f"ASSAY_{forge.upper()}_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scanner.http.calls.Calls._wait", lambda *_: None)
    load_commands()
    ended = CliRunner().invoke(app, [command, f"{forge}:acme"])
    told = " ".join(ended.output.split())
    assert ended.exit_code == 3
    assert "127.0.0.1 refused the connection" in told
    assert "needed: check the network, the proxy (HTTPS_PROXY, NO_PROXY)" in told
    assert f"ASSAY_{forge.upper()}_URL" in told
    assert "assay doctor" in told
    assert TOKEN not in ended.output
    assert "Traceback" not in ended.output
