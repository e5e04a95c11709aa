"""Whose credential a scan takes: in which order, for which host, and that it says so without showing it."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from scanner.http.github.app import AppInstallation
from scanner.http.github.credentials import CredentialError, Found, find, web_host
from tests.builders_app import APP, pem

API = "https://api.github.com"
SERVER = "https://github.example.com/api/v3"
GH = """
github.com:
    users:
        ada:
            oauth_token: gho_adaadaada
        bob:
            oauth_token: gho_bobbobbob
    git_protocol: https
    user: ada
    oauth_token: gho_adaadaada
github.example.com:
    user: eve
    oauth_token: gho_enterprise
"""


def taken(environment: dict[str, str], url: str = API, *, borrow: bool = True) -> tuple[str, str] | None:
    """The token and what is told of it."""
    found = find(environment, url, "acme", borrow=borrow)
    return None if found is None else (found.credential.reveal(), found.told)


@pytest.fixture
def gh(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "hosts.yml").write_text(GH)
    return {"GH_CONFIG_DIR": str(tmp_path), "HOME": "/nonexistent"}


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "app.pem"
    path.write_text(pem())
    path.chmod(0o600)
    return path


def app_variables(key: Path) -> dict[str, str]:
    return {"ASSAY_GITHUB_APP_ID": APP, "ASSAY_GITHUB_APP_KEY_FILE": str(key)}


def test_the_order_is_own_token_app_lent_token_gh(gh: dict[str, str], key: Path) -> None:
    everything = (
        gh | app_variables(key) | {"GH_TOKEN": "ghp_lent", "GITHUB_TOKEN": "ghs_run", "ASSAY_GITHUB_TOKEN": "ghp_own"}
    )
    assert taken(everything) == ("ghp_own", "")
    del everything["ASSAY_GITHUB_TOKEN"]
    found = find(everything, API, "acme", borrow=True)
    assert found is not None
    assert isinstance(found.credential, AppInstallation)
    assert found.told == f"reading as the GitHub App {APP}"
    for name in app_variables(key):
        del everything[name]
    assert taken(everything) == ("ghp_lent", "using the token in GH_TOKEN; ASSAY_GITHUB_TOKEN takes precedence")
    del everything["GH_TOKEN"]
    assert taken(everything) == ("ghs_run", "using the token in GITHUB_TOKEN; ASSAY_GITHUB_TOKEN takes precedence")
    del everything["GITHUB_TOKEN"]
    assert taken(everything) == (
        "gho_adaadaada",
        "using gh's token for github.com (ada); ASSAY_GITHUB_TOKEN takes precedence",
    )


def test_what_belongs_to_other_programs_is_taken_only_where_it_is_allowed(gh: dict[str, str]) -> None:
    assert taken(gh | {"GH_TOKEN": "ghp_lent"}, borrow=False) is None


@pytest.mark.parametrize(
    ("environment", "url", "token"),
    [
        ({"GH_TOKEN": "t1", "GITHUB_TOKEN": "t2"}, SERVER, None),
        ({"GITHUB_TOKEN": "t2", "GITHUB_API_URL": SERVER}, SERVER, "t2"),
        ({"GITHUB_TOKEN": "t2", "GITHUB_API_URL": SERVER + "/"}, API, None),
        ({"GH_TOKEN": "t1", "GITHUB_API_URL": API}, API, "t1"),
        ({"GH_ENTERPRISE_TOKEN": "t3", "GH_HOST": "github.example.com"}, SERVER, "t3"),
        ({"GH_ENTERPRISE_TOKEN": "t3", "GH_HOST": "other.example.com"}, SERVER, None),
        ({"GH_ENTERPRISE_TOKEN": "t3"}, API, None),
        ({"GH_TOKEN": " "}, API, None),
    ],
)
def test_a_token_goes_only_to_the_host_it_is_for(environment: dict[str, str], url: str, token: str | None) -> None:
    found = taken(environment | {"HOME": "/nonexistent"}, url)
    assert (found and found[0]) == token


def test_gh_is_matched_by_its_host(gh: dict[str, str]) -> None:
    assert taken(gh, SERVER) == (
        "gho_enterprise",
        "using gh's token for github.example.com (eve); ASSAY_GITHUB_TOKEN takes precedence",
    )
    assert taken(gh, "https://other.example.com/api/v3") is None
    assert [web_host(url) for url in (API, SERVER, "https://api.acme.ghe.com")] == [
        "github.com",
        "github.example.com",
        "acme.ghe.com",
    ]


def test_gh_keeps_its_file_in_one_of_three_folders(tmp_path: Path) -> None:
    for variable, folder in (("XDG_CONFIG_HOME", "gh"), ("HOME", ".config/gh")):
        home = tmp_path / variable
        (home / folder).mkdir(parents=True)
        (home / folder / "hosts.yml").write_text(GH)
        found = taken({variable: str(home)})
        assert found is not None
        assert found[0] == "gho_adaadaada"
    assert taken({}) is None


@pytest.mark.parametrize(
    "text", ["", "github.com", "github.com: 5", "- a", "\x00", "a: [", "github.com: {user: [1], users: 3}", "&a [*a]", "[" * 5000,
             'github.com: {oauth_token: "two\\nlines"}', "github.com: {oauth_token: ''}", "? {x: 1}\n: 2"],
)  # fmt: skip
def test_an_odd_file_of_gh_is_no_login(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    (tmp_path / "hosts.yml").write_text(text)
    assert taken({"GH_CONFIG_DIR": str(tmp_path)}) is None


def test_a_token_in_the_keyring_is_told_by_gh_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hosts.yml").write_text("github.com:\n    user: ada\n    users:\n        ada:\n")
    program = tmp_path / "bin" / "gh"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\n[ "$*" = "auth token --hostname github.com" ] && [ -n "$GH_CONFIG_DIR" ] && [ -z "$SOME_SECRET" ] && echo gho_fromring\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}/usr/bin:/bin")
    monkeypatch.setenv("SOME_SECRET", "x")
    found = taken({"GH_CONFIG_DIR": str(tmp_path)})
    assert found == ("gho_fromring", "using gh's token for github.com (ada); ASSAY_GITHUB_TOKEN takes precedence")
    program.write_text("#!/bin/sh\necho no token found >&2\nexit 1\n")
    assert taken({"GH_CONFIG_DIR": str(tmp_path)}) is None


def test_a_key_that_others_can_read_is_warned_of(
    key: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("assay"), "propagate", True)
    with caplog.at_level(logging.WARNING, "assay"):
        assert isinstance(find(app_variables(key), API), Found)
        assert caplog.text == ""
        key.chmod(0o644)
        find(app_variables(key), API)
    assert f"other users of this machine can read {key}" in caplog.text
    assert "PRIVATE" not in caplog.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ASSAY_GITHUB_APP_KEY_FILE": ""}, "needs both"),
        ({"ASSAY_GITHUB_APP_ID": ""}, "needs both"),
        ({"ASSAY_GITHUB_APP_ID": "1/../2"}, "number or its client id"),
        ({"ASSAY_GITHUB_APP_INSTALLATION": "acme"}, "number of an installation"),
        ({"ASSAY_GITHUB_APP_KEY_FILE": "/nonexistent/key.pem"}, "cannot be read: No such file"),
        ({"ASSAY_GITHUB_APP_KEY_FILE": "/dev/null"}, "it is no plain file"),
        ({"ASSAY_GITHUB_APP_KEY_FILE": __file__}, "no private key in PEM form"),
        ({"ASSAY_GITHUB_TOKEN": "ghp_tök"}, "is not a token"),
    ],
)
def test_what_is_wrong_is_said_without_a_secret(key: Path, changes: dict[str, str], words: str) -> None:
    with pytest.raises(CredentialError, match=words) as refused:
        find(app_variables(key) | changes, API)
    assert "ghp_" not in str(refused.value)
    assert "BEGIN" not in str(refused.value)
