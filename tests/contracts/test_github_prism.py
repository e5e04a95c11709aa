"""All collectors that ask REST only, against Prism: a mock that answers straight from GitHub's OpenAPI description.

Set ASSAY_PRISM_URL to its address. The description needs three changes first: its server's address replaced
by the mock's, ``Link`` headers taken out (they would page for ever), ``application/json`` content copied
under ``application/vnd.github+json``.
"""

from __future__ import annotations

import importlib
import os
from typing import Any

import pytest

from scanner.core.collecting import Ask, Collector
from scanner.core.evidence import Unknown, Unreadable
from scanner.http.github.client import Github, GithubSettings
from scanner.http.github.sources import GithubOrganisationSource, GithubRepositorySource
from scanner.http.limits import Limits
from tests.builders import AS_OF
from tests.builders_github import ORG, REPO, Names

URL = os.environ.get("ASSAY_PRISM_URL", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not URL, reason="ASSAY_PRISM_URL is not set: no Prism to ask"),
]
REST_ONLY = (
    "protection", "runs", "security", "access", "organisation", "environments", "automation", "ownership_rules",
    "dependency_graph",
)  # fmt: skip


@pytest.mark.parametrize("module", REST_ONLY)
def test_every_rest_collector_lives_with_what_github_describes(module: str) -> None:
    collector: Collector[Any] = importlib.import_module(f"collectors.github.{module}").COLLECTOR
    github = Github(GithubSettings(URL, None, Limits(tries=1)), sleep=lambda _: None)
    source = (
        GithubOrganisationSource(github, "acme", 1)
        if collector.source is GithubOrganisationSource
        else GithubRepositorySource(github, "acme/api", Names())
    )
    got = {}
    try:
        for item in collector.collect(Ask(ORG if module == "organisation" else REPO, source, AS_OF)):
            got[item.fact_type] = item.content
    except Unreadable as problem:
        for fact_type in collector.provides:
            got.setdefault(fact_type, problem.hole)
    github.close()
    assert set(got) == set(collector.provides)
    for fact_type, content in got.items():
        assert isinstance(content, (fact_type, Unknown))
        if isinstance(content, Unknown):
            assert content.detail
