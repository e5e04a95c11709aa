"""Every endpoint × every fault: a hole with its reason, in bounded requests, and never the token."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

import graphql
import pytest

import collectors.gitlab
from scanner.core.collecting import Collector, Found
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.demo.forge import ForgeData
from scanner.demo.standin import Fault
from scanner.facts.forge import AutomationSettings, Organisation
from scanner.http.gitlab import GitlabQuery
from scanner.http.gitlab_sources import GitlabGroupSource
from tests.builders_github import ACME, API, DATA, data
from tests.builders_gitlab_estate import PROJECT, TOKEN, asking, asking_group

MODULES = {
    m.name: importlib.import_module(f"collectors.gitlab.{m.name}")
    for m in pkgutil.iter_modules(collectors.gitlab.__path__)
}
COLLECTORS: dict[str, Collector[Any]] = {n: m.COLLECTOR for n, m in MODULES.items() if hasattr(m, "COLLECTOR")}
RECENT = data(pulls=API.pulls[:2], releases=API.releases[:1], runs=API.runs[:2])
"""Without records older than the window, so that paging never ends early."""
EXPECTED = {
    Fault.DENIED: Why.FORBIDDEN,
    Fault.FORBIDDEN: Why.FORBIDDEN,
    Fault.ECHO: Why.FORBIDDEN,
    Fault.SIGN_ON: Why.FORBIDDEN,
    Fault.LEGAL: Why.FORBIDDEN,
    Fault.HIDDEN: Why.AMBIGUOUS_404,
    Fault.GONE: Why.AMBIGUOUS_404,
    Fault.UNPROCESSABLE: Why.UNSUPPORTED,
    Fault.EMPTY: Why.UNSUPPORTED,
    Fault.LIMITED: Why.RATE_LIMITED,
    Fault.BUSY: Why.RATE_LIMITED,
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
SINGLE = (
    ("repository", "GET .*api$", "ForgeRepository"),
    ("protection", "GET .*api$", "BranchProtection"),
    ("protection", "/approval_rules", "BranchProtection"),
    ("protection", "/approvals", "BranchProtection"),
    ("protection", "/push_rule", "BranchProtection"),
    ("change_requests", "GET .*api$", "ChangeRequests"),
    ("change_requests", "graphql Newest", "ChangeRequests"),
    ("change_requests", "graphql ChangeRequests", "ChangeRequests"),
    ("issues", "GET .*api$", "Issues"),
    ("issues", "graphql Newest", "Issues"),
    ("issues", "graphql Issues", "Issues"),
    ("milestones", "graphql Milestones", "Milestones"),
    ("runs", "GET .*api$", "Runs"),
    ("runs", "graphql Runs", "Runs"),
    ("security", "graphql Security", "SecurityAlerts"),
    ("security", "graphql Security", "SecuritySettings"),
    ("environments", "/protected_environments", "Environments"),
    ("automation", "GET .*api$", "AutomationSettings"),
    ("automation", "graphql Variables", "AutomationSettings"),
    ("ownership_rules", "graphql OwnershipRules", "OwnershipRules"),
    ("organisation", "GET /groups/acme$", "Organisation"),
    ("teams", "graphql Teams", "Teams"),
    ("registry", "GET .*api$", "RegistryRetention"),
    ("shared_credentials", "graphql GroupVariables", "SharedCredentials"),
)
LISTS = (
    ("protection", "/protected_branches", "BranchProtection"),
    ("releases", "/releases", "Releases"),
    ("deployments", "/deployments", "Deployments"),
    ("environments", "api/environments", "Environments"),
    ("access", "api/members/all", "RepositoryAccess"),
    ("access", "GET /groups/[0-9]+/members/all", "RepositoryAccess"),
    ("access", "/deploy_keys", "RepositoryAccess"),
    ("access", "/access_tokens", "RepositoryAccess"),
    ("access", "/hooks", "RepositoryAccess"),
    ("access", "api/deploy_tokens", "RepositoryAccess"),
    ("access", "/protected_tags", "RepositoryAccess"),
    ("shared_credentials", "GET /groups/acme/deploy_tokens", "SharedCredentials"),
    ("dependency_graph", "/dependencies", "DependencyGraph"),
)
KEPT = (("change_requests", "/merge_requests$", "ChangeRequests"), ("issues", "/issues$", "Issues"))
_TELLING = (Fault.FORBIDDEN, Fault.ECHO, Fault.HIDDEN)
PAID = ("/approval_rules", "/approvals", "/push_rule", "/protected_environments", "/dependencies")
KNOWLEDGE = {(place, fault) for place in PAID for fault in _TELLING} | {
    ("GET /groups/acme$", Fault.HIDDEN),
    ("/access_tokens", Fault.WRONG_LEAVES),
}
"""Refusals that tell a Maintainer something, tested one by one below; and a list that is empty and has no leaves."""
CASES = [
    (*place, fault, why)
    for places, faults in ((SINGLE + LISTS + KEPT, EXPECTED), (LISTS, {Fault.CIRCLE: Why.UNPARSABLE}))
    for place in places
    for fault, why in faults.items()
    if (place[1], fault) not in KNOWLEDGE
]


def outcome(
    name: str, *faults: tuple[str, Fault], given: ForgeData = RECENT, licensed: bool = True
) -> tuple[dict[str, Found | Unknown], list[str]]:
    """What a collector yields under faults, the way the pipeline sees it, and what it asked."""
    collector = COLLECTORS[name]
    asked: Any = asking_group if collector.source is GitlabGroupSource else asking
    got: dict[str, Found | Unknown] = {}
    with asked(given, faults, licensed=licensed) as (ask, standin):
        try:
            for item in collector.collect(ask):
                got[item.fact_type.__name__] = item
        except Unreadable as problem:
            got["raised"] = Unknown(problem.hole.why, f"{problem!s}{problem!r}{problem.__context__!r}")
            for fact_type in collector.provides:
                got.setdefault(fact_type.__name__, problem.hole)
        return got, list(standin.seen)


def content(item: Found | Unknown) -> object:
    return item.content if isinstance(item, Found) else item


@pytest.mark.parametrize("name", [name for name in COLLECTORS if name != "other_notions"])
def test_without_faults_everything_is_known(name: str) -> None:
    got, seen = outcome(name)
    assert not any(isinstance(content(item), Unknown) for item in got.values())
    assert len(seen) <= 8


@pytest.mark.parametrize(("name", "place", "fact", "fault", "why"), CASES)
def test_a_fault_is_a_hole_with_its_reason(
    name: str, place: str, fact: str, fault: Fault, why: Why, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    got, seen = outcome(name, (place, fault))
    told = content(got[fact])
    assert isinstance(told, Unknown)
    assert told.why is why
    assert told.detail
    assert TOKEN not in f"{got!r}{caplog.text}"
    assert len(seen) <= 24
    if why in (Why.FORBIDDEN, Why.AMBIGUOUS_404, Why.RATE_LIMITED):
        assert told.closes


@pytest.mark.parametrize(
    ("name", "place", "fact"),
    [*LISTS, *KEPT, ("runs", "graphql Runs", "Runs"), ("security", "graphql Security", "SecurityAlerts"),
     ("milestones", "graphql Milestones", "Milestones"), ("teams", "graphql Teams", "Teams"),
     ("shared_credentials", "graphql GroupVariables", "SharedCredentials")],
)  # fmt: skip
def test_endless_pages_end_and_say_so(name: str, place: str, fact: str) -> None:
    got, seen = outcome(name, (place, Fault.ENDLESS))
    item = got[fact]
    if isinstance(item, Found):
        assert "only" in item.caveat
    else:
        assert item.why is Why.TOO_LARGE
    assert len(seen) <= 27


@pytest.mark.parametrize(
    ("name", "place", "fact"),
    [("runs", "graphql Runs", "Runs"), ("security", "graphql Security", "SecurityAlerts"), ("teams", "graphql Teams", "Teams"),
     ("shared_credentials", "graphql GroupVariables", "SharedCredentials")],
)  # fmt: skip
def test_queries_in_a_circle_are_refused(name: str, place: str, fact: str) -> None:
    got, _ = outcome(name, (place, Fault.CIRCLE))
    told = got[fact]
    assert isinstance(told, Unknown)
    assert told.why is Why.UNPARSABLE


@pytest.mark.parametrize("fault", _TELLING)
@pytest.mark.parametrize(
    ("name", "place", "fact", "missing"),
    [("protection", "/approval_rules", "BranchProtection", "approval rules"), ("protection", "/push_rule", "BranchProtection", "push rules"),
     ("environments", "/protected_environments", "Environments", "protection of environments")],
)  # fmt: skip
def test_what_a_maintainer_is_refused_is_not_offered_and_said(
    name: str, place: str, fact: str, missing: str, fault: Fault
) -> None:
    got, _ = outcome(name, (place, fault))
    item = got[fact]
    assert isinstance(item, Found)
    assert not isinstance(item.content, Unknown)
    assert f"this GitLab's edition or its licence has no {missing}" in item.caveat


@pytest.mark.parametrize(("name", "place", "fact"), [("environments", "/protected_environments", "Environments"), ("dependency_graph", "/dependencies", "DependencyGraph")])  # fmt: skip
@pytest.mark.parametrize("fault", [Fault.FORBIDDEN, Fault.HIDDEN])
def test_what_another_reader_is_refused_stays_unknown(name: str, place: str, fact: str, fault: Fault) -> None:
    got, _ = outcome(name, (place, fault), given=data(admin=False))
    told = content(got[fact])
    assert isinstance(told, Unknown)
    assert told.why is EXPECTED[fault]
    assert "read_api" in told.closes


@pytest.mark.parametrize(("name", "fact"), [("dependency_graph", "DependencyGraph"), ("ownership_rules", "OwnershipRules"), ("security", "SecurityAlerts"), ("security", "SecuritySettings")])  # fmt: skip
@pytest.mark.parametrize("admin", [True, False])
def test_the_edition_without_paid_features_has_no_such_notion(name: str, fact: str, *, admin: bool) -> None:
    got, _ = outcome(name, given=data(admin=admin), licensed=False)
    told = content(got[fact])
    assert isinstance(told, Unknown)
    assert told.why is Why.NO_SUCH_NOTION
    assert told.detail.startswith("this GitLab's edition has no ")


@pytest.mark.parametrize("fault", [Fault.FORBIDDEN, Fault.ECHO, Fault.HIDDEN, Fault.SIGN_ON])
@pytest.mark.parametrize(
    ("rest", "field", "named"),
    [("members/all", "members", "members"), ("descendant_groups", "teams", "teams"), ("runners", "self_hosted_runners", "self_hosted_runners"),
     ("billable_members", "outside_collaborators", "outside_collaborators"), ("hooks", "webhooks_insecure", "webhooks"),
     ("audit_events", "audit_log", "audit_log")],
)  # fmt: skip
def test_a_group_setting_that_is_hidden_is_unknown_not_empty(rest: str, field: str, named: str, fault: Fault) -> None:
    got, _ = outcome("organisation", (f"GET /groups/acme/{rest}", fault))
    item = got["Organisation"]
    assert isinstance(item, Found)
    assert isinstance(item.content, Organisation)
    assert getattr(item.content, field) is None
    assert named in item.caveat
    assert TOKEN not in repr(got)


def test_a_personal_account_is_not_a_group() -> None:
    got, _ = outcome("organisation", ("GET /groups/acme$", Fault.HIDDEN))
    told = got["Organisation"]
    assert isinstance(told, Unknown)
    assert told.why is Why.UNSUPPORTED


def test_variables_and_runners_that_are_hidden_are_unknown_not_none() -> None:
    got, _ = outcome("automation", given=data(admin=False))
    item = got["AutomationSettings"]
    assert isinstance(item, Found)
    assert isinstance(item.content, AutomationSettings)
    assert (item.content.secrets, item.content.self_hosted_runners) == (None, None)
    assert item.caveat == "not shown to this token: variables, runners"


@pytest.mark.parametrize("name", ["runs", "security", "environments", "automation", "ownership_rules", "dependency_graph", "deployments", "registry"])  # fmt: skip
@pytest.mark.parametrize("passed", [{"archived": True}, {"fork": True}])
def test_what_is_listed_and_not_judged_is_not_asked_for_more(name: str, passed: dict[str, bool]) -> None:
    got, seen = outcome(name, given=data(**passed))
    assert isinstance(got["raised"], Unknown)
    assert got["raised"].why is Why.NOT_REQUESTED
    assert seen == [f"GET {PROJECT}"]


def test_the_values_of_variables_are_never_asked_for() -> None:
    _, seen = outcome("automation")
    assert seen == [f"GET {PROJECT}", "POST /api/graphql Variables", f"GET {PROJECT}/runners"]
    for query in (MODULES["automation"].VARIABLES, MODULES["shared_credentials"].GROUP_VARIABLES):
        assert "value" not in re.findall(r"\w+", query.text)
    _, seen = outcome("shared_credentials")
    assert seen == ["POST /api/graphql GroupVariables", "GET /groups/acme/deploy_tokens"]


def test_a_group_whose_variables_are_hidden_is_a_hole_not_an_empty_list() -> None:
    got, _ = outcome("shared_credentials", given=replace(DATA, organisation=replace(ACME, owner=False)))
    told = got["SharedCredentials"]
    assert isinstance(told, Unknown)
    assert told.why is Why.AMBIGUOUS_404
    assert told.closes.endswith("an Owner of the group")


def test_a_project_costs_at_most_30_requests() -> None:
    with asking(data()) as (ask, standin):
        for collector in COLLECTORS.values():
            if collector.source is not GitlabGroupSource:
                with suppress(Unreadable):
                    list(collector.collect(ask))
        assert ask.source.client.requests == len(standin.seen) == 29
        assert sum(name.startswith("POST ") for name in standin.seen) == 9


@pytest.mark.parametrize("module", MODULES.values(), ids=lambda m: m.__name__)
def test_queries_are_whole_graphql_and_declare_the_variables_they_use(module: Any) -> None:
    for query in (value for value in vars(module).values() if isinstance(value, GitlabQuery)):
        document = graphql.parse(query.text)
        (operation,) = document.definitions
        assert isinstance(operation, graphql.OperationDefinitionNode)
        assert operation.operation is graphql.OperationType.QUERY
        declared = {v.variable.name.value for v in operation.variable_definitions or ()}
        assert declared == set(re.findall(r"\$(\w+)", graphql.print_ast(operation.selection_set)))
