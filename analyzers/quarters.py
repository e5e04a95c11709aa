"""Regular people of the estate by quarter: who was there, who came, who left."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.core.evidence import Across
from scanner.facts.knowledge import Presence

REGULAR_QUARTERS = 3
"""Quarters of three years in which a regular person committed: fewer is a visit."""
ABSENT_QUARTERS = 2


@dataclass(frozen=True, slots=True)
class QuarterPeople:
    """A calendar quarter ("2026-Q2"): regular people with a commit, those seen for the first and for the last time."""

    quarter: str
    active: int
    joined: int
    left: int


def complete_quarters(presence: Across[Presence]) -> tuple[str, ...]:
    """The quarters that are over, oldest first; the first one only shows who was there before."""
    return next((fact.quarters[:-1] for _, fact in presence), ())


def regulars_by_quarter(presence: Across[Presence]) -> tuple[QuarterPeople, ...]:
    """Joiners and leavers among people seen in three or more quarters, for each quarter that two complete ones followed.

    The first quarter of all is left out: who is seen in it came before. Left in a quarter is who committed in none after
    it; shorter absence may be leave or illness.
    """
    names = complete_quarters(presence)
    seen: dict[str, set[int]] = {}
    for _, fact in presence:
        for person in fact.people:
            here = {number for number, commits in enumerate(person.commits) if commits}
            seen.setdefault(person.person, set()).update(here)
    regular = [quarters for quarters in seen.values() if len(quarters) >= REGULAR_QUARTERS]
    return tuple(
        QuarterPeople(
            quarter=name,
            active=sum(number in q for q in regular),
            joined=sum(min(q) == number for q in regular),
            left=sum(max(q) == number for q in regular),
        )
        for number, name in enumerate(names)
        if 0 < number < len(names) - ABSENT_QUARTERS
    )
