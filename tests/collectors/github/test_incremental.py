"""What a scan asks GitHub for when an earlier one has read most of it, and that it finds the same as one that asks for all."""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scanner.core.collecting import Found
from scanner.core.evidence import Unreadable
from scanner.demo.forge import (
    DeploymentRecord,
    ForgeData,
    IssueRecord,
    MilestoneRecord,
    PullRecord,
    ReleaseRecord,
    RepositoryRecord,
    ReviewRecord,
)
from scanner.demo.routes import Reply, answer_query
from scanner.demo.standin import GITHUB, Fault, StandIn
from scanner.facts.forge import ChangeRequests, ForgeRepository, Issues, Milestones
from scanner.http.github.graphql import Query, Variable
from scanner.http.shape import Node
from tests.builders import AS_OF
from tests.builders_github import DATA, TOKEN, ago, client
from tests.builders_listing import account, opened, read, repository, scanned, touched


def pulls(count: int, first: int = 1) -> tuple[PullRecord, ...]:
    """Merged requests with a review each, one an hour."""
    return tuple(
        PullRecord(
            n, "ann", ago(hours=n + 2), ago(hours=n), ago(hours=n), "bob", body=f"secret words {n}", merge_commit="b" * 40,
            reviews=(ReviewRecord("bob", "APPROVED", ago(hours=n + 1)),),
        )
        for n in range(first, first + count)
    )  # fmt: skip


FULL = repository(
    pulls=pulls(200),
    issues=tuple(IssueRecord(1000 + n, "ann", ago(hours=n)) for n in range(1, 31)),
    releases=tuple(ReleaseRecord(f"v{n}", ago(days=n), notes="some words here") for n in range(3)),
    deployments=tuple(DeploymentRecord("production", ago(days=n)) for n in range(3)),
    milestones=(MilestoneRecord("v1", ago(days=3)), MilestoneRecord("v2")),
)
LISTS = ("ChangeRequests", "Issues", "Releases", "Deployments", "Milestones", "Plans")


def whole(given: ForgeData, name: str = "acme/api") -> dict[str, object]:
    """What a scan finds that keeps nothing."""
    return dict(scanned(given, None)[0][name])


def numbers(found: object) -> list[int]:
    assert isinstance(found, Found)
    assert isinstance(found.content, ChangeRequests)
    return [r.number for r in found.content.requests]


def test_two_hundred_merged_requests_with_reviews_take_two_queries_and_the_other_lists_two(tmp_path: Path) -> None:
    found, asked = scanned(account(FULL), tmp_path / "forge.db")
    assert asked == ["Listing", "ChangeRequests", "ChangeRequests", "Issues", "Plans"]
    content = found["acme/api"]["ChangeRequests"]
    assert isinstance(content, Found)
    assert isinstance(content.content, ChangeRequests)
    assert len(content.content.merged()) == 200
    assert all(r.reviews and r.description_words == 3 for r in content.content.requests)


def test_an_unchanged_organisation_takes_the_listing_alone(tmp_path: Path) -> None:
    given = account(FULL, repository("site"), repository("web", pulls=pulls(3)))
    first, _ = scanned(given, tmp_path / "forge.db")
    again, asked = scanned(given, tmp_path / "forge.db")
    assert asked == ["Listing"]
    assert again == first == scanned(given, None)[0]


def test_empty_lists_are_never_asked_for(tmp_path: Path) -> None:
    found, asked = scanned(account(repository(), repository("site")), tmp_path / "forge.db")
    assert asked == ["Listing"]
    assert numbers(found["acme/api"]["ChangeRequests"]) == []


