"""Who works at the sample organisation, and when. All of them are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Person:
    """An invented developer: e-mail, forge login, offset of the local zone in hours, and the days of joining and leaving."""

    key: str
    name: str
    login: str
    zone: int
    joined: date = date(2023, 1, 2)
    left: date = date(2100, 1, 1)

    @property
    def email(self) -> str:
        """The address that commits carry."""
        return f"{self.key}@nimbus-parcel.example"

    def works_on(self, day: date) -> bool:
        """Whether this person is with the company on ``day``."""
        return self.joined <= day < self.left


PEOPLE: dict[str, Person] = {
    p.key: p
    for p in (
        Person("ann", "Ann Lindqvist", "annl", 2),
        Person("bo", "Bo Okafor", "bokafor", 1),
        Person("chen", "Chen Wei", "chenwei", 8),
        Person("dia", "Dia Marques", "diamarques", 1),
        Person("emil", "Emil Novak", "emilnovak", 2),
        Person("fay", "Fay Brennan", "faybrennan", 1),
        Person("gus", "Gus Petersen", "gusp", 2, left=date(2024, 12, 20)),
        Person("hana", "Hana Sato", "hanasato", 9, joined=date(2025, 4, 7)),
        Person("ivo", "Ivo Rossi", "ivorossi", 2),
        Person("bot", "dependabot[bot]", "dependabot[bot]", 0),
    )
}
"""Everybody by key; the bot commits what dependency updates there are."""
