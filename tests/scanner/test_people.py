from __future__ import annotations

import os
from pathlib import Path

import pytest

from collectors.git.history import COLLECTOR
from collectors.git.identity import Identities
from collectors.git.mailmap import Mailmap
from scanner.facts.history import Contributors
from scanner.git import find_git_dir, view
from scanner.people import NOBODY, PeopleMap
from scanner.people_file import PeopleError, load_people, parse_people, written
from scanner.pseudonyms import Pseudonyms
from scanner.repository import open_repository
from tests.builders_gitcode import AS_OF, GitRepo, fact_of

GIVEN = b"""
[[person]]
identities = ["github:Ada", "mail:ada@acme.io", "mail:ada@home.org"]

[[person]]
identities = ["mail:build@acme.io"]
kind = "shared"

[[apart]]
identities = ["mail:lee@acme.io", "mail:lee@other.org"]
"""


def test_identities_of_one_person_share_one_pseudonym_whatever_their_source() -> None:
    names = Pseudonyms(b"k" * 32, parse_people(GIVEN, "people.toml"))
    assert names.of("mail:ada@home.org") == names.of("mail:ada@acme.io") == names.of("github:ada")
    assert names.of("github:ada") == Pseudonyms(b"k" * 32).of("github:ada"), "the first identity keeps its pseudonym"
    assert names.of("mail:lee@acme.io") != names.of("mail:lee@other.org")
    assert names.machine("mail:build@acme.io") is True
    assert names.machine("mail:ada@home.org") is False
    assert names.machine("mail:someone@else.org") is None


def test_what_is_held_apart_no_name_merges() -> None:
    for people, expected in ((NOBODY, 1), (parse_people(GIVEN, "people.toml"), 2)):
        identities = Identities(Mailmap(), people)
        numbers = [identities.number("Kim Lee", mail) for mail in ("lee@acme.io", "lee@other.org")]
        assert len({identities.person(n) for n in numbers}) == expected


def test_two_addresses_with_different_names_are_one_person_in_a_history_when_the_file_says_so(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    for by in ("Ada <ada@acme.io>", "countess <ada@home.org>", "Build <build@acme.io>", "Bob Ray <bob@acme.io>"):
        repo.commit(by=by)
    found = find_git_dir(repo.folder, repo.folder)
    assert found is not None
    for number, (people, expected) in enumerate(((NOBODY, [1, 1, 1, 1]), (parse_people(GIVEN, "f"), [1, 2]))):
        scratch = tmp_path / str(number)
        scratch.mkdir()
        opened = open_repository("acme/api", view(found, scratch), AS_OF, Pseudonyms(b"k" * 32, people))
        contributors = fact_of(COLLECTOR, opened, Contributors)
        assert sorted(p.commits_all for p in contributors.people) == expected
        assert contributors.bots == (0 if people is NOBODY else 1)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"[[person]", "not TOML"),
        (b"\xff", "not TOML"),
        (b"[[person]]\nidentities = []", "names no identity"),
        (b'[[person]]\nidentities = ["ada"]', "person.0.identities.0"),
        (b'[[person]]\nidentities = ["mail:"]', "person.0.identities.0"),
        (b'[[person]]\nidentities = ["mail:a@b"]\nkind = "boss"', "person.0.kind"),
        (b'[[person]]\nidentities = ["mail:a@b"]\nsalary = 3', "person.0.salary"),
        (b'[[person]]\nidentities = ["mail:a@b"]\n[[person]]\nidentities = ["mail:A@b"]', "person.1"),
    ],
)
def test_a_wrong_file_says_where_and_never_what_it_holds(given: bytes, said: str) -> None:
    with pytest.raises(PeopleError, match=r".") as caught:
        parse_people(given, "people.toml")
    assert said in str(caught.value)
    assert "a@b" not in str(caught.value).lower()


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="cannot be read"):
        load_people(tmp_path / "none.toml")
    large = tmp_path / "large.toml"
    with large.open("wb") as file:
        os.truncate(file.fileno(), 6_000_000)
    with pytest.raises(PeopleError, match="larger than"):
        load_people(large)


def test_what_is_written_reads_as_it_was_meant_even_with_odd_names() -> None:
    odd = 'mail:"o\\dd"\x1b@acme.io'
    text = written([(("github:ada", odd), "agent", 'Ada "\n[[person]]\nx = 1')])
    read = parse_people(text.encode(), "people.toml")
    assert read.canonical(" ".join(odd.split())) == "github:ada"
    assert read.sort("github:ada") == "agent"
    assert len(read.first) == 2


def test_nothing_of_the_file_is_printed() -> None:
    assert "ada" not in repr(parse_people(GIVEN, "people.toml"))
    assert "ada" not in repr(Pseudonyms(b"k" * 32, PeopleMap({"github:ada": "github:ada"})))
