"""Which right stands behind a caveat."""

from __future__ import annotations

import re

import pytest

from scanner.http.github.permissions import PERMISSIONS
from scanner.pipeline.rights import closes


@pytest.mark.parametrize(
    ("fact", "caveat", "rights"),
    [
        ("AutomationSettings", "not shown to this token: GET /repos/acme/api/actions/secrets", ["Secrets"]),
        ("AutomationSettings", "not shown to this token: GET /repos/a/b/dependabot/secrets, GET /repos/a/b/actions/permissions",
         ["Dependabot secrets", "Administration"]),
        ("BranchProtection", "who may bypass the rulesets is not shown to this token", ["Administration"]),
        ("Organisation", "not shown to this token: members", ["Organization members"]),
        ("Organisation", "not shown to this token: members_without_two_factor", ["Organization administration"]),
        ("Organisation", "not shown to this token: apps, webhooks", ["Organization webhooks", "Organization administration"]),
        ("SecurityAlerts", "code alerts: switched off; secret alerts: forbidden", ["Secret scanning alerts"]),
        ("SecurityAlerts", "dependency alerts: ambiguous-404", ["Dependabot alerts"]),
        ("SecurityAlerts", "code alerts: switched off; secret alerts: rate-limited", []),
        ("SecuritySettings", "not shown: push protection", ["Administration"]),
        ("Planning", "not shown to this token: projects", ["Projects"]),
        ("RepositoryAccess", "not shown to this token: rules on tags", ["Metadata"]),
        ("Runs", "the newest 500 of 4,000 only", []),
        ("Issues", "the newest 1,000 of 4,000 only", []),
    ],
)  # fmt: skip
def test_on_github(fact: str, caveat: str, rights: list[str]) -> None:
    named = re.findall("“([^”]+): read”", closes("github-x", fact, caveat))
    assert named == rights
    known = {permission.fine_grained for of, permission in PERMISSIONS if of == fact}
    assert {f"{right}: read" for right in rights} <= known


def test_on_gitlab_and_elsewhere() -> None:
    assert closes("gitlab-organisation", "Organisation", "not shown to this token: webhooks").endswith(
        "an Owner of the group"
    )
    assert closes("gitlab-shared-credentials", "SharedCredentials", "not shown to this token: x").endswith(
        "an Owner of the group"
    )
    assert closes("gitlab-automation", "AutomationSettings", "not shown to this token: runners").endswith(
        "a Maintainer of the project"
    )
    assert closes("gitlab-runs", "Runs", "the newest 500 only") == ""
    assert closes("git-history", "History", "the first 1,000 of 4,211") == ""
