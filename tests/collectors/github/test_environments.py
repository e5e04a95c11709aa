from collectors.github.environments import COLLECTOR, parse
from scanner.demo.forge import EnvironmentRecord
from scanner.facts.forge import Environment, Environments
from tests.builders_github import asking, collected, data, node


def test_guards_of_each_environment_are_read() -> None:
    assert collected(COLLECTOR)["Environments"].content == Environments(
        (
            Environment(
                "production",
                production=True,
                reviewers=2,
                wait_minutes=30,
                restricts_branches=True,
                admins_bypass=False,
            ),
            Environment(
                "staging", production=False, reviewers=0, wait_minutes=0, restricts_branches=False, admins_bypass=True
            ),
        )
    )


def test_none_is_known_to_be_none() -> None:
    assert collected(COLLECTOR, data(environments=()))["Environments"].content == Environments(())


def test_an_old_server_shows_neither_rules_nor_bypass() -> None:
    (only,) = parse([node(name="prod-eu", protection_rules=None, deployment_branch_policy=None)]).environments
    assert only == Environment("prod-eu", production=True, reviewers=0, wait_minutes=0, restricts_branches=False)


def test_over_three_hundred_are_cut_with_a_caveat() -> None:
    many = tuple(EnvironmentRecord(f"review-{n:03}") for n in range(350))
    found = collected(COLLECTOR, data(environments=many))["Environments"]
    assert isinstance(found.content, Environments)
    assert len(found.content.environments) == 300
    assert found.caveat == "the first 300 environments only"


def test_it_costs_one_request_beside_the_record() -> None:
    with asking() as (ask, standin):
        list(COLLECTOR.collect(ask))
        assert standin.seen == ["GET /repos/acme/api", "GET /repos/acme/api/environments"]
