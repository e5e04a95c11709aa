"""The people that CODEOWNERS names, against those who committed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from collectors.git.identity import Identities, identity_key
from collectors.git.stream import Seen, Window
from collectors.tree.ownership import Deciding, Owners, Rule, is_team
from scanner.core.text import clean
from scanner.facts.knowledge import OwnerActivity

WINDOW_DAYS = 90
ABANDONED_KEPT = 50
_BITS = 24
_PERSON = (1 << _BITS) - 1


class OwnersSeen:
    """Keeps who changed which path at head in 90 days; nothing at all when there are no rules to hold it against."""

    def __init__(self, as_of: datetime, paths: Sequence[str], owners: Owners | None) -> None:
        self._start = Window(as_of).start(WINDOW_DAYS)
        self._paths = paths
        self._owners = owners
        self._people: set[int] = set()
        self._changed: set[int] = set()

    def add(self, seen: Seen) -> None:
        """Keep one commit."""
        if self._owners is None or seen.at < self._start or not seen.human:
            return
        self._people.update(seen.people)
        for person in seen.people:
            self._changed.update(path << _BITS | person for path in seen.touched)

    def result(self, identities: Identities) -> OwnerActivity:
        """The fact."""
        if self._owners is None:
            return OwnerActivity(
                present=False, people=0, active_there=0, active_elsewhere=0, inactive=0, unmatched=0, teams=0,
                rules_of_people=0, abandoned=(),
            )  # fmt: skip
        named = {word.lower() for rule in self._owners.rules for word in rule.owners}
        people = {word: _person(word, identities) for word in sorted(named) if not is_team(word)}
        active = {identities.person(number) for number in self._people}
        there = self._there(people, identities)
        states = [_state(person, there, active) for person in people.values()]
        rules = [found for rule in self._owners.rules if (found := _matched(rule, people)) is not None]
        abandoned = {clean(rule.pattern) for rule, owners in rules if not owners & active}
        return OwnerActivity(
            present=True,
            people=len(people),
            active_there=states.count("there"),
            active_elsewhere=states.count("elsewhere"),
            inactive=states.count("inactive"),
            unmatched=states.count("unmatched"),
            teams=len(named) - len(people),
            rules_of_people=len(rules),
            abandoned=tuple(sorted(abandoned)[:ABANDONED_KEPT]),
        )

    def _there(self, people: dict[str, int | None], identities: Identities) -> set[int]:
        """Who changed a path for which a rule that names them decides."""
        deciding = Deciding(self._owners or Owners((), 0))
        rules: dict[int, Rule | None] = {}
        there = set()
        for key in self._changed:
            path, person = key >> _BITS, identities.person(key & _PERSON)
            if path not in rules:
                rules[path] = deciding.rule(self._paths[path])
            rule = rules[path]
            if rule and any(people.get(word.lower()) == person for word in rule.owners):
                there.add(person)
        return there


def _person(word: str, identities: Identities) -> int | None:
    """The person that a login or address stands for, as far as a commit bears it."""
    key = f"github:{word[1:]}" if word.startswith("@") else identity_key("", word)
    return None if key == "name:" else identities.known(key)


def _state(person: int | None, there: set[int], active: set[int]) -> str:
    if person is None:
        return "unmatched"
    return "there" if person in there else "elsewhere" if person in active else "inactive"


def _matched(rule: Rule, people: dict[str, int | None]) -> tuple[Rule, set[int]] | None:
    """A rule with its owners, when all of them are people that committed once."""
    owners = {people.get(word.lower()) for word in rule.owners}
    known = {person for person in owners if person is not None}
    return (rule, known) if known and len(known) == len(owners) else None
