from __future__ import annotations

import pytest

from collectors.git.identity import Identities, identity_key, is_full_name
from collectors.git.mailmap import Mailmap, parse


@pytest.mark.parametrize(
    ("name", "email", "key"),
    [
        ("Ann", "Ann@Acme.io", "mail:ann@acme.io"),
        ("Ann", "7+AnnLee@users.noreply.github.com", "github:annlee"),
        ("Ann  Lee", "root@localhost", "name:ann lee"),
        ("Ann Lee", "noreply@github.com", "name:ann lee"),
        ("Ann Lee", "", "name:ann lee"),
        ("Ann Lee", "ann@laptop.local", "name:ann lee"),
        ("", "", "name:"),
    ],
)
def test_what_a_signature_is_known_by(name: str, email: str, key: str) -> None:
    assert identity_key(name, email) == key


def people(signatures: list[tuple[str, str]], mailmap: Mailmap | None = None) -> int:
    identities = Identities(mailmap or Mailmap())
    numbers = [identities.number(*signature) for signature in signatures]
    return len({identities.person(n) for n in numbers})


def test_a_full_name_merges_addresses_but_a_first_name_does_not() -> None:
    assert people([("Ann Lee", "ann@acme.io"), ("ann lee", "ann@home.org"), ("Ann Lee", "")]) == 1
    assert people([("Ann", "ann@acme.io"), ("Ann", "ann@home.org")]) == 2
    assert people([("John Doe", "a@acme.io"), ("John Doe", "b@acme.io")]) == 2
    assert people([("Unknown", ""), ("root", "root@localhost")]) == 2
    assert not is_full_name("unknown author")


def test_merging_is_transitive_in_any_order() -> None:
    signatures = [("Ann Lee", "a@x.org"), ("A. Lee", "a@y.org"), ("Ann Lee", "a@y.org"), ("A. Lee", "a@z.org")]
    assert people(signatures) == people(signatures[::-1]) == 1


def test_the_mailmap_comes_first() -> None:
    mailmap = parse(b"Ann Lee <ann@acme.io> <al@old.org>")
    assert people([("al", "al@old.org"), ("Ann Lee", "ann@acme.io")], mailmap) == 1
    assert people([("al", "al@old.org"), ("Ann Lee", "ann@acme.io")]) == 2


def test_a_login_names_the_person_so_that_the_forge_gives_the_same_pseudonym() -> None:
    identities = Identities(Mailmap())
    work = identities.number("Ann Lee", "ann@acme.io")
    web = identities.number("Ann Lee", "7+annlee@users.noreply.github.com")
    home = identities.number("Ann Lee", "ann@home.org")
    names = identities.pseudonyms(lambda identity: f"<{identity}>")
    assert names[work] == names[web] == names[home] == "<github:annlee>"


def test_without_a_login_the_oldest_address_names_the_person() -> None:
    identities = Identities(Mailmap())
    identities.number("Ann Lee", "new@acme.io")
    identities.number("Ann Lee", "old@acme.io")
    assert set(identities.identities().values()) == {"mail:old@acme.io"}
