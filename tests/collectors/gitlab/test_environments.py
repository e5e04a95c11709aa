from collectors.gitlab.environments import COLLECTOR, parse
from scanner.facts.forge import Environment, Environments
from tests.builders_gitlab import PROJECT, asking, node


def test_environments_with_their_guards() -> None:
    with asking() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert item.content == Environments(
        (
            Environment("eu-west", True, 3, 0, True),
            Environment("prod-us", True, 0, 0, False),
            Environment("review", False, 0, 0, False),
        )
    )
    assert item.caveat == ""


def test_without_environments_their_protection_is_not_asked_for() -> None:
    with asking(routes={f"{PROJECT}/environments": []}) as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert standin.seen == [f"GET {PROJECT}", f"GET {PROJECT}/environments"]
    assert item.content == Environments(())


def test_the_older_way_to_ask_for_approvals_counts() -> None:
    read = parse(
        [node(name="live", tier="production")], [node(name="live", required_approval_count=2, approval_rules=[])]
    )
    assert read.environments[0].reviewers == 2
