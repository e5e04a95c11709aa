import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scanner.advisories.database import AdvisoryDatabase
from scanner.core.evidence import Unreadable, Why
from scanner.core.outcomes import Severity
from tests.builders_content import osv

V3 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
V4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"


_OPEN: list[AdvisoryDatabase] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _OPEN:
        _OPEN.pop().close()


def opened(tmp_path: Path, *records: dict[str, Any]) -> AdvisoryDatabase:
    folder = tmp_path / "osv"
    folder.mkdir(exist_ok=True)
    for number, record in enumerate(records):
        (folder / f"{number}.json").write_text(json.dumps(record))
    _OPEN.append(AdvisoryDatabase(folder, tmp_path / "cache"))
    return _OPEN[-1]


@pytest.mark.parametrize(
    ("version", "hit"),
    [
        ("0.9", False),
        ("1.0", True),
        ("1.4", True),
        ("1.5", False),
        ("1.5rc1", True),
        ("2.0", True),
        ("2.2", True),
        ("2.3", False),
    ],
)
def test_ranges_with_fixed_and_last_affected(tmp_path: Path, version: str, hit: bool) -> None:
    events = ({"fixed": "1.5"}, {"introduced": "1.0"}, {"introduced": "2.0"}, {"last_affected": "2.2"})
    database = opened(tmp_path, osv("PYSEC-1", "PyPI", "Foo.Bar", *events))
    assert bool(database.match("PyPI", "foo_bar", version)) is hit


def test_introduced_zero_and_the_nearest_fix(tmp_path: Path) -> None:
    record = osv(
        "GHSA-1",
        "npm",
        "left",
        {"introduced": "0"},
        {"fixed": "1.2.0"},
        {"introduced": "2.0.0"},
        {"fixed": "2.1.0"},
        kind="SEMVER",
    )
    database = opened(tmp_path, record)
    assert database.match("npm", "left", "0.0.1-alpha")[0].fixed_in == ("1.2.0",)
    assert database.match("npm", "left", "2.0.5")[0].fixed_in == ("2.1.0",)
    assert database.match("npm", "left", "1.2.0") == []
    assert database.match("npm", "right", "1.0.0") == []


def test_literal_versions_come_first_even_when_they_have_no_order(tmp_path: Path) -> None:
    record = osv("PYSEC-2", "PyPI", "poke", {"introduced": "5"}, versions=["0.1-bulbasaur"])
    database = opened(tmp_path, record)
    assert [a.id for a in database.match("PyPI", "poke", "0.1-bulbasaur")] == ["PYSEC-2"]
    with pytest.raises(ValueError, match="cannot be compared"):
        database.match("PyPI", "poke", "0.2-ivysaur")


@pytest.mark.parametrize(
    ("ecosystem", "named", "asked", "fixed", "version", "hit"),
    [
        ("Go", "example.org/x", "example.org/x", "1.2.3", "v1.2.2", True),
        ("Go", "example.org/x", "example.org/x", "1.2.3", "v1.2.3", False),
        ("NuGet", "Newtonsoft.Json", "newtonsoft.json", "13.0.1", "12.0.3", True),
        ("Packagist", "Symfony/Http", "symfony/http", "4.4.13.1", "4.4.13.0", True),
        ("Packagist", "Symfony/Http", "symfony/http", "4.4.13.1", "v4.4.13.1", False),
        ("Maven", "org.a:b", "org.a:b", "2.9.10.4", "2.9.10.1", True),
        ("RubyGems", "rack", "rack", "2.2.3.1", "2.2.3", True),
        ("crates.io", "time", "time", "0.2.23", "0.2.22", True),
        ("npm", "Left", "left", "2.0.0", "1.0.0", False),
        ("Debian:12", "openssl", "openssl", "2", "1", False),
    ],
)  # fmt: skip
def test_names_and_versions_of_each_ecosystem(
    tmp_path: Path, ecosystem: str, named: str, asked: str, fixed: str, version: str, hit: bool
) -> None:
    database = opened(tmp_path, osv("X-1", ecosystem, named, {"introduced": "0"}, {"fixed": fixed}))
    assert bool(database.match(ecosystem, asked, version)) is hit
    assert database.covers(ecosystem.partition(":")[0])


