from __future__ import annotations

import time
from pathlib import Path

import pytest

from collectors.tree import listing, ownership
from collectors.tree.ownership import judge, matches, parse
from scanner.facts.tree import Ownership, Tree
from tests.builders_gitcode import GitRepo, entry, fact_of


def holds(pattern: str, path: str) -> bool:
    (rule,) = parse(f"{pattern} @acme/core".encode()).rules
    return matches(rule.segments, path)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [  # the examples of GitHub's documentation on CODEOWNERS
        ("*", "a/b/c.py", True),
        ("*.js", "web/app.js", True),
        ("*.js", "web/app.jsx", False),
        ("/build/logs/", "build/logs/x/y", True),
        ("/build/logs/", "src/build/logs/x", False),
        ("docs/*", "docs/getting-started.md", True),
        ("docs/*", "docs/build-app/troubleshooting.md", False),
        ("apps/", "x/apps/y/z.py", True),
        ("apps/", "apps", False),
        ("/docs/", "docs/a/b.md", True),
        ("/docs/", "x/docs/a.md", False),
        ("/scripts/", "scripts/x", True),
        ("**/logs", "build/logs/x", True),
        ("**/logs", "logs/x", True),
        ("/apps/github", "apps/github/a.py", True),
        ("src/**/a.py", "src/a.py", True),
        ("src/**/a.py", "src/x/y/a.py", True),
        ("a?c", "abc", True),
        ("a?c", "ac", False),
    ],
)
def test_patterns(pattern: str, path: str, expected: bool) -> None:
    assert holds(pattern, path) is expected


def test_the_last_rule_wins_and_may_name_nobody() -> None:
    owners = parse(b"* @ann\n/src/free/\n/src/api/ @acme/api bob@acme.io # why\n")
    entries = [entry(p) for p in ("src/a.py", "src/free/b.py", "src/api/c.py")] + [entry("tests/t.py", "test")]
    got = judge("CODEOWNERS", owners, entries)
    assert (got.rules, got.files, got.files_owned, got.teams, got.people) == (3, 3, 2, 1, 2)


def test_lines_that_are_no_rules_are_counted() -> None:
    owners = parse(b"# comment\n\n!x @ann\n*.py nobody\n\xff\xfe @ann\n")
    assert (len(owners.rules), owners.unparsed_lines) == (1, 2)


def test_gitlab_sections_give_default_owners() -> None:
    owners = parse(b"[Core][2] @acme/core\n*.py\n*.go @cy\n")
    assert [r.owners for r in owners.rules] == [("@acme/core",), ("@cy",)]


def test_no_file_is_knowledge_and_github_wins_over_root(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add the code", {"a.py": "x"})
    opened = repo.open()
    got = fact_of(ownership.COLLECTOR, opened, Ownership, fact_of(listing.COLLECTOR, opened, Tree))
    assert (got.present, got.files, got.files_owned) == (False, 1, 0)
    repo.commit("Add the owners", {"CODEOWNERS": "", ".github/CODEOWNERS": "* @ann\n"})
    opened = repo.open()
    got = fact_of(ownership.COLLECTOR, opened, Ownership, fact_of(listing.COLLECTOR, opened, Tree))
    assert (got.present, got.path, got.files_owned) == (True, ".github/CODEOWNERS", 1)


def test_hostile_patterns_cost_little_time() -> None:
    begun = time.perf_counter()
    assert not holds("*a" * 100 + "b", "a" * 3000)
    assert not holds("/".join(["**"] * 60) + "/z", "/".join("a" * 200))
    many = parse("".join(f"/f{i}/**/x{i}.py @ann\n" for i in range(2000)).encode())
    judge("CODEOWNERS", many, [entry(f"src/{i}/a.py") for i in range(5000)])
    assert time.perf_counter() - begun < 3.0
