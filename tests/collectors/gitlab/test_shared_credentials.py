from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from collectors.gitlab.shared_credentials import COLLECTOR
from scanner.core.collecting import Ask, Found
from scanner.core.evidence import Unreadable, Why
from scanner.demo.forge import TeamRecord
from scanner.facts.forge import DeployToken, SharedCredentials, StoredSecret
from scanner.http.gitlab import GROUP_OWNER, Gitlab
from scanner.http.gitlab_sources import GitlabGroupSource
from scanner.http.refused import Refused
from scanner.http.shape import Node
from tests.builders import AS_OF
from tests.builders_github import ACME, DATA, ORG
from tests.builders_gitlab import node
from tests.builders_gitlab_estate import asking_group


def variable(name: str, *, guarded: bool) -> StoredSecret:
    return StoredSecret(name, None, None, "group", guarded=guarded)


def test_variables_and_tokens_are_read_once_for_the_group() -> None:
    with asking_group() as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert standin.seen == ["POST /api/graphql GroupVariables", "GET /groups/acme/deploy_tokens"]
    assert item.content == SharedCredentials(
        AS_OF,
        (variable("DEPLOY_ROLE", guarded=True), variable("OLD_TOKEN", guarded=False)),
        (DeployToken("mirror", ("read_repository",), None),),
    )
    assert item.caveat == ""


def test_every_page_of_sub_groups_is_read() -> None:
    many = tuple(TeamRecord(f"t{n:03}") for n in range(250))
    with asking_group(replace(DATA, organisation=replace(ACME, team_records=many))) as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert standin.seen.count("POST /api/graphql GroupVariables") == 3
    assert isinstance(item.content, SharedCredentials)
    assert [s.name for s in item.content.secrets] == ["DEPLOY_ROLE", "OLD_TOKEN"]  # the group itself counts once


def listed(*keys: str, more: bool = False) -> dict[str, object]:
    return {"pageInfo": {"hasNextPage": more}, "nodes": [{"key": k, "masked": True, "protected": True} for k in keys]}


def group(path: str, parent: str, told: object, below: tuple[dict[str, object], ...] = ()) -> dict[str, object]:
    return {
        "fullPath": path, "parent": {"fullPath": parent} if parent else None, "ciVariables": told,
        "descendantGroups": {"pageInfo": {"hasNextPage": False, "endCursor": None}, "nodes": list(below)},
    }  # fmt: skip


class Told(Gitlab):
    """A client that was told of groups; the deploy tokens are none, or refused."""

    def __init__(self, groups: Mapping[str, dict[str, object] | None], refused: Refused | None = None) -> None:
        self._groups = groups
        self._refused = refused

    def query(self, _: object, __: str, variables: Mapping[str, Any]) -> Node:
        return node(group=self._groups[variables["path"]])

    def everything(self, *_: object, **__: object) -> tuple[Node, ...]:
        if self._refused is not None:
            raise self._refused
        return ()


def asked(client: Gitlab) -> Found:
    (item,) = COLLECTOR.collect(Ask(ORG, GitlabGroupSource(client, "acme/web", 2), AS_OF))
    return item


BELOW: dict[str, object] = {"fullPath": "acme/web/ios", "ciVariables": listed("KEY")}


def test_groups_below_and_above_are_named_by_their_path() -> None:
    item = asked(
        Told({
            "acme/web": group("acme/web", "acme", listed("KEY"), (BELOW,)),
            "acme": group("acme", "", listed("KEY", "TOP")),
        })
    )  # fmt: skip
    assert isinstance(item.content, SharedCredentials)
    assert [s.name for s in item.content.secrets] == ["KEY", "acme/KEY", "acme/TOP", "acme/web/ios/KEY"]
    assert item.caveat == ""


@pytest.mark.parametrize("above", [None, group("acme", "", None)])
def test_a_group_above_that_is_hidden_is_said(above: dict[str, object] | None) -> None:
    item = asked(Told({"acme/web": group("acme/web", "acme", listed("KEY")), "acme": above}))
    assert isinstance(item.content, SharedCredentials)
    assert [s.name for s in item.content.secrets] == ["KEY"]
    assert item.caveat == "not shown to this token: variables of the groups above"


def test_more_variables_than_are_read_are_said() -> None:
    item = asked(Told({"acme/web": group("acme/web", "", listed("KEY", more=True))}))
    assert item.caveat == "the first 100 variables of a group only"


@pytest.mark.parametrize(
    "told",
    [group("acme/web", "", None), group("acme/web", "", listed("KEY"), ({"fullPath": "acme/web/x", "ciVariables": None},))],
)  # fmt: skip
def test_hidden_variables_are_a_hole_not_an_empty_list(told: dict[str, object]) -> None:
    with pytest.raises(Unreadable) as caught:
        asked(Told({"acme/web": told}))
    assert caught.value.hole.why is Why.AMBIGUOUS_404
    assert caught.value.hole.closes == GROUP_OWNER.closes


def test_hidden_tokens_are_a_hole_not_an_empty_list() -> None:
    refused = Refused(Why.FORBIDDEN, "403", GROUP_OWNER.closes, 403, "", None)
    with pytest.raises(Refused):
        asked(Told({"acme/web": group("acme/web", "", listed("KEY"))}, refused))