def test_aliases_become_one_finding_named_by_its_cve(tmp_path: Path) -> None:
    events = ({"introduced": "0"}, {"fixed": "2.0"})
    database = opened(
        tmp_path,
        osv(
            "GHSA-a",
            "PyPI",
            "x",
            *events,
            aliases=["CVE-2024-1"],
            severity=[{"type": "CVSS_V3", "score": V3}],
            summary="Bad",
        ),
        osv("PYSEC-b", "PyPI", "x", *events, aliases=["CVE-2024-1"]),
        osv("GHSA-c", "PyPI", "x", *events),
        osv("GHSA-w", "PyPI", "x", *events, withdrawn="2025-01-01T00:00:00Z"),
    )
    first, second = database.match("PyPI", "X", "1.0")
    assert (first.id, first.aliases, first.cvss, first.severity, first.summary) == (
        "CVE-2024-1",
        ("GHSA-a", "PYSEC-b"),
        9.8,
        Severity.CRITICAL,
        "Bad",
    )
    assert (second.id, second.aliases, second.cvss, second.severity) == ("GHSA-c", (), None, Severity.MEDIUM)
    assert first.published == date(2026, 1, 1)
    assert database.newest == date(2026, 1, 2)
    assert (database.records, database.skipped) == (3, 0)


@pytest.mark.parametrize(
    ("more", "severity", "score"),
    [
        ({"severity": [{"type": "CVSS_V3", "score": V3}, {"type": "CVSS_V4", "score": V4}]}, Severity.CRITICAL, 9.3),
        ({"severity": [{"type": "CVSS_V2", "score": "AV:N/AC:L/Au:N/C:P/I:P/A:P"}]}, Severity.HIGH, 7.5),
        (
            {"severity": [{"type": "CVSS_V3", "score": "nonsense"}], "database_specific": {"severity": "MODERATE"}},
            Severity.MEDIUM,
            None,
        ),
        ({"database_specific": {"severity": "LOW"}}, Severity.LOW, None),
        ({}, Severity.MEDIUM, None),
    ],
)
def test_severity(tmp_path: Path, more: dict[str, Any], severity: Severity, score: float | None) -> None:
    database = opened(tmp_path, osv("X-1", "npm", "a", {"introduced": "0"}, **more))
    (match,) = database.match("npm", "a", "1.0.0")
    assert (match.severity, match.cvss) == (severity, score)


def test_git_ranges_tell_nothing(tmp_path: Path) -> None:
    database = opened(tmp_path, osv("X-1", "npm", "a", {"introduced": "0"}, kind="GIT"))
    assert database.match("npm", "a", "1.0.0") == []


def test_a_zip_is_streamed_and_broken_members_are_counted(tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.json", json.dumps(osv("X-1", "npm", "a", {"introduced": "0"})))
        made.writestr("b.json", "{broken")
        made.writestr("../c.json", '{"id": 1}')
        made.writestr("bomb.json", b" " * 5_000_000)
        made.writestr("note.txt", "not a record")
    database = AdvisoryDatabase(archive, tmp_path / "cache")
    _OPEN.append(database)
    assert (database.records, database.skipped) == (1, 3)
    assert len(database.match("npm", "a", "1.0.0")) == 1
    assert not (tmp_path / "c.json").exists()


def test_a_changed_source_is_indexed_again(tmp_path: Path) -> None:
    assert opened(tmp_path, osv("X-1", "npm", "a", {"introduced": "0"})).records == 1
    assert (
        opened(
            tmp_path, osv("X-1", "npm", "a", {"introduced": "0"}), osv("X-2", "npm", "b", {"introduced": "0"})
        ).records
        == 2
    )
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_no_records_is_a_hole_not_an_empty_database(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        AdvisoryDatabase(tmp_path / "missing", tmp_path / "cache")
    assert caught.value.hole.why is Why.UNREACHABLE


def test_the_year_one_is_no_date(tmp_path: Path) -> None:
    record = osv("GO-1", "Go", "a", {"introduced": "0"}) | {
        "modified": "0001-01-01T00:00:00Z",
        "published": "0001-01-01T00:00:00Z",
    }
    database = opened(tmp_path, record)
    assert database.newest is None
    assert database.match("Go", "a", "v1.0.0")[0].published is None
