from __future__ import annotations

from pathlib import Path

from scanner.people_file import parse_people, written
from scanner.pipeline.who import Crowd, Person, drafts
from scanner.pseudonyms import Pseudonyms
from tests.builders_gitcode import KEY, GitRepo


def crowd(folder: Path, *repositories: tuple[str, ...]) -> tuple[Crowd, list[str]]:
    """A crowd that has read one repository for each tuple of signatures."""
    read, heads = Crowd(KEY), []
    for number, signatures in enumerate(repositories):
        repo = GitRepo(folder / str(number))
        heads = [repo.commit(by=by) for by in signatures]
        read.read(repo.open())
    return read, heads


def by_identity(people: tuple[Person, ...], identity: str) -> Person:
    return next(p for p in people if identity in p.identities)


def test_people_are_told_as_a_scan_merges_them(tmp_path: Path) -> None:
    read, _ = crowd(
        tmp_path,
        (
            "Ann Lee <ann@acme.io>",
            "Ann Lee <ann@home.org>",
            "Bob <bob@acme.io>",
            "dependabot[bot] <support@github.com>",
        ),
        ("Bob <bob@acme.io>",),
    )
    people = read.people()
    ann, bob = by_identity(people, "mail:ann@acme.io"), by_identity(people, "mail:bob@acme.io")
    assert ann.identities == ("mail:ann@acme.io", "mail:ann@home.org")
    assert (ann.because, ann.commits, ann.doubts) == (("same full name",), 2, ())
    assert (bob.commits, bob.because) == (2, ())
    assert bob.pseudonym == KEY.of("mail:bob@acme.io")
    assert by_identity(people, "mail:support@github.com").sort == "bot"


def test_one_name_in_two_repositories_under_two_addresses_is_a_doubt(tmp_path: Path) -> None:
    read, _ = crowd(tmp_path, ("Ann Lee <ann@acme.io>",), ("Ann Lee <ann@home.org>", "Bob Ray <bob@acme.io>"))
    people = read.people()
    work, home = by_identity(people, "mail:ann@acme.io"), by_identity(people, "mail:ann@home.org")
    assert work.doubts == (f"the same name as {home.pseudonym}",)
    assert [p.doubts == () for p in people] == [False, False, True], "doubtful ones stand first"


def test_an_address_that_many_names_sign_with_is_doubted(tmp_path: Path) -> None:
    signed = tuple(f"{name} Smith <desk@acme.io>" for name in ("Ann", "Bob", "Cleo", "Dan"))
    read, _ = crowd(tmp_path, signed)
    (desk,) = read.people()
    assert desk.doubts == ("4 different names: is it shared?",)


def test_what_a_forge_says_of_an_address_becomes_a_line_of_the_people_file(tmp_path: Path) -> None:
    read, _ = crowd(tmp_path, ("Ann <ann@acme.io>",))
    read.associate({"ann@acme.io": "annlee", "else@acme.io": "else"}, "github")
    (ann,) = read.people()
    assert ann.identities == ("github:annlee", "mail:ann@acme.io")
    assert ann.doubts == ("the forge says that it is github:annlee",)
    people = parse_people(written(drafts((ann,))).encode(), "people.toml")
    named = Pseudonyms(KEY.key, people)
    assert named.of("mail:ann@acme.io") == named.of("github:annlee")
