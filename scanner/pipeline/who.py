"""Who stands behind the pseudonyms: told to the user's terminal and the people file only, never stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from collectors.git.agents import is_agent, is_bot, noreply_login
from collectors.git.identity import Identities, identity_key, is_full_name
from collectors.git.mailmap import Mailmap, parse
from scanner.core.text import clean
from scanner.people import Sort
from scanner.pseudonyms import Pseudonyms
from scanner.repository import Repository

MOST_NAMES = 3
"""An address that more than so many different full names sign with is taken for a shared one."""

SHORTEST_BOX = 5
"""Letters that a mailbox name needs to be telling: "mike" is many people."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person, or what was taken for one. ``because`` tells what merged the identities, ``doubts`` what speaks against it."""

    pseudonym: str
    identities: tuple[str, ...]
    names: tuple[str, ...]
    sort: Sort
    commits: int
    repositories: tuple[str, ...]
    because: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    keys: dict[str, None] = field(default_factory=dict)
    names: Counter[str] = field(default_factory=Counter)
    sorts: Counter[Sort] = field(default_factory=Counter)
    repositories: set[str] = field(default_factory=set)
    because: set[str] = field(default_factory=set)


class Crowd:
    """Gathers the signatures of several repositories, merged exactly as a scan merges them."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms
        self._drafts: dict[str, _Draft] = defaultdict(_Draft)
        self._logins: dict[str, str] = {}

    def read(self, repository: Repository) -> None:
        """Count who signed the commits of ``repository``."""
        identities = Identities(_mailmap(repository), self._pseudonyms.people)
        signed: Counter[tuple[str, str]] = Counter()
        for commit in repository.log():
            signed[commit.author_name, commit.author_email] += 1
            identities.number(commit.author_name, commit.author_email)
        names = identities.pseudonyms(self._pseudonyms.of)
        for (name, email), commits in signed.items():
            number = identities.number(name, email)
            proper = identities.proper(name, email)
            draft = self._drafts[names[number]]
            draft.keys[identity_key(*proper)] = None
            draft.names[clean(proper[0], 200)] += commits
            draft.sorts[identities.sort(name, email) or _sort(*proper)] += commits
            draft.repositories.add(repository.name)
            if proper != (name, email):
                draft.because.add("mailmap")
            if noreply_login(proper[1]):
                draft.because.add("noreply address")

    def associate(self, logins: Mapping[str, str], forge: str) -> None:
        """Take note of what a forge says: lower-case address → login."""
        self._logins |= {f"mail:{email}": f"{forge}:{login}" for email, login in logins.items()}

    def people(self) -> tuple[Person, ...]:
        """Everybody, doubtful merges first, then by commits."""
        alike: dict[str, set[str]] = defaultdict(set)
        for pseudonym, draft in self._drafts.items():
            for likeness in _likenesses(draft):
                alike[likeness].add(pseudonym)
        everybody = (self._person(p, d, alike) for p, d in self._drafts.items())
        return tuple(sorted(everybody, key=lambda p: (not p.doubts, -p.commits, p.pseudonym)))

    def _person(self, pseudonym: str, draft: _Draft, alike: Mapping[str, set[str]]) -> Person:
        keys = tuple(sorted(draft.keys, key=lambda key: (not key.startswith(("github:", "gitlab:")), key)))
        logins = {self._logins[key] for key in keys if key in self._logins} - set(keys)
        because = set(draft.because)
        if any(self._pseudonyms.people.canonical(key) != key for key in keys):
            because.add("people file")
        elif len(keys) > 1:
            because.add("same full name")
        doubts = [f"the forge says that it is {login}" for login in sorted(logins)]
        others = {o: what for what in sorted(_likenesses(draft)) for o in alike[what] - {pseudonym}}
        doubts += [f"the same {what.partition(':')[0]} as {other}" for other, what in sorted(others.items())]
        telling = {name.lower() for name in draft.names if is_full_name(name)}
        if len(telling) > MOST_NAMES:
            doubts.append(f"{len(telling)} different names: is it shared?")
        ordered = (*sorted(logins), *keys) if len(logins) == 1 else keys
        return Person(
            pseudonym=pseudonym,
            identities=ordered,
            names=tuple(name for name, _ in sorted(draft.names.items(), key=lambda pair: (-pair[1], pair[0]))),
            sort=max(draft.sorts.items(), key=lambda pair: (pair[1], pair[0]))[0],
            commits=draft.names.total(),
            repositories=tuple(sorted(draft.repositories)),
            because=tuple(sorted(because)),
            doubts=tuple(doubts),
        )


def _likenesses(draft: _Draft) -> set[str]:
    """What two people may have in common by chance: a full name, or the name of a mailbox ("mailbox:ann.lee")."""
    names = {f"name:{name.lower()}" for name in draft.names if is_full_name(name)}
    boxes = {key[5:].partition("@")[0] for key in draft.keys if key.startswith("mail:")}
    return names | {f"mailbox:{box}" for box in boxes if len(box) >= SHORTEST_BOX}


def _sort(name: str, email: str) -> Sort:
    if is_agent(name, email):
        return "agent"
    return "bot" if is_bot(name, email) else "person"


def _mailmap(repository: Repository) -> Mailmap:
    oids = [e.oid for e in repository.tree(sized=False) if e.path == ".mailmap" and e.kind in ("file", "executable")]
    for _, content in repository.read(oids):
        if isinstance(content, bytes):
            return parse(content)
    return Mailmap()


def drafts(people: Iterable[Person]) -> Iterable[tuple[tuple[str, ...], Sort, str]]:
    """What a people file says of ``people``: those with several identities, machines, and doubtful ones."""
    for person in people:
        if len(person.identities) > 1 or person.sort != "person" or person.doubts:
            yield person.identities, person.sort, "; ".join((*person.names[:1], *person.doubts))
