import json
from pathlib import Path

from collectors.dependencies.vulnerabilities import assess
from scanner.advisories.database import AdvisoryDatabase
from scanner.core.outcomes import Severity
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
