from collectors.github.planning import COLLECTOR
from scanner.core.evidence import Unreadable, Why
from scanner.demo.forge import RepositoryRecord
from scanner.demo.standin import Fault
from scanner.facts.forge import Planning
from tests.builders_listing import account, opened, read, repository, scanned


def planning(record: RepositoryRecord, *faults: tuple[str, Fault]) -> object:
    found, _ = scanned(account(record), None, *faults)
    told = found["acme/api"]["Planning"]
    return told if isinstance(told, Unreadable) else (told.content, told.caveat)


def test_projects_and_discussions_come_with_the_listing() -> None:
    record = repository(has_discussions=True, projects_open=2, projects_closed=5, discussions=9, discussions_answered=4)
    assert planning(record) == (Planning(2, 5, 9, 4), "")
    with opened(account(record)) as (github, standin):
        read(github, None)
        assert "POST /graphql Listing" in standin.seen
    assert COLLECTOR.provides == (Planning,)


def test_what_is_switched_off_is_not_told_as_none() -> None:
    assert planning(repository(has_discussions=False)) == (Planning(0, 0, None, None), "")


def test_without_a_listing_nobody_knows() -> None:
    told = planning(repository(), ("POST /graphql", Fault.HIDDEN))
    assert isinstance(told, Unreadable)
    assert (told.hole.why, bool(told.hole.closes)) == (Why.UNSUPPORTED, True)


def test_what_the_token_may_not_see_is_unknown_and_told() -> None:
    record = repository(has_discussions=True, projects_open=2, discussions=3)
    told = planning(record, ("POST /graphql Listing$", Fault.GATEWAY))
    assert told == (Planning(None, None, None, None), "not shown to this token: discussions, projects")
