from __future__ import annotations

import pytest

from collectors.git.kinds import conventional_type, kind_of


@pytest.mark.parametrize(
    ("subject", "paths", "kind"),
    [
        ("feat(api)!: add paging", [], "feature"),
        ("fix: crash on empty input", [], "fix"),
        ("chore(deps): bump x from 1 to 2", [], "maintenance"),
        ("fix(deps): update y", [], "maintenance"),
        ("fix: CVE-2024-12345 in parser", [], "security"),
        ("ci: cache pip", [], "operations"),
        ("Add login page", [], "feature"),
        ("Fixed the crash", [], "fix"),
        ("Bump lodash", [], "maintenance"),
        ("More words", ["docs/a.md", "README.md"], "documentation"),
        ("More words", [".github/workflows/ci.yml"], "operations"),
        ("More words", ["tests/test_a.py"], "test"),
        ("More words", ["tests/test_a.py", "src/a.py"], ""),
        ("More words", [], ""),
        ("Note: this is no type", ["src/a.py"], ""),
        ("sync: fix a lost wakeup", ["src/a.rs"], "fix"),
        ("net/http: add a limit", ["src/a.go"], "feature"),
        ("", [], ""),
    ],
)
def test_kinds(subject: str, paths: list[str], kind: str) -> None:
    assert kind_of(subject, paths) == kind


def test_only_known_types_are_conventional() -> None:
    assert conventional_type("Feat(x): y") == "feat"
    assert conventional_type("sync: y") == ""
    assert conventional_type("feat:no space") == ""
