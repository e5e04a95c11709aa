"""What kind of work a commit was: by conventional type, else leading verb, else the paths it touched."""

from __future__ import annotations

import re
from collections.abc import Sequence

CONVENTIONAL = re.compile(r"^([A-Za-z]{2,12})(?:\(([^()]{1,60})\))?!?:\s")
"""Conventional Commits 1.0.0: type, optional scope, optional mark of a breaking change."""

_TYPES = {
    "feat": "feature", "feature": "feature", "fix": "fix", "bugfix": "fix", "hotfix": "fix", "docs": "documentation",
    "doc": "documentation", "test": "test", "tests": "test", "ci": "operations", "build": "operations", "ops": "operations",
    "deploy": "operations", "infra": "operations", "release": "operations", "chore": "maintenance", "refactor": "maintenance",
    "style": "maintenance", "perf": "maintenance", "deps": "maintenance", "revert": "maintenance", "cleanup": "maintenance",
    "security": "security", "sec": "security",
}  # fmt: skip

_VERBS = {
    **dict.fromkeys(("add", "adds", "added", "implement", "implements", "implemented", "introduce", "introduces", "introduced",
                     "support", "supports", "allow", "allows", "enable", "create", "created"), "feature"),
    **dict.fromkeys(("fix", "fixes", "fixed", "correct", "corrects", "corrected", "resolve", "resolves", "resolved", "repair",
                     "prevent", "prevents", "bugfix", "hotfix"), "fix"),
    **dict.fromkeys(("bump", "bumps", "bumped", "upgrade", "upgrades", "upgraded", "refactor", "refactors", "refactored", "remove",
                     "removes", "removed", "clean", "cleanup", "cleaned", "rename", "renames", "renamed", "move", "moved", "simplify",
                     "reformat", "format", "lint", "drop", "replace", "deprecate", "delete", "deleted", "tidy"), "maintenance"),
    **dict.fromkeys(("deploy", "deploys", "deployed", "release", "released", "provision"), "operations"),
    **dict.fromkeys(("document", "documents", "documented"), "documentation"),
    **dict.fromkeys(("test", "tests", "tested"), "test"),
}  # fmt: skip

_AREA = re.compile(r"[\w./*,+ -]{1,40}:\s")
"""The part of the code before the colon, as ``runtime: fix a leak`` names it."""
_SECURITY = re.compile(
    r"\b(?:CVE-\d{4}-\d{4,7}|GHSA-[0-9a-z]{4}-|vulnerabilit|xss\b|csrf\b|sql injection)", re.IGNORECASE
)
_OPERATIONS = (".github/", ".circleci/", ".gitlab-ci", ".buildkite/", "terraform/", "infra/", "infrastructure/", "deploy/", "k8s/",
               "kubernetes/", "helm/", "charts/", "ansible/", "dockerfile", "jenkinsfile", ".travis", "azure-pipelines")  # fmt: skip
_TESTS = ("test/", "tests/", "spec/", "__tests__/", "e2e/")
_DOCUMENTS = (".md", ".rst", ".adoc", ".txt")
_PATHS_READ = 200

KINDS = ("feature", "fix", "maintenance", "operations", "security", "documentation", "test")


def conventional_type(subject: str) -> str:
    """The conventional type of a subject, lower-case; empty when it has none that is known."""
    match = CONVENTIONAL.match(subject[:100])
    named = match.group(1).lower() if match else ""
    return named if named in _TYPES else ""


def kind_of(subject: str, paths: Sequence[str]) -> str:
    """One of `KINDS`, or empty: unclassified. Words of security win over the type ``fix``."""
    named = conventional_type(subject)
    kind = _TYPES.get(named, "")
    if kind in ("", "fix", "maintenance") and _SECURITY.search(subject):
        return "security"
    if kind:
        if named in ("fix", "chore", "build") and _scope(subject) in ("deps", "deps-dev", "dependencies"):
            return "maintenance"
        return kind
    area = _AREA.match(subject[:100])
    return _VERBS.get(_verb(subject)) or (area and _VERBS.get(_verb(subject[area.end() :]))) or _kind_of_paths(paths)


def _verb(subject: str) -> str:
    words = subject.split(maxsplit=1)
    return words[0].strip("[](){}:,.!").lower() if words else ""


def _scope(subject: str) -> str:
    match = CONVENTIONAL.match(subject[:100])
    return (match.group(2) or "").lower() if match else ""


def _kind_of_paths(paths: Sequence[str]) -> str:
    """The kind that all paths share."""
    kinds = {_kind_of_path(path.lower()) for path in paths[:_PATHS_READ]}
    return kinds.pop() if len(kinds) == 1 else ""


def _kind_of_path(path: str) -> str:
    if path.startswith(_OPERATIONS) or path.rpartition("/")[2].startswith(("dockerfile", "docker-compose")):
        return "operations"
    if any(f"/{folder}" in f"/{path}" for folder in _TESTS):
        return "test"
    if path.endswith(_DOCUMENTS) or path.startswith("docs/"):
        return "documentation"
    return ""
