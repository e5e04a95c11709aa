"""How many people carry each declared system."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from scanner.core.evidence import Across
from scanner.core.figures import absence_factor
from scanner.facts.engagement import System
from scanner.facts.history import Contributors


@dataclass(frozen=True, slots=True)
class SystemPeople:
    """People of all repositories of a system; ``absence_factor`` and ``main_person_share`` (0 to 1) are of 365 days."""

    people_90_days: int
    people_365_days: int
    absence_factor: int
    main_person_share: float


def system_people(system: System, contributors: Across[Contributors]) -> SystemPeople:
    """The figures of one system, over its repositories that were read; zeros when none of those has commits in the year."""
    year: Counter[str] = Counter()
    lately: set[str] = set()
    for subject, fact in contributors:
        if subject.matches(system.repos):
            year.update({p.person: p.commits_365_days for p in fact.people if p.commits_365_days})
            lately.update(p.person for p in fact.people if p.commits_90_days)
    most = max(year.values(), default=0)
    return SystemPeople(len(lately), len(year), absence_factor(year.values()), most / year.total() if most else 0.0)
