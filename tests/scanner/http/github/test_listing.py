import json
import pickle
from collections.abc import Mapping

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.demo.forge import RepositoryRecord
from scanner.demo.standin import Fault
from scanner.http.github.graphql import GraphqlRefused, Query, Variable
from scanner.http.github.listing import list_account
from scanner.http.shape import Node
from tests.builders_github import DATA, data
from tests.builders_listing import account, opened


def test_a_thousand_repositories_take_twenty_queries_and_nothing_else() -> None:
    with opened(account(*(RepositoryRecord(f"r{n:04}") for n in range(1000)))) as (github, standin):
        listed = github.repositories("acme")
        assert [r.full_name for r in listed] == [f"acme/r{n:04}" for n in range(1000)]
        assert standin.seen == ["POST /graphql Listing"] * 20


def test_the_listing_tells_what_rest_tells() -> None:
    no_graphql = ("POST /graphql", Fault.HIDDEN)
    given = data(size_kb=77, archived=True, clone_url="https://git.example/acme/api.git", node_id="R_lasting")
    with opened(given) as (github, _):
        told = github.repositories("acme")
    with opened(given, no_graphql) as (github, _):
        plain = github.repositories("acme")
    assert plain[0].clone_url == "https://git.example/acme/api.git"
    assert told[0].clone_url == "https://github.example/acme/api.git"
    for one, other in zip(told, plain, strict=True):
        for field in ("full_name", "default_branch", "archived", "fork", "private", "size_kb", "pushed_at", "node_id"):
            assert getattr(one, field) == getattr(other, field), field
        assert (one.record is None, other.record is None) == (False, True)


def test_a_listed_repository_travels_to_another_process() -> None:
    with opened(DATA) as (github, _):
        listed = github.repositories("acme")
    assert pickle.loads(pickle.dumps(listed)) == listed
    assert json.loads(json.dumps(listed[0].record)) == listed[0].record
    assert len({*listed}) == 2


@pytest.mark.parametrize(
    "fault", [f for f in Fault if f not in (Fault.DENIED, Fault.SLOW, Fault.SLOW_HEADERS, Fault.LINK_AWAY, Fault.MOVED)]
)
def test_whatever_graphql_answers_the_organisation_is_listed(fault: Fault) -> None:
    with opened(DATA, ("POST /graphql", fault)) as (github, standin):
        assert [r.full_name for r in github.repositories("acme")] == ["acme/api", "acme/site"]
        assert len(standin.seen) <= 41, "bounded: at most twice the pages of one list, and REST"


def test_a_denied_token_is_denied_at_once() -> None:
    with opened(DATA, ("POST /graphql", Fault.DENIED)) as (github, standin):
        with pytest.raises(Unreadable, match="401"):
            github.repositories("acme")
        assert len(standin.seen) == 1


class Refusing:
    """GitHub's GraphQL with a token that may not see some fields: a query that asks for one is refused."""

    def __init__(self, hidden: Mapping[str, Why], *, names: bool = True) -> None:
        self.hidden = hidden
        self.names = names
        self.asked: list[str] = []

    def __call__(self, query: Query, about: str, variables: Mapping[str, Variable]) -> Node:
        self.asked.append(query.name)
        wanted = {name for name, value in variables.items() if value is True}
        wanted |= {"projectsV2"} if "projectsV2" in query.text else set()
        for name in sorted(wanted & self.hidden.keys()):
            refused = GraphqlRefused(self.hidden[name], f"{name} is not for you", "", 200, "", None)
            refused.fields = frozenset({"repositoryOwner", "repositories", "nodes", name} if self.names else ())
            raise refused
        with opened(DATA) as (github, _):
            return github.query(query, about, variables)


def test_projects_without_their_scope_cost_one_query_more_and_nothing_else() -> None:
    github = Refusing({"projectsV2": Why.FORBIDDEN}, names=False)
    (api, _) = list_account(github, "acme", 9).repositories
    assert github.asked == ["Listing", "ListingWithoutProjects"]
    assert api.record is not None
    assert "openProjects" not in api.record
    assert {
        "pullRequests",
        "issues",
        "releases",
        "deployments",
        "milestones",
        "discussions",
        "codeowners",
    } <= api.record.keys()


@pytest.mark.parametrize("why", [Why.FORBIDDEN, Why.UNSUPPORTED])
def test_a_part_that_the_token_may_not_see_is_left_out_alone(why: Why) -> None:
    github = Refusing({"deployments": why})
    (api, _) = list_account(github, "acme", 9).repositories
    assert github.asked == ["Listing", "Listing"]
    assert api.record is not None
    assert "deployments" not in api.record
    assert {"openProjects", "pullRequests", "releases"} <= api.record.keys()


def test_refusals_that_name_nothing_leave_the_plain_record() -> None:
    github = Refusing({"projectsV2": Why.FORBIDDEN, "issues": Why.FORBIDDEN}, names=False)
    (api, _) = list_account(github, "acme", 9).repositories
    assert github.asked == ["Listing", "ListingWithoutProjects", "ListingWithoutProjects"]
    assert api.record is not None
    assert {"openProjects", "pullRequests", "issues", "releases"}.isdisjoint(api.record.keys())
    assert api.record["stargazerCount"] == 7


def test_another_refusal_is_not_asked_around() -> None:
    for why in (Why.RATE_LIMITED, Why.AMBIGUOUS_404):
        github = Refusing({"issues": why})
        with pytest.raises(Unreadable):
            list_account(github, "acme", 9)
        assert github.asked == ["Listing"]


def test_a_repository_that_is_seen_twice_while_paging_is_listed_once() -> None:
    given = account(*(RepositoryRecord(f"r{n}", node_id=f"R_{n // 2}") for n in range(4)))
    with opened(given) as (github, _):
        assert [r.node_id for r in github.repositories("acme")] == ["R_0", "R_1"]
        assert github.unlisted == 2


class Short:
    """GitHub's GraphQL that leaves repositories out of its listings: each of ``left_out`` names those of one listing."""

    def __init__(self, *left_out: tuple[str, ...], null: bool = False) -> None:
        self.left_out, self.null, self.asked = list(left_out), null, 0

    def __call__(self, query: Query, about: str, variables: Mapping[str, Variable]) -> Node:
        with opened(DATA) as (github, _):
            plain = github.query(query, about, variables).plain()
        gone = self.left_out[min(self.asked, len(self.left_out) - 1)]
        self.asked += 1
        told = json.loads(json.dumps(plain))
        page = told["repositoryOwner"]["repositories"]
        shown = [None if node["nameWithOwner"] in gone else node for node in page["nodes"]]
        page["nodes"] = shown if self.null else [node for node in shown if node is not None]
        return Node(told, about)


@pytest.mark.parametrize("null", [True, False])
def test_repositories_that_are_counted_and_not_shown_are_asked_for_again_and_then_numbered(null: bool) -> None:
    passing = Short(("acme/api",), (), null=null)
    told = list_account(passing, "acme", 9)
    assert ([r.full_name for r in told.repositories], told.missing, passing.asked) == (["acme/api", "acme/site"], 0, 2)
    turning = Short(("acme/api",), ("acme/site",), null=null)
    told = list_account(turning, "acme", 9)
    assert (len(told.repositories), told.missing, turning.asked) == (2, 0, 2)
    lasting = Short(("acme/api",), null=null)
    told = list_account(lasting, "acme", 9)
    assert ([r.full_name for r in told.repositories], told.missing, lasting.asked) == (["acme/site"], 1, 2)
    whole = Short((), null=null)
    assert (list_account(whole, "acme", 9).missing, whole.asked) == (0, 1)
