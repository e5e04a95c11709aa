from dataclasses import replace

import pytest

from collectors.github.organisation import COLLECTOR, Settings, may_write, parse
from scanner.demo.forge import AppRecord, ForgeData, OrganisationRecord
from scanner.facts.forge import Organisation
from tests.builders_github import ACME, asking_organisation, node

SEEN = Organisation(
    "acme", two_factor_required=True, default_permission="read", members=3, admins=1, outside_collaborators=1, teams=3,
    verified=False, repositories=2, members_without_two_factor=1, security_managers=1, actions_allowed="local_only",
    actions_default_permission="read", apps=2, apps_writing=1, webhooks=2, webhooks_insecure=1, audit_log=True,
    members_create_public=False, self_hosted_runners=1,
)  # fmt: skip


def test_an_owner_sees_settings_and_sizes_in_fifteen_requests() -> None:
    with asking_organisation() as (ask, standin):
        (found,) = COLLECTOR.collect(ask)
        assert found.content == SEEN
        assert found.caveat == ""
        assert len(standin.seen) == 15


def test_a_member_sees_sizes_only_and_is_told_what_is_missing() -> None:
    shown = replace(ACME, owner=False, two_factor_required=None, default_permission=None)
    with asking_organisation(ForgeData(shown)) as (ask, _):
        (found,) = COLLECTOR.collect(ask)
    content = found.content
    assert isinstance(content, Organisation)
    assert (content.members, content.admins, content.teams) == (3, 1, 3)
    assert content.two_factor_required is None
    hidden = (
        "actions_allowed", "actions_default_permission", "apps", "audit_log", "members_without_two_factor",
        "security_managers", "self_hosted_runners", "webhooks",
    )  # fmt: skip
    assert all(getattr(content, name) is None for name in (*hidden, "apps_writing", "webhooks_insecure"))
    assert found.caveat == f"not shown to this token: {', '.join(hidden)}"


def test_many_members_are_counted_not_fetched() -> None:
    members = tuple((f"m{n}", False) for n in range(1234))
    with asking_organisation(ForgeData(replace(ACME, members=members))) as (ask, standin):
        (found,) = COLLECTOR.collect(ask)
        assert isinstance(found.content, Organisation)
        assert (found.content.members, found.content.admins) == (1234, 0)
        assert len(standin.seen) == 15


def test_over_a_hundred_apps_are_counted_whole() -> None:
    apps = tuple(AppRecord(f"app-{n}", (("contents", "write" if n % 2 else "read"),)) for n in range(150))
    with asking_organisation(ForgeData(replace(ACME, apps=apps))) as (ask, _):
        (found,) = COLLECTOR.collect(ask)
    assert isinstance(found.content, Organisation)
    assert (found.content.apps, found.content.apps_writing) == (150, 75)


def test_nothing_shown_is_nothing_known_and_the_number_of_repositories_is_the_listings() -> None:
    assert parse(node(login="acme", public_repos=1), {}, Settings(), 17) == Organisation(
        "acme", None, None, None, None, None, None, None, 17
    )


def test_suspended_apps_are_left_out() -> None:
    rights = {"permissions": {"contents": "write"}}
    apps = (node(**rights, suspended_at="2026-01-01T00:00:00Z"), node(**rights, suspended_at=None))
    seen = parse(node(login="acme"), {}, Settings(apps=apps), 0)
    assert (seen.apps, seen.apps_writing) == (1, 1)


@pytest.mark.parametrize(
    ("rights", "writes"),
    [
        ({"contents": "write"}, True), ({"administration": "write"}, True), ({"workflows": "write"}, True),
        ({"contents": "read", "issues": "write", "checks": "write"}, False), ({}, False),
    ],
)  # fmt: skip
def test_only_rights_over_code_settings_or_credentials_count(rights: dict[str, str], writes: bool) -> None:
    assert may_write(node(permissions=rights)) is writes


def test_an_organisation_without_the_role_has_no_security_managers() -> None:
    with asking_organisation(ForgeData(OrganisationRecord("acme"))) as (ask, _):
        (found,) = COLLECTOR.collect(ask)
    assert isinstance(found.content, Organisation)
    assert found.content.security_managers == 0
    assert found.content.audit_log is None
