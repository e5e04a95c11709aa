from __future__ import annotations

from datetime import UTC, datetime, timedelta

from collectors.git.identity import Identities
from collectors.git.mailmap import Mailmap, parse
from collectors.git.stream import Reader, Seen, Window
from scanner.commits import Commit
from tests.builders import AS_OF
from tests.builders_commits import commit as made


def commit(name: str = "Ann Lee", email: str = "ann@acme.io", body: str = "", authored: datetime = AS_OF) -> Commit:
    return made(name, email, authored=authored, body=body, paths=("a.py", "gone.py"))


def read(given: Commit, mailmap: Mailmap | None = None) -> Seen:
    return Reader(Identities(mailmap or Mailmap()), {"a.py": 0}).read(given)


def test_only_paths_at_head_are_numbered() -> None:
    assert read(commit()).touched == (0,)


def test_co_authors_count_once_bots_and_agents_not_at_all() -> None:
    body = (
        "Co-authored-by: Bob Ray <bob@acme.io>\nCo-authored-by: Ann Lee <ann@home.org>\n"
        "Co-authored-by: dependabot[bot] <support@github.com>\nCo-authored-by: Claude <noreply@anthropic.com>"
    )
    seen = read(commit(body=body))
    assert len(seen.people) == 2
    assert seen.agent


def test_a_bots_commit_has_no_people_even_with_a_human_co_author() -> None:
    seen = read(commit("dependabot[bot]", "x@github.com", "Co-authored-by: Bob Ray <bob@acme.io>"))
    assert seen.bot
    assert seen.people == ()
    assert not seen.human


def test_the_mailmap_can_say_that_an_address_is_a_bots() -> None:
    assert read(commit("svc", "svc@acme.io"), parse(b"acme-bot <svc@acme.io>")).bot


def test_odd_dates() -> None:
    window = Window(AS_OF)
    assert window.odd(commit(authored=datetime(1970, 1, 1, tzinfo=UTC)))
    assert window.odd(commit(authored=AS_OF + timedelta(seconds=1)))
    assert not window.odd(commit(authored=datetime(1990, 1, 1, tzinfo=UTC)))
