"""Every endpoint × every fault: a hole with its reason, in bounded requests, and never the token."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import re
from typing import Any

import graphql
import pytest

import collectors.gitlab
from scanner.core.collecting import Collector, Found
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.http.gitlab import GitlabQuery
from tests.builders_gitlab import TOKEN, Fault, asking

MODULES = {
    m.name: importlib.import_module(f"collectors.gitlab.{m.name}")
    for m in pkgutil.iter_modules(collectors.gitlab.__path__)
}
COLLECTORS: dict[str, Collector[Any]] = {n: m.COLLECTOR for n, m in MODULES.items() if hasattr(m, "COLLECTOR")}
EXPECTED = {
    Fault.DENIED: Why.FORBIDDEN,
    Fault.FORBIDDEN: Why.FORBIDDEN,
    Fault.ECHO: Why.FORBIDDEN,
    Fault.HIDDEN: Why.AMBIGUOUS_404,
    Fault.LIMITED: Why.RATE_LIMITED,
    Fault.BROKEN: Why.UNREACHABLE,
    Fault.SLOW: Why.UNREACHABLE,
    Fault.AWAY: Why.UNREACHABLE,
    Fault.TRUNCATED: Why.UNPARSABLE,
    Fault.HTML: Why.UNPARSABLE,
    Fault.WRONG_TYPE: Why.UNPARSABLE,
    Fault.HUGE: Why.TOO_LARGE,
}
PLACES = (
    ("repository", "api$"),
    ("protection", "api$"),
    ("protection", "/protected_branches"),
    ("protection", "/approval_rules"),
    ("protection", "/approvals"),
    ("protection", "/push_rule"),
    ("change_requests", "api$"),
    ("change_requests", "/merge_requests"),
    ("change_requests", "graphql ChangeRequests"),
    ("issues", "api$"),
    ("issues", "/issues$"),
    ("issues", "/issues_statistics"),
    ("issues", "graphql Issues"),
    ("milestones", "graphql Milestones"),
    ("releases", "/releases"),
    ("deployments", "/deployments"),
    ("runs", "api$"),
    ("runs", "graphql Runs"),
)
MAINTAINERS_REFUSAL = {
    (place, fault)
    for place in ("/approval_rules", "/approvals", "/push_rule")
    for fault in (Fault.FORBIDDEN, Fault.HIDDEN, Fault.ECHO)
}
"""Refusals that tell a Maintainer something; see test_protection."""


def outcome(name: str, *faults: tuple[str, Fault], **given: Any) -> tuple[Found | Unknown, list[str]]:
    """What a collector yields, the way the pipeline sees it, and what it asked."""
    with asking(*faults, **given) as (ask, standin):
        try:
            (item,) = COLLECTORS[name].collect(ask)
        except Unreadable as problem:
            return Unknown(problem.hole.why, f"{problem!r}{problem.hole!r}{problem.__context__!r}"), standin.seen
        return item, standin.seen


@pytest.mark.parametrize("name", COLLECTORS)
def test_without_faults_everything_is_known(name: str) -> None:
    item, seen = outcome(name)
    assert isinstance(item, Found)
    assert not isinstance(item.content, Unknown)
    assert item.source.startswith(("GET /projects/acme%2Fweb%2Fapi", "POST /api/graphql "))
    assert len(seen) <= 6


@pytest.mark.parametrize(
    ("name", "place", "fault"),
    [(*place, fault) for place in PLACES for fault in EXPECTED if (place[1], fault) not in MAINTAINERS_REFUSAL],
)
def test_a_fault_is_a_hole_with_its_reason(
    name: str, place: str, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    item, seen = outcome(name, (place, fault))
    assert isinstance(item, Unknown)
    assert item.why is EXPECTED[fault]
    assert TOKEN not in f"{item!r}{caplog.text}"
    assert len(seen) <= 8


@pytest.mark.parametrize(
    ("name", "place"),
    [("releases", "/releases"), ("deployments", "/deployments"), ("change_requests", "/merge_requests$"), ("issues", "/issues$"),
     ("runs", "graphql Runs"), ("milestones", "graphql Milestones")],
)  # fmt: skip
def test_endless_pages_end_and_say_so(name: str, place: str) -> None:
    item, seen = outcome(name, (place, Fault.ENDLESS))
    if name in ("releases", "runs"):
        assert len(seen) <= 2, "a record older than the window ends the list"
        return
    assert isinstance(item, Found)
    assert "only" in item.caveat
    assert len(seen) <= 12


@pytest.mark.parametrize(("name", "place"), [("protection", "/protected_branches"), ("deployments", "/deployments")])
def test_pages_in_a_circle_are_refused(name: str, place: str) -> None:
    item, _ = outcome(name, (place, Fault.CIRCLE))
    assert isinstance(item, Unknown)
    assert item.why is Why.UNPARSABLE


@pytest.mark.parametrize(
    ("name", "query", "field"),
    [("change_requests", "ChangeRequests", "mergeRequests"), ("issues", "Issues", "issues"), ("milestones", "Milestones", "milestones"),
     ("runs", "Runs", "pipelines")],
)  # fmt: skip
def test_what_a_reader_may_not_list_is_a_hole(name: str, query: str, field: str) -> None:
    with asking() as (ask, standin):
        standin.queries[query] = {field: None}
        with pytest.raises(Unreadable) as caught:
            list(COLLECTORS[name].collect(ask))
    assert caught.value.hole.why is Why.AMBIGUOUS_404
    assert "read_api" in caught.value.hole.closes


@pytest.mark.parametrize("module", MODULES.values(), ids=lambda m: m.__name__)
def test_queries_are_whole_graphql_and_declare_the_variables_they_use(module: Any) -> None:
    for query in (value for value in vars(module).values() if isinstance(value, GitlabQuery)):
        document = graphql.parse(query.text)
        (operation,) = document.definitions
        assert isinstance(operation, graphql.OperationDefinitionNode)
        assert operation.operation is graphql.OperationType.QUERY
        declared = {v.variable.name.value for v in operation.variable_definitions}
        assert declared == set(re.findall(r"\$(\w+)", graphql.print_ast(operation.selection_set)))
