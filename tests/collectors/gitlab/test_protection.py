from dataclasses import replace
from typing import Any

import pytest

from collectors.gitlab.protection import COLLECTOR, parse
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import BranchProtection
from scanner.http.shape import Node
from tests.builders_gitlab import PROJECT, PROJECT_RECORD, ROUTES, Fault, asking

EXPECTED = BranchProtection(
    branch="main", protected=True, required_approvals=2, code_owner_review=True, dismisses_stale=True, required_status_checks=1,
    binds_admins=False, allows_force_push=False, allows_deletion=False, signed_commits=True, bypass_actors=1,
)  # fmt: skip


def collected(*faults: tuple[str, Fault], **routes: Any) -> tuple[object, str]:
    with asking(*faults, routes=routes.get("routes")) as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    return item.content, item.caveat


def rule(name: str, *levels: dict[str, object], **more: object) -> Node:
    return Node({"name": name, "push_access_levels": list(levels), **more}, "test")


def parsed(*rules: Node, approvals: tuple[Node, ...] = ()) -> BranchProtection:
    return parse("main", rules, approvals, None, None, pipeline_first=False)


def test_all_rules_together() -> None:
    assert collected() == (EXPECTED, "")


@pytest.mark.parametrize("fault", [Fault.FORBIDDEN, Fault.HIDDEN])
def test_what_a_maintainer_is_refused_is_not_offered(fault: Fault) -> None:
    content, caveat = collected(("/approval_rules|/approvals|/push_rule", fault))
    assert content == replace(EXPECTED, required_approvals=0, dismisses_stale=False, signed_commits=False)
    assert caveat == "this GitLab's edition or its licence has no approval rules and no push rules"


@pytest.mark.parametrize(("fault", "why"), [(Fault.FORBIDDEN, Why.FORBIDDEN), (Fault.HIDDEN, Why.AMBIGUOUS_404)])
def test_what_another_is_refused_stays_unknown(fault: Fault, why: Why) -> None:
    developer = PROJECT_RECORD | {"permissions": {"project_access": {"access_level": 30}, "group_access": None}}
    with (
        asking(("/approval_rules", fault), routes={PROJECT: developer}) as (ask, _),
        pytest.raises(Unreadable) as caught,
    ):
        list(COLLECTOR.collect(ask))
    assert caught.value.hole.why is why
    assert "Maintainer" in caught.value.hole.closes


def test_no_rule_for_the_default_branch_is_knowledge() -> None:
    content, _ = collected(routes={f"{PROJECT}/protected_branches": [], f"{PROJECT}/approval_rules": []})
    assert isinstance(content, BranchProtection)
    assert not content.protected
    assert content.allows_force_push
    assert not content.binds_admins


@pytest.mark.parametrize(
    ("pattern", "protected"),
    [
        ("main", True),
        ("*", True),
        ("ma*", True),
        ("mai?", False),
        ("[m]ain", False),
        ("release/*", False),
        ("Main", False),
    ],
)
def test_the_star_is_the_only_wildcard(pattern: str, protected: bool) -> None:
    assert parsed(rule(pattern)).protected is protected


def test_nobody_may_push_binds_everyone() -> None:
    read = parsed(rule("main", {"access_level": 0}))
    assert read.binds_admins
    assert read.bypass_actors == 0


def test_of_several_rules_the_most_permissive_holds_but_for_code_owners() -> None:
    read = parsed(
        rule("main", {"access_level": 0}, code_owner_approval_required=True, allow_force_push=False),
        rule("m*", {"access_level": None, "user_id": 7}, {"access_level": 40}, allow_force_push=True),
    )
    assert (read.code_owner_review, read.allows_force_push, read.bypass_actors) == (True, True, 2)


@pytest.mark.parametrize(
    ("fields", "approvals"),
    [
        ({}, 3),
        ({"protected_branches": [{"name": "main"}]}, 3),
        ({"protected_branches": [{"name": "release/*"}]}, 0),
        ({"applies_to_all_protected_branches": True}, 3),
        ({"rule_type": "code_owner"}, 0),
    ],
)
def test_approval_rules_count_where_they_apply(fields: dict[str, object], approvals: int) -> None:
    one = Node({"rule_type": "regular", "approvals_required": 3, **fields}, "test")
    assert parsed(rule("main"), approvals=(one,)).required_approvals == approvals


def test_a_rule_over_all_protected_branches_does_not_cover_an_unprotected_one() -> None:
    one = Node({"approvals_required": 3, "applies_to_all_protected_branches": True}, "test")
    assert parsed(rule("other"), approvals=(one,)).required_approvals == 0


def test_a_project_without_branches_is_a_hole() -> None:
    empty = PROJECT_RECORD | {"default_branch": None}
    with asking(routes=ROUTES | {PROJECT: empty}) as (ask, _), pytest.raises(Unreadable, match="no default branch"):
        list(COLLECTOR.collect(ask))
