import pytest

from collectors.gitlab.access import COLLECTOR, Lists, is_insecure, parse
from scanner.facts.forge import DeployToken, RepositoryAccess, TagRule
from tests.builders import AS_OF
from tests.builders_gitlab import PROJECT, PROJECT_RECORD, ROUTES, ago, asking, node, user


def test_people_keys_tokens_and_webhooks_are_counted() -> None:
    with asking() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert item.content == RepositoryAccess(
        collaborators=3,  # ann, bob, eve; neither the machine nor who is blocked
        admins=2,  # an Owner and a Maintainer
        outside=1,  # eve is no member of the group
        deploy_keys=3,  # two keys and the live token
        deploy_keys_writing=2,
        webhooks=3,
        webhooks_insecure=2,
        oldest_key_at=ago(days=700),
        deploy_tokens=(  # those that were revoked, or had ended by then, open nothing
            DeployToken("pull", ("read_repository",), None),
            DeployToken("push", ("read_registry", "write_registry"), ago(days=-90)),
        ),
        protected_tags=(TagRule(("release",)), TagRule(("v**",))),
    )
    assert item.content.deploy_tokens_writing == 1
    assert item.caveat == "GitLab does not tell whether webhooks have a secret"


def test_of_a_personal_project_all_but_its_owner_are_outside() -> None:
    record = PROJECT_RECORD | {"namespace": {"id": 9, "kind": "user", "full_path": "ann"}}
    people = [user("ann") | {"access_level": 50}, user("bob") | {"access_level": 30}]
    with asking(routes=ROUTES | {PROJECT: record, f"{PROJECT}/members/all": people}) as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert not any("groups" in name for name in standin.seen)
    assert isinstance(item.content, RepositoryAccess)
    assert (item.content.collaborators, item.content.outside) == (2, 1)


@pytest.mark.parametrize(
    ("url", "verifies", "insecure"),
    [("https://x.example", True, False), ("https://x.example", False, True), ("http://x.example", True, True)],
)
def test_a_webhook_is_secure_when_it_is_encrypted_to_somebody_known(
    url: str, *, verifies: bool, insecure: bool
) -> None:
    assert is_insecure(node(url=url, enable_ssl_verification=verifies)) is insecure


@pytest.mark.parametrize(
    ("pattern", "tag", "covered"),
    [("v*", "v1.2", True), ("v*", "v1/2", True), ("v*", "av1", False), ("v?", "v1", False), ("v?", "v?", True), ("[ab]*", "[ab]1", True)],
)  # fmt: skip
def test_the_only_wildcard_of_a_tag_is_the_star(pattern: str, tag: str, *, covered: bool) -> None:
    rules = parse(Lists(tags=(node(name=pattern),)), AS_OF).protected_tags
    assert rules is not None
    assert [rule.covers(tag) for rule in rules] == [covered]


def test_the_tokens_themselves_are_never_kept() -> None:
    told = node(name="x", scopes=["read_registry"], expires_at=None, revoked=False, expired=False, token="gldt-S3cr3t")
    assert "S3cr3t" not in repr(parse(Lists(deploy_tokens=(told,)), AS_OF))
