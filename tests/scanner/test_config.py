from __future__ import annotations

from pathlib import Path

import pytest

from scanner.config import ConfigError, github_settings, load_engagement, slug
from scanner.places import default_database, places


def _load(tmp_path: Path, text: str | bytes) -> str:
    """What is said about a wrong file."""
    path = tmp_path / "assay.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as refused:
        load_engagement(path)
    return str(refused.value)


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "assay.toml"
    path.write_text(
        'client = "Acme GmbH"\n[[goals]]\nid = "g1"\ntext = "grow"\nrepos = ["api"]\ndue = 2026-12-31\n'
        '[[systems]]\nname = "shop"\nrepos = ["api", "web-*"]\ncriticality = 1\n[money]\nday_rate = 900\n'
        '[[answers]]\nquestion = "TEA-008"\nvalue = 0.5\ntier = "document"\n'
    )
    intake = load_engagement(path)
    assert (intake.id, intake.engagement.client, intake.engagement.profile) == ("acme-gmbh", "Acme GmbH", "scale-up")
    assert intake.engagement.systems[0].repos == ("api", "web-*")
    assert intake.engagement.money.day_rate == 900
    assert intake.answers.answers[0].value == 0.5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("client = ", "not valid TOML"),
        (b'client = "\xff"', "not valid TOML"),
        ("client = 'x'\na = " + "[" * 5000 + "]" * 5000, "nested too deeply"),
        ("", "client: Field required"),
        ("client = 5", "client:"),
        ("client = 'x'\ntypo = 1", "typo:"),
        ("client = 'x'\nprofile = 'giant'", "profile:"),
        ("client = 'x'\n[[goals]]\nid = 'g'\ntext = 't'\ntypo = 1", "goals: there is no key 'typo'"),
        ("client = 'x'\n[[goals]]\nid = 'g'", "goals.0.text:"),
        ("client = 'x'\n[[systems]]\nname = 's'\nrepos = 'api'", "systems.0.repos:"),
        ("client = 'x'\n[money]\nday_rate = 'much'", "money.day_rate:"),
        ("client = 'x'\n[money]\nrate = 1", "money: there is no key 'rate'"),
        (
            "client = 'x'\n[[answers]]\nquestion = 'TEA-008'\nvalue = 0.7",
            "answers.0.value: 0.7 is none of 0, 0.25, 0.5 and 1",
        ),
        ("client = 'x'\n[[answers]]\nquestion = 'TEA-008'\nvalue = 50", "answers.0.value: 50 is none of"),
        ("client = 'x'\n[[answers]]\nquestion = 'TEA-008'\nvalue = nan", "answers.0.value: nan is none of"),
        ("client = 'x'\nanswers = 5", "answers:"),
        ("client = 'x'\n[[systems]]\nname = 's'\nrepos = []\ncriticality = 0", "systems.0.criticality: 0 is none of 1"),
        ("client = 'x'\n[[systems]]\nname = 's'\nrepos = []\ncriticality = 5", "systems.0.criticality: 5 is none of 1"),
        ("client = 'x'\n[[systems]]\nname = 's'\nrepos = []\nrto_hours = -1", "systems.0.rto_hours: -1 is not allowed"),
        ("client = 'x'\n[money]\nday_rate = -1", "money.day_rate: -1 is not allowed; give a finite number, 0 or more"),
        ("client = 'x'\n[money]\nrevenue_per_year = inf", "money.revenue_per_year: inf is not allowed"),
        ("client = 'x'\n[money]\ncloud_per_month = nan", "money.cloud_per_month: nan is not allowed"),
        ("client = 'x'\n[[vendors]]\nname = 'v'\nspend_per_year = -5", "vendors.0.spend_per_year: -5 is not allowed"),
        ("client = 'x'\n[[teams]]\nrole = 'r'\npeople = -1", "teams.0.people: -1 is not allowed"),
        ("client = 'x'\ngoals = 5", "goals:"),
        ("client = 'x'\n[[waivers]]\nfingerprint='f'\nreason='r'\nowner='o'\nexpires='never'", "waivers.0.expires:"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(tmp_path: Path, text: str | bytes, words: str) -> None:
    assert words in _load(tmp_path, text)


def test_the_bounds_themselves_are_allowed(tmp_path: Path) -> None:
    path = tmp_path / "assay.toml"
    path.write_text(
        "client = 'x'\n[money]\nday_rate = 0\n[[teams]]\nrole = 'r'\npeople = 0\n"
        + "".join(f"[[systems]]\nname = 's'\nrepos = []\ncriticality = {level}\n" for level in (1, 4))
        + "".join(f"[[answers]]\nquestion = 'TEA-008'\nvalue = {value}\n" for value in ("0", "0.25", "0.5", "1"))
        + "[[answers]]\nquestion = 'TEA-008'\n"
    )
    intake = load_engagement(path)
    assert [answer.value for answer in intake.answers.answers] == [0, 0.25, 0.5, 1, None]
    assert [system.criticality for system in intake.engagement.systems] == [1, 4]


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.toml", tmp_path):
        with pytest.raises(ConfigError, match="cannot be read"):
            load_engagement(path)
    assert "larger than" in _load(tmp_path, b"#" * 1_000_001)


def test_folders_follow_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path / "h"))
    monkeypatch.delenv("ASSAY_DB", raising=False)
    assert (places().data, places().cache) == (tmp_path / "d/assay", tmp_path / "h/.cache/assay")
    assert default_database() == f"sqlite:///{tmp_path}/d/assay/assay.db"
    monkeypatch.setenv("ASSAY_DB", "postgresql://x/y")
    assert default_database() == "postgresql://x/y"


def test_a_bad_token_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_GITHUB_TOKEN", "ghp_sécret")
    with pytest.raises(ConfigError) as refused:
        github_settings()
    assert "ASSAY_GITHUB_TOKEN is not a token" in str(refused.value)
    assert "ghp_" not in str(refused.value)
    assert refused.value.__cause__ is None
    monkeypatch.setenv("ASSAY_GITHUB_TOKEN", "ghp_good")
    assert "ghp_good" not in repr(github_settings())


@pytest.mark.parametrize("url", ["http://github.example.com/api/v3", "ftp://x", "nonsense", "https://ann:pw@h/api"])
def test_a_bad_address_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("ASSAY_GITHUB_TOKEN", "ghp_good")
    monkeypatch.setenv("ASSAY_GITHUB_URL", url)
    with pytest.raises(ConfigError, match="ASSAY_GITHUB_URL must be"):
        github_settings()


@pytest.mark.parametrize(
    ("text", "expected"), [("Acme GmbH & Co.", "acme-gmbh-co"), ("../../etc", "etc"), ("x" * 99, "x" * 60)]
)
def test_slugs_are_plain(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_slugs_of_other_scripts_stay_apart() -> None:
    assert slug("東京") != slug("大阪")
    assert slug("東京").startswith("engagement-")
