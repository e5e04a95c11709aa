from dataclasses import replace

import pytest

from collectors.gitlab.organisation import COLLECTOR, Lists, parse
from scanner.facts.forge import Organisation
from tests.builders_github import ACME, DATA
from tests.builders_gitlab import node
from tests.builders_gitlab_estate import asking_group

RECORD = {"full_path": "acme/web", "visibility": "public", "require_two_factor_authentication": True, "project_creation_level": "maintainer"}  # fmt: skip


def test_settings_and_sizes() -> None:
    with asking_group() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert item.content == Organisation(
        login="acme",
        two_factor_required=True,
        default_permission="none",
        members=3,
        admins=1,
        outside_collaborators=1,
        teams=3,
        verified=None,
        repositories=2,
        apps=0,
        apps_writing=0,
        webhooks=2,
        webhooks_insecure=0,
        audit_log=True,
        members_create_public=False,
        self_hosted_runners=1,
    )
    assert item.caveat == ""


def test_what_owners_alone_see_is_unknown_to_others() -> None:
    given = replace(DATA, organisation=replace(ACME, owner=False))
    with asking_group(given) as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    content = item.content
    assert isinstance(content, Organisation)
    told = (content.outside_collaborators, content.webhooks, content.audit_log, content.self_hosted_runners)
    assert told == (None, None, None, None)
    assert content.members == 3
    assert item.caveat == "not shown to this token: audit_log, outside_collaborators, self_hosted_runners, webhooks"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"project_creation_level": "owner"}, False),
        ({"project_creation_level": "noone"}, False),
        ({"project_creation_level": None}, None),
        ({"visibility": "internal"}, False),
    ],
)
def test_whether_members_make_public_projects(changes: dict[str, object], *, expected: bool | None) -> None:
    assert parse(node(**RECORD | changes), Lists(), 0).members_create_public is expected


def test_machines_are_no_members_and_what_is_not_shown_is_none() -> None:
    members = (node(username="ann", access_level=50), node(username="group_7_bot_x", access_level=40))
    read = parse(node(**RECORD), Lists(members=members), 4)
    assert (read.members, read.admins, read.teams, read.webhooks, read.repositories) == (1, 1, None, None, 4)
