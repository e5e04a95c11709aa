import json
from dataclasses import replace
from pathlib import Path

import pytest

from collectors.dependencies.vulnerabilities import COLLECTOR, assess
from scanner.advisories.database import AdvisoryDatabase
from scanner.advisories.source import Advisories
from scanner.core.collecting import Ask
from scanner.core.evidence import Unreadable, Why
from scanner.core.outcomes import Severity
from scanner.core.subjects import Kind, Subject
from scanner.facts.dependencies import Dependencies, Manifest, Vulnerabilities
from tests.builders import AS_OF
from tests.builders_content import dependencies, locked, osv


def test_only_exact_versions_are_assessed_and_the_most_exposed_place_is_told(tmp_path: Path) -> None:
    records = [osv("CVE-1", "PyPI", "a", {"introduced": "0"}, {"fixed": "2"}, database_specific={"severity": "HIGH"})]
    (tmp_path / "osv.json").write_text(json.dumps(records[0]))
    database = AdvisoryDatabase(tmp_path / "osv.json", tmp_path / "cache")
    fact = assess(
        dependencies(
            locked("PyPI", "a", "1.0", scope="development", path="dev.txt"),
            locked("PyPI", "a", "1.0", direct=False, path="uv.lock", line=7),
            locked("PyPI", "a", "", requirement=">=1", path="pyproject.toml"),
            locked("PyPI", "a", "0.1-bulbasaur"),
            locked("PyPI", "clean", "1.0"),
            locked("npm", "a", "1.0.0"),
        ),
        database,
    )
    (row,) = fact.vulnerabilities
    assert (row.id, row.severity, row.fixed_in, row.path, row.line, row.scope, row.direct) == (
        "CVE-1",
        Severity.HIGH,
        ("2",),
        "uv.lock",
        7,
        "runtime",
        False,
    )
    assert (fact.assessed, fact.unassessed) == (3, 3)
    database.close()


BROKEN = tuple(Manifest(path, "npm", "manifest", "not JSON") for path in ("b/package.json", "a/package.json"))


@pytest.fixture
def database(tmp_path: Path) -> AdvisoryDatabase:
    record = osv("CVE-1", "PyPI", "a", {"introduced": "0"}, {"fixed": "2"})
    (tmp_path / "osv.json").write_text(json.dumps(record))
    return AdvisoryDatabase(tmp_path / "osv.json", tmp_path / "cache")


def test_manifests_that_nobody_could_read_are_not_a_repository_without_dependencies(database: AdvisoryDatabase) -> None:
    with pytest.raises(Unreadable) as raised:
        assess(replace(dependencies(), manifests=BROKEN), database)
    assert raised.value.hole.why is Why.UNPARSABLE
    assert raised.value.hole.detail == "none of the 2 unreadable manifests could be matched"
    nothing = assess(dependencies(), database)
    assert (nothing.assessed, nothing.unassessed) == (0, 0)
    database.close()


def test_unreadable_manifests_beside_others_are_named_and_counted(database: AdvisoryDatabase) -> None:
    known = replace(dependencies(locked("PyPI", "clean", "1.0"), locked("PyPI", "b", "")), manifests=BROKEN)
    ask: Ask[Advisories] = Ask(Subject(Kind.REPO, "acme/api"), database, AS_OF, {Dependencies: known})
    (found,) = COLLECTOR.collect(ask)
    assert isinstance(found.content, Vulnerabilities)
    assert (found.content.assessed, found.content.unassessed) == (1, 3)
    assert "2 manifests could not be read: a/package.json, b/package.json" in found.caveat
    assert "version or advisory data: 1 dependency;" in found.caveat
    database.close()
