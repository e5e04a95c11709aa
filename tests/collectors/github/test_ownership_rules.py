import pytest

from collectors.github.ownership_rules import COLLECTOR
from scanner.core.collecting import Ask
from scanner.facts.forge import OwnershipRules
from scanner.http.github.sources import GithubRepositorySource
from tests.builders_github import Names, asking, collected, data


def test_errors_are_counted_by_kind() -> None:
    expected = OwnershipRules(present=True, errors=(("Invalid pattern", 1), ("Unknown owner", 2)))
    assert collected(COLLECTOR)["OwnershipRules"].content == expected


def test_a_file_without_errors_and_no_file_are_told_apart() -> None:
    assert collected(COLLECTOR, data(codeowners_errors=()))["OwnershipRules"].content == OwnershipRules(True, ())
    assert collected(COLLECTOR, data(codeowners_errors=None))["OwnershipRules"].content == OwnershipRules(False, ())


@pytest.mark.parametrize("errors", [None, (), ("Unknown owner", "Unknown owner", "Invalid pattern")])
def test_the_listing_tells_the_same_without_a_request(errors: tuple[str, ...] | None) -> None:
    given = data(codeowners_errors=errors)
    with asking(given) as (ask, standin):
        (listed,) = [r for r in ask.source.client.repositories("acme") if r.full_name == "acme/api"]
        before = len(standin.seen)
        source = GithubRepositorySource(ask.source.client, "acme/api", Names(), listed)
        (told,) = COLLECTOR.collect(Ask(ask.subject, source, ask.as_of))
        assert len(standin.seen) == before
    assert told.content == collected(COLLECTOR, given)["OwnershipRules"].content
