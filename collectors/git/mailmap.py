"""Reading ``.mailmap``: which commit identities are which person."""

from __future__ import annotations

from dataclasses import dataclass, field

LINES = 20_000
"""Lines of a mailmap that are read; the rest is left out."""


@dataclass(frozen=True, slots=True)
class Mailmap:
    """Replacements by lower-case e-mail, and by (e-mail, lower-case name), as gitmailmap(5) defines them.

    A replacement is (name, e-mail); an empty part keeps what the commit says.
    """

    by_email: dict[str, tuple[str, str]] = field(default_factory=dict)
    by_both: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def apply(self, name: str, email: str) -> tuple[str, str]:
        """The proper name and e-mail of a commit identity."""
        key = email.lower()
        proper = self.by_both.get((key, name.lower())) or self.by_email.get(key)
        if proper is None:
            return name, email
        return proper[0] or name, proper[1] or email


def parse(raw: bytes) -> Mailmap:
    """The mailmap in ``raw``. Lines that are not in one of git's four forms are skipped."""
    mailmap = Mailmap()
    for line in raw.decode("utf-8", "replace").splitlines()[:LINES]:
        parts = _parts(line)
        if parts is None:
            continue
        first_name, first_email, second_name, second_email = parts
        if not second_email:
            mailmap.by_email[first_email.lower()] = (first_name, "")
        elif second_name:
            mailmap.by_both[second_email.lower(), second_name.lower()] = (first_name, first_email)
        else:
            mailmap.by_email[second_email.lower()] = (first_name, first_email)
    return mailmap


def _parts(line: str) -> tuple[str, str, str, str] | None:
    """``Name <mail> Name <mail>`` taken apart; the second pair is empty when there is none."""
    if line.startswith("#") or "<" not in line:
        return None
    first_name, _, rest = line.partition("<")
    first_email, closed, rest = rest.partition(">")
    if not closed:
        return None
    second_name, opened, rest = rest.partition("<")
    second_email = rest.partition(">")[0] if opened else ""
    if not opened:
        second_name = ""
    return first_name.strip(), first_email.strip(), second_name.strip(), second_email.strip()
