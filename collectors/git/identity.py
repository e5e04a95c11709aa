"""Who is who: commit identities of one history merged into people."""

from __future__ import annotations

from collections.abc import Callable

from collectors.git.agents import noreply_login
from collectors.git.mailmap import Mailmap
from scanner.people import NOBODY, PeopleMap, Sort

_SHARED_LOCALS = frozenset({
    "", "root", "noreply", "no-reply", "nobody", "none", "unknown", "admin", "administrator", "info", "git", "dev", "developer",
    "developers", "team", "user", "you", "your", "test", "vagrant", "ubuntu", "ec2-user", "build", "ci", "email", "mail",
})  # fmt: skip
_NO_DOMAINS = ("localhost", "localhost.localdomain", "example.com", "example.org", "(none)", "none", "local")
_GENERIC_NAMES = frozenset({
    "unknown", "unknown author", "not committed yet", "your name", "first last", "john doe", "jane doe", "no name", "no author",
    "test user", "example user", "user name", "admin user", "system administrator", "super user", "dev team", "ci user",
    "git user", "local user", "my name", "build user", "default user", "anonymous user", "the team",
})  # fmt: skip


def identity_key(name: str, email: str) -> str:
    """What a single signature is known by: ``github:login``, ``mail:address``, or ``name:…`` for shared addresses."""
    login = noreply_login(email)
    if login:
        return f"github:{login}"
    lowered = email.strip().lower()
    local, at, domain = lowered.rpartition("@")
    if not at or local in _SHARED_LOCALS or domain in _NO_DOMAINS or domain.endswith((".local", ".localdomain")):
        return f"name:{_normal(name)}"
    return f"mail:{lowered}"


def is_full_name(name: str) -> bool:
    """Whether a name is telling enough to merge two addresses: two words or more, and no placeholder."""
    normal = _normal(name)
    return " " in normal and normal not in _GENERIC_NAMES


class Identities:
    """Signatures merged into people while a history streams by, newest commit first.

    Two signatures are one person when they share an identity key (after the mailmap) or a full name, or
    when the user's people file says so; what that file holds apart, a name does not join.
    """

    def __init__(self, mailmap: Mailmap, people: PeopleMap = NOBODY) -> None:
        self._mailmap = mailmap
        self._people = people
        self._numbers: dict[tuple[str, str], int] = {}
        self._by_key: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self._keys: list[str] = []
        self._parents: list[int] = []
        self._told: tuple[Callable[[str], str], dict[int, str]] | None = None

    def proper(self, name: str, email: str) -> tuple[str, str]:
        """The signature as the mailmap has it."""
        return self._mailmap.apply(name, email)

    def sort(self, name: str, email: str) -> Sort | None:
        """What the people file says that this signature is, None when it does not name it."""
        return self._people.sort(self._own(*self.proper(name, email)))

    def number(self, name: str, email: str) -> int:
        """A number for this signature; compare numbers only through `person`."""
        known = self._numbers.get((name, email))
        if known is not None:
            return known
        proper_name, proper_email = self.proper(name, email)
        own = self._own(proper_name, proper_email)
        key = self._people.canonical(own)
        number = self._by_key.get(key)
        if number is None:
            number = self._by_key[key] = len(self._keys)
            self._keys.append(key)
            self._parents.append(number)
        if is_full_name(proper_name) and own not in self._people.apart:
            self._join(self._by_name.setdefault(_normal(proper_name), number), number)
        self._numbers[name, email] = number
        return number

    def _own(self, name: str, email: str) -> str:
        """The identity of a signature: its address if the people file names it, shared or not, else its key."""
        address = f"mail:{email.strip().lower()}"
        named = address in self._people.first or address in self._people.apart
        return address if named else identity_key(name, email)

    def person(self, number: int) -> int:
        """The number that stands for the whole person, as far as is known by now."""
        parents = self._parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def known(self, key: str) -> int | None:
        """The person known by an identity key such as ``github:login``; None when no signature bore it."""
        number = self._by_key.get(self._people.canonical(key))
        return None if number is None else self.person(number)

    def identities(self) -> dict[int, str]:
        """Per person number the identity it is known by: its login if it has one, else its oldest key.

        The oldest, because that one stays when history grows. Of several logins the oldest, too.
        """
        best: dict[int, str] = {}
        for number, key in enumerate(self._keys):
            person = self.person(number)
            if person not in best or key.startswith("github:") or not best[person].startswith("github:"):
                best[person] = key
        return best

    def pseudonyms(self, of: Callable[[str], str]) -> dict[int, str]:
        """Per signature number the pseudonym of its person, told once; a login is passed to ``of`` as ``github:login``."""
        if self._told is not None and self._told[0] == of and len(self._told[1]) == len(self._keys):
            return self._told[1]
        names = {person: of(key) for person, key in self.identities().items()}
        told = {number: names[self.person(number)] for number in range(len(self._keys))}
        self._told = (of, told)
        return told

    def _join(self, a: int, b: int) -> None:
        a, b = self.person(a), self.person(b)
        if a != b:
            self._parents[max(a, b)] = min(a, b)


def _normal(name: str) -> str:
    return " ".join(name.lower().split())
