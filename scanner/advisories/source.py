"""What every source of advisories answers, and how advisories about one vulnerability become one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from scanner.core.outcomes import Severity

_BANDS = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM), (0.1, Severity.LOW))
_SEPARATORS = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True)
class Advisory:
    """One vulnerability that holds for one version. ``id`` is the CVE when there is one.

    ``cvss`` is the base score (0 to 10), None when no vector is published; ``fixed_in`` are the
    nearest fixed versions above the one asked about, empty when no fix is known.
    """

    id: str
    aliases: tuple[str, ...]
    severity: Severity
    cvss: float | None
    fixed_in: tuple[str, ...]
    published: date | None
    summary: str


class Advisories:
    """A source of advisories. ``source`` names it for reports, ``newest`` is the date of its newest advisory."""

    source: str = ""
    newest: date | None = None

    def covers(self, ecosystem: str) -> bool:
        """Whether it knows packages of ``ecosystem`` (OSV's name) at all."""
        raise NotImplementedError  # a plain base: an abstract class cannot stand as a collector's source type

    def close(self) -> None:
        """Let go of whatever it reads."""

    def match(self, ecosystem: str, name: str, version: str) -> list[Advisory]:
        """The vulnerabilities of one exact version, ordered by id, aliases merged.

        ValueError when ``version`` cannot be compared with what the source knows of the package;
        Unreadable when the source itself fails.
        """
        raise NotImplementedError  # a plain base: an abstract class cannot stand as a collector's source type


def normal_name(ecosystem: str, name: str) -> str:
    """A package name as it is compared: PEP 503 for PyPI, lower case for NuGet and Packagist, else as written."""
    match ecosystem:
        case "PyPI":
            return _SEPARATORS.sub("-", name).lower()
        case "NuGet" | "Packagist":
            return name.lower()
        case _:
            return name


def severity_of(score: float) -> Severity:
    """The qualitative rating of a CVSS base score (FIRST, CVSS v3.1 §5 and v4.0 §6; 0 is info)."""
    return next((severity for least, severity in _BANDS if score >= least), Severity.INFO)


def merged(advisories: Iterable[Advisory]) -> list[Advisory]:
    """One advisory per vulnerability: those that share an id or alias become one, named by its CVE when it has one."""
    groups: list[tuple[set[str], list[Advisory]]] = []
    for advisory in sorted(advisories, key=lambda a: a.id):
        names = {advisory.id, *advisory.aliases}
        touching = [g for g in groups if g[0] & names]
        joined = (names.union(*(g[0] for g in touching)), [advisory, *(a for g in touching for a in g[1])])
        groups = [g for g in groups if g not in touching] + [joined]
    return sorted((_one(names, members) for names, members in groups), key=lambda a: a.id)


def _one(names: set[str], members: list[Advisory]) -> Advisory:
    best = max(members, key=lambda a: (a.cvss is not None, a.severity.rank, a.cvss or 0.0, a.id))
    main = min(names, key=_preference)
    return replace(
        best,
        id=main,
        aliases=tuple(sorted(names - {main})),
        fixed_in=tuple(sorted({v for a in members for v in a.fixed_in})),
        published=min((a.published for a in members if a.published), default=None),
        summary=best.summary or next((a.summary for a in members if a.summary), ""),
    )


def _preference(name: str) -> tuple[int, str]:
    order = ("CVE-", "GHSA-")
    return next((i for i, prefix in enumerate(order) if name.startswith(prefix)), len(order)), name
