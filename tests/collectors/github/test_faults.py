"""Every endpoint × every fault: a hole with its reason, in bounded requests, and never the token."""

from __future__ import annotations

import importlib
import logging
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from scanner.core.collecting import Collector, Found
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.demo.forge import AutomationRecord, ForgeData, SettingsRecord
from scanner.demo.standin import Fault
from scanner.facts.forge import BranchProtection, Organisation, Runs, SecurityAlerts, SecuritySettings
from scanner.http.github.sources import GithubOrganisationSource
from tests.builders_github import API, TOKEN, asking, asking_organisation, data

MODULES = (
    "repository", "protection", "change_requests", "issues", "milestones", "releases", "deployments", "runs", "security",
    "access", "organisation", "shared_credentials", "environments", "automation", "ownership_rules", "dependency_graph", "teams",
)  # fmt: skip
BY_NAME = {m: importlib.import_module(f"collectors.github.{m}").COLLECTOR for m in MODULES}
RECENT = data(pulls=API.pulls[:2], releases=API.releases[:1])
"""Without records older than the window, so that paging never ends early."""

EXPECTED = {
    Fault.DENIED: Why.FORBIDDEN,
    Fault.FORBIDDEN: Why.FORBIDDEN,
    Fault.ECHO: Why.FORBIDDEN,
    Fault.SIGN_ON: Why.FORBIDDEN,
    Fault.LEGAL: Why.FORBIDDEN,
    Fault.GONE: Why.AMBIGUOUS_404,
    Fault.UNPROCESSABLE: Why.UNSUPPORTED,
    Fault.LIMITED: Why.RATE_LIMITED,
    Fault.BUSY: Why.RATE_LIMITED,
    Fault.HIDDEN: Why.AMBIGUOUS_404,
    Fault.BROKEN: Why.UNREACHABLE,
    Fault.GATEWAY: Why.UNREACHABLE,
    Fault.SLOW: Why.UNREACHABLE,
    Fault.REDIRECT_AWAY: Why.UNREACHABLE,
    Fault.TRUNCATED: Why.UNPARSABLE,
    Fault.HTML: Why.UNPARSABLE,
    Fault.WRONG_TYPE: Why.UNPARSABLE,
    Fault.WRONG_LEAVES: Why.UNPARSABLE,
    Fault.HUGE: Why.TOO_LARGE,
}
PAGING = {Fault.CIRCLE: Why.UNPARSABLE, Fault.LINK_AWAY: Why.UNREACHABLE}
SINGLE = (
    ("repository", "GET /repos/acme/api$", "ForgeRepository"),
    ("repository", "GET .*/community/profile", "Community"),
    ("repository", "POST /graphql OpenIssues", "ForgeRepository"),
    ("protection", "GET /repos/acme/api$", "BranchProtection"),
    ("protection", "GET .*/branches/main/protection", "BranchProtection"),
    ("protection", "GET .*/rules/branches/main", "BranchProtection"),
    ("protection", "GET .*/rulesets/5", "BranchProtection"),
    ("change_requests", "GET /repos/acme/api$", "ChangeRequests"),
    ("runs", "GET /repos/acme/api$", "Runs"),
    ("security", "GET /repos/acme/api$", "SecuritySettings"),
    ("organisation", "GET /orgs/acme$", "Organisation"),
    ("teams", "POST /graphql Teams", "Teams"),
    ("automation", "GET /repos/acme/api$", "AutomationSettings"),
    ("automation", "GET .*/(actions|dependabot)/(permissions|secrets)", "AutomationSettings"),
    ("ownership_rules", "GET .*/codeowners/errors", "OwnershipRules"),
    ("dependency_graph", "GET .*/dependency-graph/sbom", "DependencyGraph"),
)
PAGED_QUERIES = (
    ("change_requests", "POST /graphql ChangeRequests", "ChangeRequests"),
    ("issues", "POST /graphql Issues", "Issues"),
    ("releases", "POST /graphql Releases", "Releases"),
    ("deployments", "POST /graphql Deployments", "Deployments"),
    ("milestones", "POST /graphql Milestones", "Milestones"),
)
PAGED_LISTS = (
    ("runs", "GET .*/actions/runs", "Runs"),
    ("access", "GET .*/collaborators", "RepositoryAccess"),
    ("access", "GET .*/keys", "RepositoryAccess"),
    ("access", "GET .*/hooks", "RepositoryAccess"),
    ("environments", "GET .*/environments", "Environments"),
    ("shared_credentials", "GET /orgs/acme/actions/secrets", "SharedCredentials"),
)
KNOWLEDGE = {
    ("GET .*/branches/main/protection", Fault.HIDDEN),
    ("GET .*/rulesets/5", Fault.HIDDEN),
    ("GET .*/rulesets/5", Fault.FORBIDDEN),
    ("GET .*/rulesets/5", Fault.ECHO),
    ("GET .*/rulesets/5", Fault.DENIED),
    ("GET .*/rulesets/5", Fault.SIGN_ON),
    ("GET .*/rulesets/5", Fault.LEGAL),
    ("GET .*/rulesets/5", Fault.GONE),
    ("GET /orgs/acme$", Fault.HIDDEN),
    ("GET .*/codeowners/errors", Fault.HIDDEN),
    ("GET .*/dependency-graph/sbom", Fault.HIDDEN),
}
"""Refusals that tell something, tested one by one below."""
CASES = [
    (*place, fault, why)
    for places, faults in (
        (SINGLE + PAGED_QUERIES + PAGED_LISTS, EXPECTED),
        (PAGED_QUERIES, {Fault.CIRCLE: Why.UNPARSABLE}),
        (PAGED_LISTS, PAGING),
    )
    for place in places
    for fault, why in faults.items()
    if (place[1], fault) not in KNOWLEDGE
]


