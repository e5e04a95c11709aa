"""Collects the known vulnerabilities of every dependency with an exact version."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.advisories.source import Advisories, Advisory
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.dependencies import Dependencies, Dependency, Vulnerabilities, Vulnerability

_SCOPE_ORDER = ("runtime", "unknown", "optional", "build", "development")


def assess(dependencies: Dependencies, advisories: Advisories) -> Vulnerabilities:
    """The fact: one row per vulnerability, package and version, at its most exposed place.

    A dependency counts as unassessed without an exact version, without data on its ecosystem, or
    when its version cannot be compared. Raises Unreadable when the source fails.
    """
    places: dict[tuple[str, str, str], list[Dependency]] = {}
    unassessed = 0
    for dependency in dependencies.dependencies:
        if dependency.version and advisories.covers(dependency.ecosystem):
            places.setdefault((dependency.ecosystem, dependency.name, dependency.version), []).append(dependency)
        else:
            unassessed += 1
    assessed = 0
    rows: list[Vulnerability] = []
    for (ecosystem, name, version), seen in sorted(places.items()):
        try:
            matches = advisories.match(ecosystem, name, version)
        except ValueError:
            unassessed += len(seen)
            continue
        assessed += len(seen)
        worst = min(seen, key=lambda d: (_SCOPE_ORDER.index(d.scope), not d.direct, d.path, d.line))
        rows += [_row(match, worst) for match in matches]
    rows.sort(key=lambda v: (-v.severity.rank, v.ecosystem, v.name, v.version, v.id))
    return Vulnerabilities(advisories.source, advisories.newest, assessed, unassessed, tuple(rows))


def _row(match: Advisory, place: Dependency) -> Vulnerability:
    return Vulnerability(
        match.id, match.aliases, place.ecosystem, place.name, place.version, match.severity, match.cvss, match.fixed_in,
        match.published, place.direct, place.scope, place.path, place.line,
    )  # fmt: skip


def collect(ask: Ask[Advisories]) -> Iterator[Found]:
    """Vulnerabilities known to the advisory source."""
    fact = assess(ask.fact(Dependencies), ask.source)
    caveat = (
        f"{fact.unassessed} dependencies without exact version or advisory data were not assessed"
        if fact.unassessed
        else ""
    )
    yield found(fact, ask.source.source, caveat=caveat)


COLLECTOR = Collector(
    "vulnerabilities",
    "1",
    Advisories,
    (Vulnerabilities,),
    collect,
    needs=(Dependencies,),
    absent="no advisory data: give --advisories PATH (a folder or zip of OSV records), or let the scan go online",
)