def test_one_in_twenty_active_repositories_takes_one_query_for_ten(tmp_path: Path) -> None:
    quiet = [repository(f"r{n:02}", pulls=pulls(5), issues=FULL.issues[:3]) for n in range(40)]
    scanned(account(*quiet), tmp_path / "forge.db")
    active = [
        replace(r, pulls=touched(r.pulls, 4, AS_OF), issues=(IssueRecord(2000, "bob", AS_OF), *r.issues))
        for r in quiet[:2]
    ]
    given = account(*active, *quiet[2:])
    found, asked = scanned(given, tmp_path / "forge.db")
    assert Counter(asked) == {"Listing": 1, "ChangeRequests": 2, "Issues": 2}
    assert (len(asked) - 1) / 40 <= 0.1
    assert found == scanned(given, None)[0]


def test_what_is_newer_is_read_and_joined_with_what_is_kept(tmp_path: Path) -> None:
    scanned(account(FULL), tmp_path / "forge.db")
    later = (*pulls(120, 201), *touched(FULL.pulls, 150, AS_OF, closed_at=AS_OF, labels=("late",)))
    made = tuple(
        replace(p, created_at=ago(minutes=p.number / 10), updated_at=ago(minutes=p.number / 10)) for p in later[:120]
    )
    given = account(replace(FULL, pulls=(*made, *later[120:])))
    found, asked = scanned(given, tmp_path / "forge.db")
    assert asked == ["Listing", "ChangeRequests", "ChangeRequests"]
    assert found["acme/api"] == whole(given)
    assert len(numbers(found["acme/api"]["ChangeRequests"])) == 320


def test_a_deleted_issue_is_forgotten(tmp_path: Path) -> None:
    scanned(account(FULL), tmp_path / "forge.db")
    for issues in (FULL.issues[1:], (*FULL.issues[2:], IssueRecord(3000, "ann", AS_OF))):
        given = account(replace(FULL, issues=issues))
        found, asked = scanned(given, tmp_path / "forge.db")
        assert "Issues" in asked
        assert found["acme/api"] == whole(given)
        told = found["acme/api"]["Issues"]
        assert isinstance(told, Found)
        assert isinstance(told.content, Issues)
        assert {i.number for i in told.content.issues} == {i.number for i in issues}


def test_an_old_request_that_is_touched_again_comes_back_without_a_new_reading(tmp_path: Path) -> None:
    old = PullRecord(900, "ann", ago(days=700), updated_at=ago(days=600))
    scanned(account(replace(FULL, pulls=(*FULL.pulls, old))), tmp_path / "forge.db")
    given = account(replace(FULL, pulls=(*FULL.pulls, replace(old, updated_at=AS_OF))))
    found, asked = scanned(given, tmp_path / "forge.db")
    assert asked == ["Listing", "ChangeRequests"]
    assert found["acme/api"] == whole(given)
    assert 900 in numbers(found["acme/api"]["ChangeRequests"])


@pytest.mark.parametrize(
    ("changes", "query"),
    [
        ({"releases": (ReleaseRecord("v9", AS_OF), *FULL.releases)}, "Releases"),
        ({"releases": FULL.releases[1:]}, "Releases"),
        ({"deployments": (replace(FULL.deployments[0], statuses=(("SUCCESS", AS_OF),)), *FULL.deployments[1:])}, "Deployments"),
        ({"milestones": FULL.milestones[1:]}, "Milestones"),
    ],
)  # fmt: skip
def test_only_the_list_that_changed_is_read_anew(tmp_path: Path, changes: dict[str, object], query: str) -> None:
    scanned(account(FULL), tmp_path / "forge.db")
    given = account(replace(FULL, **changes))
    found, asked = scanned(given, tmp_path / "forge.db")
    assert asked == ["Listing", query]
    assert found["acme/api"] == whole(given)


def test_counts_of_a_milestone_follow_its_issues(tmp_path: Path) -> None:
    """Closing an issue may leave the milestone's own time as it is: its progress moves all the same."""
    scanned(account(FULL), tmp_path / "forge.db")
    closed = (replace(FULL.issues[0], closed_at=AS_OF), *FULL.issues[1:])
    given = account(
        replace(FULL, issues=closed, milestones=(MilestoneRecord("v1", ago(days=3), None, 3, 8), FULL.milestones[1]))
    )
    found, asked = scanned(given, tmp_path / "forge.db")
    assert sorted(asked) == ["Issues", "Listing", "Milestones"]
    told = found["acme/api"]["Milestones"]
    assert isinstance(told, Found)
    assert isinstance(told.content, Milestones)
    assert [(m.title, m.open_issues, m.closed_issues) for m in told.content.milestones] == [("v1", 3, 8), ("v2", 0, 0)]