def outcome(
    module: str, *faults: tuple[str, Fault], given: ForgeData = RECENT
) -> tuple[dict[str, Found | Unknown], list[str]]:
    """What a collector yields under faults, the way the pipeline sees it, and what it asked."""
    collector: Collector[Any] = BY_NAME[module]
    asked = asking_organisation if collector.source is GithubOrganisationSource else asking
    got: dict[str, Found | Unknown] = {}
    with asked(given, faults) as (ask, standin):
        try:
            for item in collector.collect(ask):
                got[item.fact_type.__name__] = item
        except Unreadable as problem:
            got["raised"] = Unknown(problem.hole.why, f"{problem!s}{problem!r}{problem.__context__!r}")
            for fact_type in collector.provides:
                got.setdefault(fact_type.__name__, problem.hole)
        return got, list(standin.seen)


@pytest.mark.parametrize(("module", "endpoint", "fact", "fault", "why"), CASES)
def test_a_fault_is_a_hole_with_its_reason(
    module: str, endpoint: str, fact: str, fault: Fault, why: Why, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    got, seen = outcome(module, (endpoint, fault))
    item = got[fact]
    content = item.content if isinstance(item, Found) else item
    assert isinstance(content, Unknown)
    assert content.why is why
    assert content.detail
    assert len(seen) <= 20
    assert TOKEN not in f"{got!r}{caplog.text}"
    if why in (Why.FORBIDDEN, Why.AMBIGUOUS_404, Why.RATE_LIMITED):
        assert content.closes


@pytest.mark.parametrize(("module", "endpoint", "fact"), PAGED_QUERIES + PAGED_LISTS)
def test_endless_pages_end_and_say_so(module: str, endpoint: str, fact: str) -> None:
    got, seen = outcome(module, (endpoint, Fault.ENDLESS))
    item = got[fact]
    if isinstance(item, Found):
        assert "only" in item.caveat
    else:
        assert item.why is Why.TOO_LARGE
    assert len(seen) <= 24


FEEDS = (("dependabot", "dependency"), ("code-scanning", "code"), ("secret-scanning", "secret"))


@pytest.mark.parametrize(("feed", "kind"), FEEDS)
@pytest.mark.parametrize(("fault", "why"), [*EXPECTED.items(), *PAGING.items()])
def test_alerts_that_cannot_be_read_are_not_read_as_none(feed: str, kind: str, fault: Fault, why: Why) -> None:
    got, seen = outcome("security", (f"GET .*/{feed}/alerts", fault))
    item = got["SecurityAlerts"]
    assert len(seen) <= 12
    if fault in (Fault.DENIED, Fault.LIMITED) and feed == "dependabot":
        assert isinstance(item, Found)
        assert isinstance(item.content, Unknown), "after a 401 or a long limit nothing more is asked"
        assert len(seen) == 2, "the record, and the list that was refused"
        return
    assert isinstance(item, Found)
    assert isinstance(item.content, SecurityAlerts)
    assert kind not in item.content.kinds
    assert all(a.kind != kind for a in item.content.alerts)
    assert f"{kind} alerts: {why.value}" in item.caveat


@pytest.mark.parametrize("fault", EXPECTED)
def test_without_any_feed_there_are_no_alert_facts(fault: Fault) -> None:
    got, _ = outcome("security", ("GET .*/alerts", fault))
    item = got["SecurityAlerts"]
    content = item.content if isinstance(item, Found) else item
    assert isinstance(content, Unknown)
    assert content.why is EXPECTED[fault]


@pytest.mark.parametrize("fault", [f for f in EXPECTED if f not in (Fault.DENIED, Fault.LIMITED)])
def test_settings_that_cannot_be_read_are_unknown_not_off(fault: Fault) -> None:
    got, _ = outcome(
        "security", ("GET .*/(private-vulnerability-reporting|code-scanning/alerts)", fault), given=data(private=False)
    )
    item = got["SecuritySettings"]
    assert isinstance(item, Found)
    assert isinstance(item.content, SecuritySettings)
    assert item.content.private_reporting is None
    assert item.content.code_scanning is None
    assert item.content.secret_scanning is True


@pytest.mark.parametrize("fault", EXPECTED)
def test_a_reader_who_cannot_see_the_branch_knows_nothing_of_its_protection(fault: Fault) -> None:
    got, _ = outcome("protection", ("GET .*/repos/acme/api/branches/main$", fault), given=data(admin=False))
    content = got["BranchProtection"]
    assert isinstance(content, Unknown)
    assert content.why is EXPECTED[fault]


@pytest.mark.parametrize("fault", EXPECTED)
def test_jobs_that_cannot_be_read_leave_the_runs(fault: Fault) -> None:
    got, _ = outcome("runs", ("GET .*/jobs", fault))
    item = got["Runs"]
    assert isinstance(item, Found)
    assert isinstance(item.content, Runs)
    assert [run.jobs for run in item.content.runs] == [None, None]
    assert item.caveat == f"jobs of the newest runs: {EXPECTED[fault].value}"


@pytest.mark.parametrize("fault", [Fault.FORBIDDEN, Fault.HIDDEN, Fault.ECHO])
@pytest.mark.parametrize(
    ("endpoint", "field"),
    [
        ("actions/permissions", "allowed"),
        ("actions/permissions/workflow", "may_approve"),
        ("actions/secrets", "secrets"),
    ],
)
def test_a_ci_setting_that_is_hidden_is_unknown_not_off(endpoint: str, field: str, fault: Fault) -> None:
    got, _ = outcome("automation", (f"GET .*/api/{endpoint}$", fault))
    item = got["AutomationSettings"]
    assert isinstance(item, Found)
    assert getattr(item.content, field) is None
    assert item.caveat == f"not shown to this token: GET /repos/acme/api/{endpoint}"
    assert TOKEN not in repr(got)


def test_an_administrators_404_on_classic_protection_leaves_the_rulesets() -> None:
    got, _ = outcome("protection", ("GET .*/branches/main/protection", Fault.HIDDEN))
    item = got["BranchProtection"]
    assert isinstance(item, Found)
    assert isinstance(item.content, BranchProtection)
    assert item.content.required_approvals == 2
    assert item.content.allows_deletion


@pytest.mark.parametrize("fault", [Fault.HIDDEN, Fault.FORBIDDEN, Fault.ECHO])
def test_a_hidden_bypass_list_is_unknown_not_empty(fault: Fault) -> None:
    got, _ = outcome("protection", ("GET .*/rulesets/5", fault))
    item = got["BranchProtection"]
    assert isinstance(item, Found)
    assert isinstance(item.content, BranchProtection)
    assert item.content.bypass_actors is None
    assert "bypass" in item.caveat
    assert TOKEN not in repr(got)


@pytest.mark.parametrize("fault", [Fault.HIDDEN, Fault.FORBIDDEN, Fault.ECHO])
@pytest.mark.parametrize(
    ("rest", "field"),
    [
        ("outside_collaborators", "outside_collaborators"), ("teams", "teams"), ("members", "members"),
        ("actions/permissions$", "actions_allowed"), ("actions/permissions/workflow", "actions_default_permission"),
        ("installations", "apps_writing"), ("hooks", "webhooks_insecure"), ("actions/runners", "self_hosted_runners"),
        ("organization-roles", "security_managers"), ("organization-roles/[0-9]+/users", "security_managers"),
        ("audit-log", "audit_log"),
    ],
)  # fmt: skip
def test_an_organisation_setting_that_is_hidden_is_unknown_not_empty(rest: str, field: str, fault: Fault) -> None:
    got, _ = outcome("organisation", (f"GET /orgs/acme/{rest}", fault))
    item = got["Organisation"]
    assert isinstance(item, Found)
    assert isinstance(item.content, Organisation)
    assert getattr(item.content, field) is None
    assert field.partition("_writing")[0].partition("_insecure")[0] in item.caveat


def test_a_personal_account_is_not_an_organisation() -> None:
    got, _ = outcome("organisation", ("GET /orgs/acme$", Fault.HIDDEN))
    content = got["Organisation"]
    assert isinstance(content, Unknown)
    assert content.why is Why.UNSUPPORTED


OFF = AutomationRecord(enabled=False)
TYPICAL = data(rulesets=(), secrets=API.secrets[:1], settings=SettingsRecord(vulnerability_alerts=True), alerts=())
"""Private, with protected branch, pipelines, environments and owners; without the security products that are paid for."""


def asked_of(given: ForgeData) -> list[str]:
    with asking(given) as (ask, standin):
        for collector in BY_NAME.values():
            if collector.source is not GithubOrganisationSource:
                with suppress(Unreadable):
                    list(collector.collect(ask))
        assert ask.source.client.requests == len(standin.seen)
        return [name for name in standin.seen if name.startswith("GET ")]


def test_a_typical_repository_costs_at_most_18_rest_requests() -> None:
    assert len(asked_of(TYPICAL)) == 18


def test_everything_at_once_costs_a_few_more() -> None:
    assert len(asked_of(data(private=False))) == 24


def test_a_repository_without_pipelines_costs_less_and_one_that_is_archived_least() -> None:
    assert (
        len(asked_of(replace(TYPICAL, repositories=(replace(TYPICAL.repositories[0], runs=(), automation=OFF),)))) == 14
    )
    assert len(asked_of(data(archived=True, rulesets=()))) == 8
