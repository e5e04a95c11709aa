from dataclasses import replace

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.demo.standin import StandIn
from scanner.http.github.judged import expect_judged, is_private
from scanner.http.github.sources import GithubRepositorySource
from tests.builders_github import DATA, Names, asking, client, data


@pytest.mark.parametrize(
    ("kind", "said"), [("archived", "archived repositories"), ("fork", "forks"), ("template", "templates")]
)
def test_what_is_not_judged_is_passed_over_with_its_reason(kind: str, said: str) -> None:
    with asking(data(**{kind: True})) as (ask, _), pytest.raises(Unreadable) as caught:
        expect_judged(ask.source)
    assert caught.value.hole.why is Why.NOT_REQUESTED
    assert caught.value.hole.detail.startswith(said)


def test_an_ordinary_repository_is_asked() -> None:
    with asking() as (ask, _):
        expect_judged(ask.source)
        assert is_private(ask.source)
    with asking(data(private=False)) as (ask, _):
        assert not is_private(ask.source)


@pytest.mark.parametrize(
    ("kind", "passed"), [("archived", True), ("fork", True), ("template", True), ("private", False)]
)
def test_a_listing_answers_without_a_request(kind: str, passed: bool) -> None:
    given = replace(DATA, repositories=(replace(DATA.repositories[0], **{kind: True}),))
    with StandIn(given) as standin:
        github = client(standin)
        (listed,) = github.repositories("acme")
        asked = len(standin.seen)
        source = GithubRepositorySource(github, "acme/api", Names(), listed)
        if passed:
            with pytest.raises(Unreadable):
                expect_judged(source)
        else:
            expect_judged(source)
        assert is_private(source)
        assert len(standin.seen) == asked
        github.close()