class Killed(BaseException):
    """The end of a process in the middle of its work."""


def killed(given: ForgeData, path: Path, pages: int) -> None:
    """A scan that ends in the middle of the list of change requests, after so many pages."""
    with opened(given) as (github, standin):
        plain, left = github.query, [pages]

        def query(asked: Query, about: str, variables: Mapping[str, Variable]) -> Node:
            left[0] -= asked.name == "ChangeRequests"
            if left[0] < 0:
                raise Killed
            return plain(asked, about, variables)

        github.query = query  # what a signal would do, at a place of our choice
        with pytest.raises(Killed):
            read(github, path)
        assert standin.seen.count("POST /graphql ChangeRequests") == pages


@pytest.mark.parametrize("pages", [1, 3, 7])
def test_a_scan_killed_between_two_pages_goes_on_where_it_stopped(tmp_path: Path, pages: int) -> None:
    given = account(repository(pulls=pulls(780)))
    killed(given, tmp_path / "forge.db", pages)
    found, asked = scanned(given, tmp_path / "forge.db")
    assert asked == ["Listing"] + ["ChangeRequests"] * (8 - pages)
    assert found["acme/api"] == whole(given)
    assert scanned(given, tmp_path / "forge.db")[1] == ["Listing"]


def test_what_changed_after_the_kill_is_read_as_well(tmp_path: Path) -> None:
    given = account(repository(pulls=pulls(450)))
    killed(given, tmp_path / "forge.db", 2)
    changed = account(repository(pulls=touched(touched(pulls(450), 400, AS_OF), 20, ago(minutes=1))))
    found, asked = scanned(changed, tmp_path / "forge.db")
    assert asked == ["Listing"] + ["ChangeRequests"] * 4, "one page on top, three below what was read before"
    assert found["acme/api"] == whole(changed)


def test_a_second_kill_while_catching_up_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "forge.db"
    killed(account(repository(pulls=pulls(450))), path, 2)
    made = tuple(PullRecord(5000 + n, "ann", ago(minutes=n / 10)) for n in range(250))
    given = account(repository(pulls=(*made, *pulls(450))))
    killed(given, path, 1)
    found, asked = scanned(given, path)
    assert asked == ["Listing"] + ["ChangeRequests"] * 5, "two more pages of the new ones, three of the old ones"
    assert found["acme/api"] == whole(given)


@pytest.mark.parametrize("earlier_days", [-30, 200, 400])
def test_a_scan_of_another_date_finds_what_it_would_have_found_alone(tmp_path: Path, earlier_days: int) -> None:
    spread = tuple(PullRecord(n, "ann", ago(days=n), updated_at=ago(days=n)) for n in range(1, 800))
    given = account(repository(pulls=spread, issues=tuple(IssueRecord(n, "ann", ago(days=n)) for n in range(1, 800))))
    as_of = AS_OF - timedelta(days=earlier_days)
    alone = scanned(given, None, as_of=as_of)[0]
    scanned(given, tmp_path / "forge.db")
    found, asked = scanned(given, tmp_path / "forge.db", as_of=as_of)
    assert found == alone
    assert len(asked) <= len(scanned(given, None, as_of=as_of)[1])


def test_the_thousand_newest_are_the_same_thousand(tmp_path: Path) -> None:
    given = account(repository(pulls=pulls(1040)))
    scanned(given, tmp_path / "forge.db")
    newer = account(repository(pulls=(PullRecord(5000, "ann", AS_OF), *given.repositories[0].pulls)))
    found, asked = scanned(newer, tmp_path / "forge.db")
    assert asked == ["Listing", "ChangeRequests"]
    assert found["acme/api"] == whole(newer)
    assert len(numbers(found["acme/api"]["ChangeRequests"])) == 1000
    told = found["acme/api"]["ChangeRequests"]
    assert isinstance(told, Found)
    assert told.caveat == "the 1,000 most recently updated only"


