from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from scanner.demo.standin import StandIn
from scanner.http.forge import ListedRepository
from scanner.http.github.sources import GithubRepositorySource
from tests.builders_github import DATA, Names, data
from tests.builders_listing import opened


@contextmanager
def listed(
    given: object = DATA, **changes: object
) -> Iterator[tuple[GithubRepositorySource, ListedRepository, StandIn]]:
    """The first repository as the listing tells it, with changes to its record."""
    with opened(given) as (github, standin):
        (one, *_) = github.repositories("acme")
        one = replace(one, record={**(one.record or {}), **changes})
        standin.seen.clear()
        yield GithubRepositorySource(github, "acme/api", Names(), one), one, standin


def test_branch_and_rights_come_with_the_listing() -> None:
    for admin in (True, False):
        with listed(data(admin=admin, default_branch="trunk")) as (source, _, standin):
            assert (source.default_branch(), source.is_admin()) == ("trunk", admin)
            assert standin.seen == []


def test_an_empty_repository_has_its_branch_from_rest() -> None:
    with listed(defaultBranchRef=None) as (source, one, standin):
        source = GithubRepositorySource(source.client, "acme/api", Names(), replace(one, default_branch=""))
        assert source.default_branch() == "main"
        assert standin.seen == ["GET /repos/acme/api"]


def test_without_a_listing_rest_tells_both_in_one_request() -> None:
    with listed() as (source, one, standin):
        for nothing in (None, replace(one, record=None, default_branch="")):
            standin.seen.clear()
            source = GithubRepositorySource(source.client, "acme/api", Names(), nothing)
            assert source.listing() is None
            assert (source.default_branch(), source.is_admin()) == ("main", True)
            assert standin.seen == ["GET /repos/acme/api"]
