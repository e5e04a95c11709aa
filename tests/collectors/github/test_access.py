from datetime import timedelta

import pytest

from collectors.github.access import COLLECTOR, parse, parse_tag_rules
from scanner.core.collecting import Ask
from scanner.core.evidence import Unreadable, Why
from scanner.demo.forge import PersonRecord
from scanner.facts.forge import RepositoryAccess, TagRule
from scanner.http.github.sources import GithubRepositorySource
from tests.builders import AS_OF
from tests.builders_github import Names, ago, asking, collected, data, node


def test_people_keys_and_webhooks_are_counted() -> None:
    found = collected(COLLECTOR)["RepositoryAccess"]
    assert found.content == RepositoryAccess(
        collaborators=3,
        admins=1,
        outside=1,
        deploy_keys=2,
        deploy_keys_writing=1,
        webhooks=3,
        webhooks_insecure=2,
        oldest_key_at=ago(days=700),
        deploy_tokens=None,  # GitHub has none
        protected_tags=None,
    )
    assert found.caveat == "not shown to this token: rules on tags"


@pytest.mark.parametrize(
    ("config", "insecure"),
    [
        ({"secret": "********", "insecure_ssl": "0"}, 0), ({"secret": "********"}, 0), ({"insecure_ssl": "0"}, 1),
        ({"secret": "********", "insecure_ssl": "1"}, 1), ({"secret": "********", "insecure_ssl": 1}, 1),
        ({"secret": "********", "insecure_ssl": 0}, 0), ({}, 1),
    ],
)  # fmt: skip
def test_a_webhook_needs_a_secret_and_verified_tls(config: dict[str, object], insecure: int) -> None:
    assert parse((), 0, (), (node(config=config),), None, AS_OF).webhooks_insecure == insecure


def test_without_rights_the_whole_fact_is_a_hole() -> None:
    with asking(data(admin=False)) as (ask, _), pytest.raises(Unreadable) as caught:
        list(COLLECTOR.collect(ask))
    assert caught.value.hole.why is Why.AMBIGUOUS_404
    assert "Administration: read" in caught.value.hole.closes


def test_over_a_hundred_people_are_counted_whole() -> None:
    people = tuple(PersonRecord(f"p{n}") for n in range(230))
    content = collected(COLLECTOR, data(people=people))["RepositoryAccess"].content
    assert isinstance(content, RepositoryAccess)
    assert content.collaborators == 230


def test_the_oldest_key_is_the_oldest_of_those_that_were_there() -> None:
    made = (ago(days=3), ago(days=400), AS_OF + timedelta(days=1))
    keys = tuple(node(read_only=True, created_at=at.isoformat()) for at in made)
    assert parse((), 0, keys, (), None, AS_OF).oldest_key_at == ago(days=400)
    assert parse((), 0, keys[2:], (), None, AS_OF).oldest_key_at is None


def test_people_outside_are_not_asked_for_where_nobody_collaborates() -> None:
    with asking(data(people=())) as (ask, standin):
        list(COLLECTOR.collect(ask))
        assert len(standin.seen) == 3


@pytest.mark.parametrize(
    ("patterns", "rules", "caveat"),
    [
        (("v*",), (TagRule(("v*",)),), ""),
        ((), (), ""),
        (tuple(f"v{n:02}" for n in range(25)), tuple(TagRule((f"v{n:02}",)) for n in range(20)), "20 of 25 rules on tags only"),
    ],
)  # fmt: skip
def test_rules_on_tags_come_with_the_listing_and_cost_no_request(
    patterns: tuple[str, ...], rules: tuple[TagRule, ...], caveat: str
) -> None:
    with asking(data(protected_tags=patterns)) as (ask, standin):
        (listed,) = [r for r in ask.source.client.repositories("acme") if r.full_name == "acme/api"]
        standin.seen.clear()
        source = GithubRepositorySource(ask.source.client, "acme/api", Names(), listed)
        (found,) = COLLECTOR.collect(Ask(ask.subject, source, ask.as_of))
        assert len(standin.seen) == 4
    assert isinstance(found.content, RepositoryAccess)
    assert (found.content.protected_tags, found.caveat) == (rules, caveat)


def ruleset(enforcement: str, include: list[str], exclude: list[str]) -> dict[str, object]:
    return {"enforcement": enforcement, "conditions": {"refName": {"include": include, "exclude": exclude}}}


def test_only_rules_that_are_enforced_count() -> None:
    told = (
        node(**ruleset("ACTIVE", ["~ALL"], ["refs/tags/nightly-*"])),
        node(**ruleset("EVALUATE", ["refs/tags/v*"], [])),
        node(**ruleset("DISABLED", ["refs/tags/v*"], [])),
        node(enforcement="ACTIVE", conditions={"refName": None}),
    )
    assert parse_tag_rules(told) == (TagRule(("**",)), TagRule(("**",), ("nightly-*",)))