def test_a_renamed_repository_keeps_its_lists_and_another_of_the_old_name_gets_none_of_them(tmp_path: Path) -> None:
    named = replace(FULL, node_id="R_lasting")
    scanned(account(named), tmp_path / "forge.db")
    given = account(replace(named, name="gateway"), repository("api", pulls=pulls(1)))
    found, asked = scanned(given, tmp_path / "forge.db")
    assert asked == ["Listing", "ChangeRequests"]
    assert found["acme/gateway"]["ChangeRequests"].content == whole(account(named))["ChangeRequests"].content
    assert numbers(found["acme/api"]["ChangeRequests"]) == [1]


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_none_of_ours_is_read_past(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "forge.db"
    path.write_bytes(content)
    found, _ = scanned(account(FULL), path)
    assert found["acme/api"] == whole(account(FULL))
    assert scanned(account(FULL), path)[1] == ["Listing"], "it was made anew"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entry SET body = x'00'",
        "UPDATE entry SET body = 'text'",
        "UPDATE list SET stretches = '[{}]'",
        "UPDATE list SET stretches = 'null'",
        "UPDATE list SET stretches = '[{\"mark\": 1}'",
        "DROP TABLE entry",
        "ALTER TABLE list RENAME COLUMN turn TO other",
    ],
)
def test_damaged_lists_are_read_whole(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "forge.db"
    scanned(account(FULL), path)
    with sqlite3.connect(path) as connection:
        connection.execute(damage)
    connection.close()
    found, _ = scanned(account(FULL), path)
    assert found["acme/api"] == whole(account(FULL))


def test_a_page_that_cannot_be_understood_is_not_kept(tmp_path: Path) -> None:
    found, _ = scanned(
        account(FULL), tmp_path / "forge.db", ("ChangeRequests|Issues|Plans|Releases", Fault.WRONG_LEAVES)
    )
    assert isinstance(found["acme/api"]["ChangeRequests"], Unreadable)
    found, _ = scanned(account(FULL), tmp_path / "forge.db")
    assert found["acme/api"] == whole(account(FULL))


def test_the_file_is_private_and_holds_no_descriptions(tmp_path: Path) -> None:
    path = tmp_path / "forge.db"
    scanned(account(FULL), path)
    assert path.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(path) as connection:
        kept = [zlib_text(body) for (body,) in connection.execute("SELECT body FROM entry")]
    connection.close()
    assert len(kept) == 200 + 30 + 3 + 3 + 2
    assert not any("secret words" in body or "some words here" in body for body in kept)


def zlib_text(body: bytes) -> str:
    return zlib.decompress(body).decode()


def test_without_a_listing_every_list_is_asked_for_and_found_the_same(tmp_path: Path) -> None:
    no_listing = ("POST /graphql (Listing|Repository)", Fault.HIDDEN)
    given = account(FULL)
    for _ in range(2):
        found, asked = scanned(given, tmp_path / "forge.db", no_listing)
        assert Counter(asked) >= Counter(["ChangeRequests", "Issues", "Releases", "Deployments", "Milestones"])
        told = found["acme/api"]
        for fact in ("ChangeRequests", "Issues", "Releases", "Deployments", "Milestones"):
            assert told[fact] == whole(given)[fact]
    assert Counter(asked)["ChangeRequests"] == 1, "the top alone: what is below is kept"


def test_a_list_that_must_not_be_seen_is_a_hole_though_it_was_kept(tmp_path: Path) -> None:
    scanned(account(FULL), tmp_path / "forge.db")
    hidden = (("POST /graphql (Listing|Repository)", Fault.HIDDEN), ("POST /graphql ChangeRequests", Fault.FORBIDDEN))
    found, _ = scanned(account(FULL), tmp_path / "forge.db", *hidden)
    assert isinstance(found["acme/api"]["ChangeRequests"], Unreadable)


def test_lists_that_one_query_may_not_tell_together_are_asked_for_one_by_one(tmp_path: Path) -> None:
    found, asked = scanned(account(FULL), tmp_path / "forge.db", ("POST /graphql (Plans|Deployments)", Fault.FORBIDDEN))
    assert [name for name in asked if name in LISTS[2:]] == ["Plans", "Releases", "Deployments", "Milestones"]
    told = found["acme/api"]
    assert isinstance(told["Deployments"], Unreadable)
    assert told["Releases"] == whole(account(FULL))["Releases"]


def test_the_record_of_the_listing_is_the_record_of_rest_and_more() -> None:
    found, asked = scanned(DATA, None)
    assert "OpenIssues" not in asked
    told = found["acme/api"]["ForgeRepository"]
    plain = scanned(DATA, None, ("POST /graphql (Listing|Repository)", Fault.HIDDEN))[0]["acme/api"]["ForgeRepository"]
    assert isinstance(told, Found)
    assert isinstance(plain, Found)
    assert isinstance(told.content, ForgeRepository)
    same = replace(told.content, merge_methods=(), default_branch_commit="")
    assert isinstance(plain.content, ForgeRepository)
    assert same == replace(plain.content, merge_methods=())
    assert told.content.merge_methods == ("merge", "squash", "rebase")
    assert (told.source, plain.source) == ("POST /graphql Listing(acme)", "GET /repos/acme/api")


def test_two_scans_at_once_do_not_spoil_each_other(tmp_path: Path) -> None:
    given = account(FULL)
    path = tmp_path / "forge.db"
    with opened(given) as (github, _):
        plain, nested = github.query, [True]

        def query(*arguments: object) -> object:
            answer = plain(*arguments)
            if nested[0] and getattr(arguments[0], "name", "") == "ChangeRequests":
                nested[0] = False
                scanned(given, path)
            return answer

        github.query = query
        found = read(github, path)
    assert found["acme/api"] == whole(given)
    assert scanned(given, path)[0]["acme/api"] == whole(given)


def test_a_repository_of_a_typical_size_costs_four_queries_at_first(tmp_path: Path) -> None:
    typical = RepositoryRecord(
        "api", pulls=pulls(90), issues=FULL.issues, releases=FULL.releases, milestones=FULL.milestones
    )
    assert len(scanned(account(typical), tmp_path / "forge.db")[1]) == 4


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("ChangeRequests", "pullRequests"), ("Issues", "issues"), ("Plans", "releases"), ("Plans", "deployments"),
        ("Plans", "milestones"),
    ],
)  # fmt: skip
def test_entries_that_are_counted_and_never_arrive_are_a_gap(tmp_path: Path, query: str, field: str) -> None:
    def short(data: ForgeData, name: str, variables: Mapping[str, object]) -> Reply:
        reply = answer_query(data, name, variables)
        assert isinstance(reply.payload, dict)
        page = reply.payload["data"].get("repository", {}).get(field)
        if page:
            page["nodes"] = page["nodes"][1:]
        return reply

    few = replace(FULL, pulls=FULL.pulls[:3])
    fact = {"pullRequests": "ChangeRequests"}.get(field, field.title())
    total = len(getattr(few, {"pullRequests": "pulls"}.get(field, field)))
    shortened = replace(GITHUB, answer_query=short)
    with StandIn(account(few), TOKEN, (), shortened) as standin, closing(client(standin)) as github:
        told = read(github, tmp_path / "forge.db")["acme/api"][fact]
        asked = [name for name in standin.seen if name.startswith(f"POST /graphql {query}")]
        alone = [name for name in standin.seen if name == f"POST /graphql {fact}"]
    assert isinstance(told, Found)
    assert told.caveat == f"1 of the {total} that GitHub counts did not arrive"
    assert (len(asked), len(alone)) == ((1, 1) if query == "Plans" else (2, 2)), "asked for once more"
